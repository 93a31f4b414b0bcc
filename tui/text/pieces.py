"""Lines put together from styled pieces, and what fits of them into a width."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tui.text.widths import width

#: A text and its style, in Textual's style language.
Piece = tuple[str, str]


def fitted(parts: Sequence[str], room: int, separator: str = " · ", length: Callable[[str], int] = width) -> str:
    """As many of the leading parts as fit into `room` cells. length: how many of those a text takes."""
    for count in range(len(parts), 0, -1):
        text = separator.join(parts[:count])
        if length(text) <= room:
            return text
    return ""


def pieces_width(pieces: Iterable[Piece]) -> int:
    """The cells that pieces take side by side."""
    return sum(width(text) for text, _ in pieces)
