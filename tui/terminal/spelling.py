"""The one place that all text passes on its way to the screen: there it gets the characters that the terminal has."""

from __future__ import annotations

import codecs
from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.options import Marker
from tui.text.ascii import spelt


class Spelling(LineFilter):
    """Replaces every character that an encoding cannot hold, in every line of every widget, by one as wide.

    Textual (8.2.8) lets its filters see each line of a widget, border and scrollbar included, before it is composed.
    """

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._spelt = lru_cache(maxsize=4096)(lambda text: spelt(text, encoding))

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The line in the terminal's characters."""
        return [
            segment if segment.control or segment.text.isascii() else Segment(self._spelt(segment.text), segment.style)
            for segment in segments
        ]


def spelling(marker: Marker, encoding: str) -> Spelling | None:
    """What a terminal of that encoding needs; None where it has all characters. ascii: it has no others."""
    if not _is_unicode(encoding):
        return Spelling(encoding)
    return Spelling("ascii") if marker == "ascii" else None


def _is_unicode(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name.startswith("utf")
    except LookupError:
        return True
