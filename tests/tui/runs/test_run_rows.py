"""The rows of the list of runs, as text."""

from __future__ import annotations

import msgspec
import pytest

from lstm_engine.listing.run_entry import RunEntry
from tests.support.run_folders import NOW, before, entry
from tui.runs.catalogue import Order
from tui.runs.run_cells import Showing
from tui.runs.run_rows import Sheet, content_widths, count_text, layout
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


def text(run: RunEntry, others: list[RunEntry], width: int = 158) -> str:
    shown = layout(width, content_widths([run, *others], SHOWING))
    return "".join(piece for piece, _ in shown.row(run, SHOWING))


@pytest.mark.parametrize("names", [("A", "B"), ("company 10", "company 11")])
def test_where_there_is_no_room_for_two_predictions_one_is_there_whole(names: tuple[str, str]) -> None:
    run = msgspec.structs.replace(entry("calm-lake", "finished", 2000), predictions=dict.fromkeys(names, -0.4342))
    widths = {width: content_widths([run], SHOWING) for width in range(60, 180)}
    shown = {width: layout(width, widths[width]) for width in widths}
    counts = {}
    for width, columns in shown.items():
        row = "".join(piece for piece, _ in columns.row(run, SHOWING))
        counts[width] = row.count("-0.4342")
        assert counts[width] == row.count("-0.4"), "no figure is cut"
        assert counts[width] > 0 or "predictions" not in {column.heading for column in columns.columns}
    assert set(counts.values()) == {0, 1, 2}
    assert list(counts.values()) == sorted(counts.values())


def test_a_run_that_trains_has_its_speed_and_who_looks_on() -> None:
    run = entry("calm-lake", "running", 300, per_second=2088.4, watchers=2)
    assert "● training" in text(run, LONG)
    assert "2088/s        2" in text(run, LONG)
    assert "2088/s" not in text(LONG[0], LONG)


def test_columns_that_nobody_has_anything_in_are_not_there() -> None:
    headings = {column.heading for column in layout(300, content_widths(LONG, SHOWING)).columns}
    assert not headings & {"speed", "watched", "note"}


@pytest.mark.parametrize(("epoch", "loss"), [(0, None), (9, 0.5), (999, 12345.0), (100_000, 4.8e-04)])
def test_columns_stand_still_while_a_run_trains(epoch: int, loss: float | None) -> None:
    runs = [entry("calm-lake", "running", epoch, 100_000, loss)]
    assert content_widths(runs, SHOWING)["epochs"] == len("100000 of 100000")
    assert content_widths(runs, SHOWING)["loss"] == 7


@pytest.mark.parametrize("width", [78, 100, 158])
def test_a_note_takes_what_is_left_and_is_cut_to_it(width: int) -> None:
    run = entry("calm-lake", note="a note of many words, #keep " * 6)
    row = text(run, [], width)
    assert width_of(row) - 2 <= width
    assert "a note of" in row
    assert row.rstrip().endswith("…")


@pytest.mark.parametrize("width", [30, 58, 78, 158])
def test_a_sheet_finds_a_run_and_what_a_heading_sorts_by(width: int) -> None:
    sheet = Sheet(tuple(LONG), Order(), SHOWING, content_widths(LONG, SHOWING))
    assert [sheet.number_of(name) for name in ("calm-lake", "東京電力", "none", None)] == [0, 1, None, None]
    heading = "".join(piece for piece, _ in sheet.heading(width))
    assert sheet.key_at(heading.index("run"), width) == "name"
    assert Sheet((), Order(), SHOWING, {}).heading(width) == []
    assert Sheet((), Order(), SHOWING, {}).key_at(3, width) is None
