"""Lines put together from styled pieces, fitted to a width, in ASCII where the terminal has no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

#: What each state is marked with, so that it is told apart without colour too.
GLYPHS = {"loading": "◌", "ready": "○", "training": "●", "paused": "‖", "finished": "✓", "failed": "✗"}


_ASCII = str.maketrans(
    {
        "◌": "~",
        "○": "o",
        "●": "*",
        "‖": "=",
        "✓": "+",
        "✗": "!",
        "·": "|",
        "…": "...",
        "━": "#",
        "╸": "#",
        "╌": "-",
        "─": "-",
        "×": "x",
        "←": "<",
        "→": ">",
        "▸": ">",
        "▲": "^",
        "▼": "v",
        "“": '"',
        "”": '"',
        "–": "-",
    }
)


def ascii_only(text: str) -> str:
    """The text for a terminal that knows no more than ASCII; what has no equal becomes a question mark."""
    return text.translate(_ASCII).encode("ascii", "replace").decode()


def fitted(parts: Sequence[str], width: int, separator: str = " · ", length: Callable[[str], int] = len) -> str:
    """As many of the leading parts as fit into `width` cells. length: how many of those a text takes."""
    for count in range(len(parts), 0, -1):
        text = separator.join(parts[:count])
        if length(text) <= width:
            return text
    return ""


#: A text and its style, in Textual's style language.
Piece = tuple[str, str]
