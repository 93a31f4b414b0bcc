"""The rows of the list of runs, as text."""

from __future__ import annotations

import pytest

from tui.runs.catalogue import Order
from tui.runs.run_rows import count_text


@pytest.mark.parametrize("width", range(10, 60))
def test_the_count_of_marks_is_told_in_any_width(width: int) -> None:
    text = "".join(piece for piece, _ in count_text(3, 10_000, Order("lineage"), width, 6))
    assert len(text) == width
    assert "6 marked" in text
