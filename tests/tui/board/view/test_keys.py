"""The bottom line, and the line that says what the charts show."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.log_events import Logged
from tests.support.board_feed import finished, log_of, opening, training
from tui.board.state.boards import Boards
from tui.board.view.actions import BOARD_BY_ID
from tui.board.view.keys import keys_of, strip
from tui.board.view.picture import picture
from tui.board.view.seen import Seen
from tui.state.told import PriceFiles, Told
from tui.view.timeline import Timeline

ONE = Boards().after([Told("calm-lake", training(220))])


def line(seen: Seen, width: int = 100) -> str:
    now = picture(ONE, seen, 100, 2)
    return "".join(text for text, _ in strip(now, now.page(160, 40), width))


def test_the_first_keys_are_those_that_matter_now() -> None:
    training_keys = [key for key, _, _ in keys_of(ONE.all[0], steers=True, runs=1)]
    assert training_keys[:5] == ["space", "s", "a", "q", "?"]
    done = Boards().after([Told("calm-lake", finished())])
    assert [word for _, word, _ in keys_of(done.all[0], steers=True, runs=1)][:2] == ["add epochs", "branch"]
    assert keys_of(ONE.all[0], steers=False, runs=3)[0][0] == "q"
    assert "r" in [key for key, _, _ in keys_of(ONE.all[0], steers=False, runs=3)]
    assert "o" in [key for key, _, _ in keys_of(ONE.all[0], steers=True, runs=1, lists=True)]


def test_keys_that_can_do_nothing_are_not_offered() -> None:
    def keys(*events: Event) -> set[str]:
        (board,) = Boards().after([Told("a", events)]).all
        return {key for key, _, _ in keys_of(board, steers=False, runs=1)}

    assert keys(Logged(name="loss", step=[1], value=[1.0])) == {"q", "?", "/", "enter", "t", "y"}
    assert keys(*log_of(0)) == {"q", "?", "/", "enter", "t", "y", "x", "h"}
    assert "g" in keys(*training())
    assert {key for key, _, _ in keys_of(None, steers=False, runs=0)} == {"q", "?"}


def test_prices_are_offered_where_there_are_any() -> None:
    board = Boards().after([Told("a", training(), prices=PriceFiles(Path("/a")))]).all[0]
    assert ("p", "prices") in [key[:2] for key in keys_of(board, steers=True, runs=1)]
    assert "p" not in [key[0] for key in keys_of(ONE.all[0], steers=True, runs=1)]
    assert "next ticker" in [word for _, word, _ in keys_of(board, steers=True, runs=1, panel="forecast")]


def test_every_key_of_the_line_is_one_of_the_table() -> None:
    for key, _, action in keys_of(ONE.all[0], steers=True, runs=2):
        name = action.removeprefix("perform('").removesuffix("')")
        assert BOARD_BY_ID[name].label == key


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Seen(), "4 charts · by step"),
        (Seen(by_epoch=True), "by epoch"),
        (Seen(log=True, smoothing=2), "log · smoothed 0.9"),
        (Seen(filter="loss"), "/loss · 1 chart"),
        (Seen(zoomed=True, chosen=1), "chart 2 of 4"),
        (Seen(timeline=Timeline(cursor=100)), " step 100  End returns"),
        (Seen(by_epoch=True, timeline=Timeline(cursor=2500)), " epoch 2.50 "),
    ],
)
def test_what_the_charts_show_is_said(seen: Seen, words: str) -> None:
    assert words in line(seen)


def test_of_no_charts_nothing_is_said() -> None:
    now = picture(Boards().after([Told("a", opening())]), Seen(), 100, 2)
    assert strip(now, now.page(160, 40), 100) == []


def test_an_axis_that_there_is_none_of_is_not_claimed() -> None:
    events = [event for event in log_of(0) if getattr(event, "name", "") != "epoch"]
    now = picture(Boards().after([Told("a", events)]), Seen(by_epoch=True), 100, 2)
    assert "by step: no epochs were told" in "".join(text for text, _ in strip(now, now.page(160, 40), 100))
