"""Several runs, each told apart by its name."""

from __future__ import annotations

from lstm_engine.script.vocabulary.log_events import Logged
from tui.board.state.boards import Boards
from tui.board.state.reducer import said
from tui.state.told import Told


def logged(run: str, value: float) -> Told:
    return Told(run, [Logged(name="loss", step=[1], value=[value])])


def test_each_run_gets_what_is_told_of_it_in_the_order_they_came_up() -> None:
    boards = Boards().after([logged("b", 1.0), logged("a", 2.0), logged("b", 3.0)])
    assert [board.run for board in boards.all] == ["b", "a"]
    assert len(boards.by_name["b"].metrics["loss"]) == 2


def test_a_run_is_found_by_its_name_or_it_is_the_first() -> None:
    boards = Boards().after([logged("b", 1.0), logged("a", 2.0)])
    first, other = boards.of(""), boards.of("a")
    assert first is not None
    assert other is not None
    assert (first.run, other.run) == ("b", "a")
    assert Boards().of("a") is None


def test_a_board_is_put_in_the_place_of_the_one_before() -> None:
    boards = Boards().after([logged("b", 1.0), logged("a", 2.0)])
    changed = boards.replaced(said(boards.by_name["b"], "hello"))
    assert changed.by_name["b"].notice == "hello"
    assert [board.run for board in changed.all] == ["b", "a"]
    assert boards.by_name["b"].notice == ""
