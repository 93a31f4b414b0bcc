"""The axis of several runs, and where each one's steps stand on it."""

from __future__ import annotations

from lstm_engine.script.vocabulary.log_events import Logged
from tests.support.board_feed import BATCHES, EPOCHS, finished, log_of, opening, training
from tui.board.state.board import Board
from tui.board.state.reducer import told
from tui.board.view.rulers import axis_of, epochs_of, ruler_of
from tui.state.told import Told


def board(events: list) -> Board:  # type: ignore[type-arg]
    return told(Board("a"), Told("a", events))


def test_epochs_that_a_logger_wrote_down_count_too() -> None:
    logs = board(log_of(0))
    assert epochs_of(logs).steps.tolist() == [1, 51, 101, 151, 201, 251, 301, 351]
    ruler = ruler_of(logs, by_epoch=True)
    assert ruler.by_epoch
    assert ruler.per_epoch == 50
    assert ruler.position(401) == 8000


def test_without_epochs_steps_are_what_there_is() -> None:
    logs = board([Logged(name="loss", step=[1, 2], value=[1.0, 2.0])])
    assert not ruler_of(logs, by_epoch=True).by_epoch


def test_the_axis_ends_where_the_fit_does() -> None:
    runs = [board(training(220))]
    axis = axis_of(runs, [ruler_of(runs[0], by_epoch=False)], 100, 2)
    assert (axis.newest, axis.end) == (220, BATCHES * EPOCHS)
    assert axis.marks == (0, 40, 80, 120, 160, 200)
    axis = axis_of(runs, [ruler_of(runs[0], by_epoch=True)], 100, 2)
    assert (axis.newest, axis.end) == (5500, EPOCHS * 1000)


def test_an_axis_without_an_end_stands_still_for_a_while() -> None:
    ends = []
    for until in (201, 220, 239):
        events = [event for event in training(until - until % 5) if type(event).__name__ != "FitStarted"]
        now = board(events)
        ends.append(axis_of([now], [ruler_of(now, by_epoch=False)], 100, 2).end)
    assert len(set(ends)) == 1
    assert ends[0] >= 239


def test_what_has_ended_fills_the_axis() -> None:
    runs = [board(log_of(0, 100)), board(log_of(1, 400))]
    axis = axis_of(runs, [ruler_of(run, by_epoch=False) for run in runs], 100, 2)
    assert (axis.newest, axis.end) == (400, 400)
    done = board(finished())
    assert axis_of([done], [ruler_of(done, by_epoch=False)], 100, 2).end == 400


def test_before_anything_there_is_an_axis() -> None:
    assert axis_of([], [], 100, 2).end == 1
    now = board(opening())
    assert axis_of([now], [ruler_of(now, by_epoch=True)], 100, 2).end >= 1
