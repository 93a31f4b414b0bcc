"""What is told of the run under the cursor."""

from __future__ import annotations

import pytest

from lstm_engine.listing.run_entry import RunEntry
from tests.support.run_folders import NOW, entry
from tui.runs.run_cells import Showing
from tui.runs.run_details import details
from tui.text.widths import width as width_of

SHOWING = Showing(None, NOW)
TRAINING = entry(
    "calm-lake", "running", 300, note="the best #keep", host="bench", pid=4711, per_second=410.4, watchers=1
)


def told(run: RunEntry, width: int = 200, here: str | None = None) -> str:
    return "".join(text for text, _ in details(run, Showing(here, NOW), width))


def test_of_a_run_that_trains_who_how_fast_and_for_whom() -> None:
    assert told(TRAINING).startswith(
        " training · 410 epochs/s · process 4711 on bench · 1 dashboard looks on · epoch 300 of 2000 · loss 0.1677 · "
        "the best #keep · A 0.4342"
    )


@pytest.mark.parametrize(
    ("watchers", "words"),
    [(None, ""), (0, "no dashboard looks on"), (1, "1 dashboard looks on"), (7, "7 dashboards look on")],
)
def test_how_many_look_on_where_that_is_known(watchers: int | None, words: str) -> None:
    text = told(entry("calm-lake", "running", watchers=watchers))
    assert words in text
    assert bool(words) == ("look" in text)


def test_of_a_run_whose_process_has_not_told_nothing_is_made_up() -> None:
    assert told(entry("calm-lake", "running", 300)).startswith(" training · epoch 300 of 2000 · ")


def test_a_damaged_run_has_its_note_and_its_sentence() -> None:
    damaged = entry("calm-lake", "damaged", problem="run.json is damaged\x1b", note="look into this")
    assert told(damaged) == " damaged · look into this · run.json is damaged?"


@pytest.mark.parametrize("width", [20, 58, 78, 158])
def test_no_line_is_longer_than_there_is_room(width: int) -> None:
    lines = told(entry("calm-lake", "running", note="x" * 200, host="bench" * 20, pid=1), width).splitlines()
    assert all(width_of(line) <= width for line in lines)
