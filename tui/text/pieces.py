"""Lines put together from styled pieces: what fits of them into a width, and how they look in ASCII."""

from __future__ import annotations

from collections.abc import Callable, Sequence

#: A text and its style, in Textual's style language.
Piece = tuple[str, str]

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


def fitted(parts: Sequence[str], width: int, separator: str = " · ", length: Callable[[str], int] = len) -> str:
    """As many of the leading parts as fit into `width` cells. length: how many of those a text takes."""
    for count in range(len(parts), 0, -1):
        text = separator.join(parts[:count])
        if length(text) <= width:
            return text
    return ""


def cut(text: str, width: int) -> str:
    """The text, or its beginning and an ellipsis where it is longer than `width` letters."""
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"


def ascii_only(text: str) -> str:
    """The text for a terminal that knows no more than ASCII; what has no equal becomes a question mark."""
    return text.translate(_ASCII).encode("ascii", "replace").decode()
