"""The rows of the list of runs, as text."""

from __future__ import annotations

import pytest

from tests.support.run_folders import NOW, before, entry
from tui.runs.catalogue import Order
from tui.runs.run_rows import Showing, content_widths, count_text, layout
from tui.text.widths import width as width_of


@pytest.mark.parametrize("width", range(10, 60))
def test_the_count_of_marks_is_told_in_any_width(width: int) -> None:
    text = "".join(piece for piece, _ in count_text(3, 10_000, Order("lineage"), width, 6))
    assert len(text) == width
    assert "6 marked" in text


LONG = [
    entry("calm-lake", "interrupted", 14298, 21298, 4.8e-04, saved=before(minutes=59)),
    entry("東京電力", "finished", 2000, saved=before(hours=3)),
]
SHOWING = Showing(None, NOW)


@pytest.mark.parametrize("width", [76, 80, 100, 158])
def test_the_row_is_used(width: int) -> None:
    """Nothing is cut that there is room for, and the setting that tells runs apart is there."""
    shown = layout(width, content_widths(LONG, SHOWING))
    rows = ["".join(text for text, _ in shown.row(run, SHOWING)) for run in LONG]
    assert "14298 of 21298" in rows[0]
    assert "4.8e-04" in rows[0]
    assert {"seed", "lr"} <= {column.heading for column in shown.columns}
    assert all(width_of(row.rstrip()) <= width for row in rows)
    assert len({width_of(row) for row in rows}) == 1


def test_every_cell_of_the_heading_belongs_to_a_column() -> None:
    shown = layout(100, content_widths(LONG, SHOWING))
    heading = "".join(text for text, _ in shown.heading(Order()))
    for word, key in (("run", "name"), ("state", "state"), ("loss", "loss"), ("when", "when")):
        assert shown.key_at(heading.index(word)) == key
    assert shown.key_at(1000) is None
