"""What stands on the board, from the runs and what was asked to be seen."""

from __future__ import annotations

from lstm_engine.script.vocabulary.log_events import Logged
from tests.support.board_feed import log_of, training
from tui.board.state.boards import Boards
from tui.board.state.series import Series
from tui.board.view.picture import Smoothings, numbers_of, picture, turned
from tui.board.view.seen import Seen
from tui.state.told import Told
from tui.view.timeline import Timeline

ONE = Boards().after([Told("calm-lake", training(220))])


def test_what_was_asked_is_put_right() -> None:
    now = picture(ONE, Seen(chosen=99, timeline=Timeline(cursor=9999)), 100, 2)
    assert now.seen.chosen == len(now.groups) - 1
    assert now.sight.is_live


def test_the_other_axis_keeps_the_cursor_on_its_step() -> None:
    now = picture(ONE, Seen(timeline=Timeline(cursor=100)), 100, 2)
    by_epoch = turned(ONE, now)
    assert by_epoch.timeline.cursor == 2500
    back = turned(ONE, picture(ONE, by_epoch, 100, 2))
    assert back.timeline.cursor == 100
    assert turned(ONE, picture(ONE, Seen(), 100, 2)).timeline.cursor is None


def test_runs_share_steps_where_not_all_know_their_epochs() -> None:
    without = Told("b", [Logged(name="loss", step=[1], value=[1.0])])
    now = picture(Boards().after([Told("a", log_of(0)), without]), Seen(by_epoch=True), 100, 2)
    assert [run.ruler.by_epoch for run in now.runs] == [False, False]


def test_the_run_whose_turn_it_is_gives_lines_and_panels() -> None:
    boards = Boards().after([Told("a", log_of(0)), Told("b", log_of(1))])
    assert picture(boards, Seen(), 100, 2).board is boards.by_name["a"]
    assert picture(boards, Seen(run="b"), 100, 2).board is boards.by_name["b"]
    assert picture(Boards(), Seen(), 100, 2).board is None


def test_one_chart_alone_has_the_page_for_itself() -> None:
    now = picture(ONE, Seen(zoomed=True, chosen=1), 100, 2)
    page = now.page(160, 40)
    assert (page.first, page.shown, page.page, page.pages) == (1, 1, 1, 4)


def test_at_most_six_runs_are_drawn_and_keep_their_colours() -> None:
    runs = [str(number) for number in range(8)]
    boards = Boards().after([Told(run, log_of(0, 10)) for run in runs])
    assert len(picture(boards, Seen(), 100, 2).runs) == 6
    numbers = numbers_of(runs, ["1", "5", "6", "7"])
    assert numbers == {"1": 1, "5": 5, "6": 0, "7": 2}


def test_smoothed_values_are_kept_until_the_weight_is_another() -> None:
    smoothings, series = Smoothings(), Series().extended([1, 2], [1.0, 3.0])
    assert smoothings.of(0.0, "a", "loss", series) is None
    first = smoothings.of(0.6, "a", "loss", series)
    other = smoothings.of(0.9, "a", "loss", series)
    assert first is not None
    assert other is not None
    assert first.tolist() != other.tolist()
