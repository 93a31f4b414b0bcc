"""Several runs, each told apart by its name."""

from __future__ import annotations

from lstm_engine.script.vocabulary.keeper_events import ScriptEnded, ScriptStarted
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


def branched() -> Boards:
    """Of run a, which says that b has begun."""
    boards = Boards().after([logged("a", 1.0)])
    return boards.replaced(said(boards.by_name["a"], "b branches off", branch="b"))


def ended(status: int) -> Told:
    started = ScriptStarted(pid=1, host="bench", argv=("python",), directory="/")
    return Told("b", [started, ScriptEnded(status=status, last="KeyError: 1")])


def test_a_branch_that_has_failed_is_said_in_place_of_its_beginning() -> None:
    started = branched().after([Told("b", ended(1).events[:1])])
    assert started.by_name["a"].notice == "b branches off"
    failed = started.after([Told("b", ended(1).events[1:])]).by_name["a"]
    assert (failed.notice, failed.alert) == ("branch b has failed: KeyError: 1", True)
    sooner = Boards().after([logged("a", 1.0), ended(1)])
    sooner = sooner.replaced(said(sooner.by_name["a"], "b branches off", branch="b"))
    assert sooner.by_name["a"].notice == "branch b has failed: KeyError: 1"


def test_a_branch_that_is_over_is_said_no_more_and_another_sentence_stays() -> None:
    boards = branched()
    assert boards.after([ended(0)]).by_name["a"].notice == ""
    boards = boards.replaced(said(boards.by_name["a"], "saved")).after([ended(0)])
    assert boards.by_name["a"].notice == "saved"
