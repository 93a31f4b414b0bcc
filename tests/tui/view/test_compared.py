"""How runs are compared: pages, the chosen and the pinned run, and what the charts show at an epoch."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.support.comparisons import NAMES, compared_run
from tui.drawing.palette import SERIES_SHOWN
from tui.runs.comparison import Comparison
from tui.runs.marks import Marks
from tui.view.compared import Compared, axis, facts, loss_plot, prediction_plot
from tui.view.timeline import Timeline, sight

RUNS = (compared_run("long", [0.5, 0.25, 0.125], seed=1), compared_run("short", [0.4], seed=2))
COMPARISON = Comparison(RUNS, ("A", "B"), ("A", "B"))
TWO = Compared(Marks(("long", "short")))


def comparing(count: int, pinned: str = "") -> Compared:
    return Compared(Marks(NAMES[:count], pinned))


def at(epoch: int | None, comparison: Comparison = COMPARISON) -> tuple[list[str], list[str], int | None]:
    """The texts in the legends of the losses and of A's predictions, and where the cursor is."""
    seen = sight(Timeline(epoch), axis(comparison))
    loss, _ = loss_plot(comparison, seen, log=False)
    predictions, _ = prediction_plot(comparison, seen, "A")
    return [curve.text for curve in loss.curves], [curve.text for curve in predictions.curves], loss.cursor


def test_the_legend_has_the_newest_values_or_those_at_the_cursor() -> None:
    assert at(None) == (["0.1250", "0.4000"], ["0.0000", "0.0000"], None)
    assert at(1) == (["0.5000", "0.4000"], ["0.0000", "0.0000"], 1)
    assert at(2) == (["0.2500", "–"], ["0.0000", "–"], 2)
    assert at(0) == (["–", "–"], ["0.0000", "0.0000"], 0)


def test_the_legend_names_what_differs_before_the_run() -> None:
    plot, title = loss_plot(COMPARISON, sight(Timeline(), axis(COMPARISON)), log=True)
    assert [curve.name for curve in plot.curves] == ["seed 1 long", "seed 2 short"]
    assert (title, plot.log) == ("loss, logarithmic", True)
    alike = Comparison((compared_run("a"), compared_run("b")))
    plot, _ = loss_plot(alike, sight(Timeline(), axis(alike)), log=False)
    assert [curve.name for curve in plot.curves] == ["a", "b"]


def test_there_is_room_for_epochs_to_come_of_a_run_that_trains() -> None:
    live = Comparison((RUNS[0], replace(RUNS[1], training_to=50)))
    assert (axis(live).newest, axis(live).end) == (3, 50)
    plot, _ = loss_plot(live, sight(Timeline(), axis(live)), log=False)
    assert (plot.x_start, plot.x_end) == (0, 50)


def test_a_zoomed_axis_is_that_of_all_the_charts() -> None:
    long = Comparison((compared_run("a", [0.5] * 100), compared_run("b", [0.5] * 60)), ("A",), ("A",))
    seen = sight(Timeline(40, 20, 30), axis(long))
    assert {
        (plot.x_start, plot.x_end) for plot, _ in (loss_plot(long, seen, log=False), prediction_plot(long, seen, "A"))
    } == {(30, 50)}


def test_the_next_run_past_the_end_of_a_page_is_on_the_next_one() -> None:
    compared = comparing(8)
    seen = [compared.chosen]
    for _ in range(8):
        compared = compared.choosing_on(1)
        seen.append(compared.chosen)
    assert seen == [*NAMES, "run-0"]
    assert compared.choosing_on(-1).chosen == "run-7"


def test_pages_of_runs_are_turned_round() -> None:
    compared = comparing(8).choosing(5)
    assert compared.turned(1).names == ("run-6", "run-7")
    assert compared.turned(1).chosen == "run-7", "the nearest place"
    assert compared.turned(2).names == compared.turned(-2).names == NAMES[:6]


def test_a_run_is_pinned_and_unpinned_and_stays_chosen() -> None:
    compared = comparing(8).choosing(2).pinned()
    assert (compared.chosen, compared.names) == ("run-2", ("run-2", "run-0", "run-1", "run-3", "run-4", "run-5"))
    turned = compared.turned(1)
    assert turned.names == ("run-2", "run-6", "run-7")
    other = turned.choosing(1).pinned()
    assert (other.names, other.chosen) == (("run-6", "run-5", "run-7"), "run-6")
    free = other.pinned()
    assert (free.marks, free.chosen, free.names) == (Marks(NAMES), "run-6", ("run-6", "run-7"))


@given(st.integers(1, 20), st.lists(st.sampled_from(["on", "back", "page", "page back", "pin", "place"]), max_size=30))
def test_whatever_is_pressed_there_is_a_chosen_run_among_at_most_six(count: int, keys: list[str]) -> None:
    compared = Compared(Marks(tuple(f"run-{number}" for number in range(count))))
    for key in keys:
        before = compared
        compared = {
            "on": compared.choosing_on(1),
            "back": compared.choosing_on(-1),
            "page": compared.turned(1),
            "page back": compared.turned(-1),
            "pin": compared.pinned(),
            "place": compared.choosing(99),
        }[key]
        assert 1 <= len(compared.names) <= SERIES_SHOWN
        assert compared.chosen in compared.marks.runs
        assert not compared.marks.pinned or compared.names[0] == compared.marks.pinned
        assert key != "pin" or compared.chosen == before.chosen


def test_a_cursor_on_what_is_gone_and_companies_that_are_not_shared_are_given_up() -> None:
    compared = replace(TWO, timeline=Timeline(9), first_company=4).settled(COMPARISON)
    assert (compared.timeline.cursor, compared.first_company) == (None, 0)
    assert replace(TWO, timeline=Timeline(3)).settled(COMPARISON).timeline.cursor == 3


def test_the_header_says_where_one_is_and_what_goes_on() -> None:
    def told(compared: Compared, comparison: Comparison = COMPARISON) -> list[str]:
        return facts(compared, comparison, sight(compared.timeline, axis(comparison)))

    assert told(TWO) == []
    assert told(replace(TWO, timeline=Timeline(2))) == ["epoch 2"]
    assert told(replace(comparing(8, "run-3"), page=1)) == ["page 2 of 2", "run-3 is pinned"]
    one, both = (tuple(replace(run, training_to=9) for run in RUNS[:count]) for count in (1, 2))
    assert told(TWO, replace(COMPARISON, runs=(*one, RUNS[1]))) == ["1 training"]
    assert told(TWO, replace(COMPARISON, runs=both)) == ["2 training"]
    assert told(TWO, replace(COMPARISON, shared=(), companies=())) == ["no company in common"]
    assert told(TWO, replace(COMPARISON, shared=("A", "B", "C"))) == ["3 companies in common"]


def test_only_keys_that_do_something_are_shown() -> None:
    def shown(compared: Compared, comparison: Comparison, **more: bool) -> list[str]:
        switches = {"is_back": False, "charts": False, "columns": False, **more}
        return [key for key, _, _ in compared.keys(comparison, **switches)]

    always = ["Esc", "← →", "b", "y", "↑ ↓", "p", "+ -", "?", "r"]
    assert shown(TWO, COMPARISON) == always
    assert shown(TWO, Comparison((compared_run("long"), compared_run("short")))) == ["Esc", "y", "↑ ↓", "p", "?", "r"]
    many = replace(COMPARISON, shared=("A", "B", "C"))
    assert set(shown(comparing(8), many, is_back=True, charts=True, columns=True)) - set(always) == {
        "End",
        "tab",
        "t",
        "m",
        "n",
    }
