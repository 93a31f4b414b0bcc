"""How many cells of the terminal a text takes, and texts of so many cells. A wide character takes two, a joiner none.

Whatever is shown in columns is measured, cut and padded here. rich, which knows the widths, is loaded at the first
text that is not ASCII: what runs without a screen need not load it.
"""

from __future__ import annotations

import textwrap

#: What stands in place of the rest of a text that is cut.
_ELLIPSIS = "…"


def width(text: str) -> int:
    """The cells that a line of text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, room: int) -> str:
    """The text, or its beginning and an ellipsis where it takes more than `room` cells."""
    return text if width(text) <= room else _beginning(text, room - 1) + _ELLIPSIS if room > 0 else ""


def flush_left(text: str, room: int) -> str:
    """The text with spaces behind it, `room` cells or more."""
    return text + " " * (room - width(text))


def flush_right(text: str, room: int) -> str:
    """The text with spaces before it, `room` cells or more."""
    return " " * (room - width(text)) + text


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most `room` cells, broken between words where that is possible."""
    if text.isascii() or all(width(character) == 1 for character in text):
        return textwrap.wrap(text, max(room, 1))
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if width(longer) <= room:
            lines[-1] = longer
            continue
        while width(word) > room and (part := _beginning(word, room)):
            lines.append(part)
            word = word[len(part) :]
        lines.append(word)
    return [line for line in lines if line]


def cut_together(texts: list[str], room: int, shortest: int) -> list[str]:
    """The texts in `room` cells altogether: the longest ones are cut, none of them to less than `shortest` cells."""
    longest = max(map(width, texts), default=0)
    while longest > shortest and sum(min(width(text), longest) for text in texts) > room:
        longest -= 1
    return [cut(text, longest) for text in texts]


def _beginning(text: str, room: int) -> str:
    """As much of the text as takes no more than `room` cells; a wide character is not divided."""
    if text.isascii():
        return text[: max(room, 0)]
    from rich.cells import split_text

    beginning, _ = split_text(text, room)
    return beginning if text.startswith(beginning) else beginning[:-1]  # a space for half of a wide character
