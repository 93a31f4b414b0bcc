"""Text from elsewhere, made safe to show."""


def printable(text: str) -> str:
    """The text with a question mark for every character that a terminal would act on or cannot show."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "?" for character in text)


def escaped_json(json: str) -> str:
    """The JSON, which says the same, without a character that a terminal would act on; ends of lines stay."""
    if json.isascii():  # in which its own rules leave none
        return json
    return "".join(sign if sign.isprintable() or sign == "\n" else _escape(sign) for sign in json)


def _escape(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass").hex("-", 2).split("-")
    return "".join(f"\\u{unit}" for unit in units)
