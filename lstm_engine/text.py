"""Text from elsewhere, made safe to show."""

#: Zero width non-joiner and joiner: Persian, Arabic and Indic names are written with them, and no terminal acts on
#: them; `str.isprintable` (Python 3.11 to 3.14) counts them among the control characters.
_JOINERS = "\u200c\u200d"

#: Of a line that is quoted in a sentence.
_LONGEST_QUOTE = 60


def is_printable(text: str) -> bool:
    """Whether a terminal shows every character of it and acts on none."""
    return text.isprintable() or all(map(_is_shown, text))


def printable(text: str) -> str:
    """The text with a question mark for every character that a terminal would act on or cannot show."""
    if text.isprintable():
        return text
    return "".join(character if _is_shown(character) else "?" for character in text)


def quoted(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """The text in quotation marks, its control characters escaped, cut where it is longer than a sentence can hold."""
    return repr(text if len(text) <= longest else text[:longest] + "…")


def _is_shown(character: str) -> bool:
    return character.isprintable() or character in _JOINERS


def escaped_json(json: str) -> str:
    """The JSON, which says the same, without a character that a terminal would act on; ends of lines stay."""
    if json.isascii():  # in which its own rules leave none
        return json
    return "".join(sign if _is_shown(sign) or sign == "\n" else _escape(sign) for sign in json)


def _escape(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass").hex("-", 2).split("-")
    return "".join(f"\\u{unit}" for unit in units)
