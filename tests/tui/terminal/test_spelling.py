"""What all text passes on its way to the screen."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from textual.color import Color

from tui.options import Marker
from tui.terminal.spelling import spelling


@pytest.mark.parametrize(
    ("marker", "encoding", "expected"),
    [
        ("braille", "utf-8", "Müller → 東"),
        ("ascii", "utf-8", "Muller > ??"),
        ("ascii", "iso-8859-1", "Müller > ??"),
        ("braille", "iso-8859-1", "Müller > ??"),
        ("braille", "no such encoding", "Müller → 東"),
    ],
)
def test_a_line_has_the_characters_of_the_terminal(marker: Marker, encoding: str, expected: str) -> None:
    line = [Segment("Müller → "), Segment("東")]
    known = spelling(marker, encoding)
    spelt = line if known is None else known.apply(line, Color(0, 0, 0))
    assert "".join(segment.text for segment in spelt) == expected
