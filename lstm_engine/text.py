"""Text from elsewhere, made safe to show."""


def printable(text: str) -> str:
    """The text with a question mark for every character that a terminal would act on or cannot show."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "?" for character in text)
