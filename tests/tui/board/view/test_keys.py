"""The bottom line."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.log_events import Logged
from tests.support.board_feed import finished, log_of, training
from tui.board.state.boards import Boards
from tui.board.view.actions import BOARD_BY_ID
from tui.board.view.keys import keys_of
from tui.state.told import PriceFiles, Told

ONE = Boards().after([Told("calm-lake", training(220))])


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


def test_an_epoch_that_is_not_exact_has_its_key() -> None:
    assert ("e", "exactly", "perform('exact')") in keys_of(ONE.all[0], steers=True, runs=1, exact="exactly")
    assert "e" not in [key for key, _, _ in keys_of(ONE.all[0], steers=True, runs=1)]


@pytest.mark.parametrize(
    ("panel", "word"),
    [("", "one chart"), ("drawn", "show or hide"), ("layers", "one chart"), ("layers by epoch", "matrix")],
)
def test_enter_is_called_what_it_does_to_the_row(panel: str, word: str) -> None:
    keys = keys_of(ONE.all[0], steers=True, runs=1, panel=panel)
    assert [told for key, told, _ in keys if key == "enter"] == [word]


def test_every_key_of_the_line_is_one_of_the_table() -> None:
    for key, _, action in keys_of(ONE.all[0], steers=True, runs=2):
        name = action.removeprefix("perform('").removesuffix("')")
        assert BOARD_BY_ID[name].label == key
