"""The keys that go back: a branch with another learning rate, and the run that was left unfinished."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import msgspec
import pytest
from textual.widgets import Input, Label

from lstm_engine.protocol.messages import Branch, Event, Failed, OpenRun, Refused, Train
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.run.records import Parent
from lstm_engine.store import directory as runs
from lstm_engine.store.listing import EntryState
from tests.support.hands import Hands, dashboard
from tests.support.run_folders import ListedFolder, StillFolder, entry, make_run
from tests.support.script import (
    READY,
    RUN,
    Bench,
    checkpoint,
    done,
    epochs,
    history,
    opened,
    paused,
    ready,
    session_after,
    training,
    until,
)
from tui.app.run_keys import is_unfinished
from tui.screens.branch_question import BranchQuestion
from tui.state.reducer import reduce
from tui.state.session import Session
from tui.state.updates import Foreseen, HistoryRead
from tui.view import status_lines as statuslines


async def branch_question(hands: Hands) -> tuple[Input, Input]:
    """The two fields of the dialog: epoch, learning rate."""
    await hands.press("b")
    await until(lambda: isinstance(hands.app.screen, BranchQuestion) and hands.app.focused is not None)
    return hands.app.screen.query_one("#epoch", Input), hands.app.screen.query_one("#lr", Input)


# --- a branch --------------------------------------------------------------------------------------------------------


async def test_b_branches_at_the_current_epoch_with_the_learning_rate_typed() -> None:
    async with dashboard(Bench(done())) as hands:
        epoch, lr = await branch_question(hands)
        assert (epoch.value, lr.value) == ("2000", "0.001")
        await hands.press(*["0", "full_stop", "1"], "enter")
        await hands.closed()
        assert hands.bench.asked == [Branch(epoch=2000, lr=0.1, epochs=1000)]
        branch = opened(RunConfig(lr=0.1), epoch=2000)
        await hands.say(msgspec.structs.replace(branch, run="new-leaf", parent=Parent(RUN, 2000)))
        assert (hands.session.run, hands.session.notice) == ("new-leaf", "branch of calm-lake at 2000")
        await until(lambda: hands.session.history.last_epoch == 2000)


async def test_a_branch_of_a_branch_says_up_to_where_it_is_another_run() -> None:
    """Two runs trained it, maybe at two learning rates, and the new one has one."""
    async with dashboard(
        Bench([READY, msgspec.structs.replace(opened(epoch=2000), parent=Parent("old-oak", 900))])
    ) as hands:
        await branch_question(hands)
        told = [str(label.content) for label in hands.app.screen.query(Label)]
        assert "Up to epoch 900 it is old-oak, trained as that run was." in told


async def test_a_branch_from_an_earlier_epoch() -> None:
    async with dashboard(Bench(paused())) as hands:
        await branch_question(hands)
        await hands.press("shift+tab", *"800", "enter")
        await hands.closed()
        assert hands.bench.asked == [Branch(epoch=800, lr=0.001, epochs=800)]


async def test_a_learning_rate_that_is_left_alone_is_the_parents_to_the_last_digit() -> None:
    lr = 0.0006983372960937497
    async with dashboard(Bench([READY, opened(RunConfig(lr=lr), epoch=10)])) as hands:
        await branch_question(hands)
        await hands.press("enter")
        await hands.closed()
        assert [command.lr for command in hands.bench.asked if isinstance(command, Branch)] == [lr]


async def test_a_branch_need_not_be_trained_at_once() -> None:
    async with dashboard(Bench(done())) as hands:
        await branch_question(hands)
        await hands.press("tab", "0", "enter")
        await hands.closed()
        assert hands.bench.asked == [Branch(epoch=2000, lr=0.001)]


async def test_the_time_cursor_says_from_which_epoch() -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press("home", "right_square_bracket", "right_square_bracket")
        epoch, _ = await branch_question(hands)
        assert epoch.value == "2"


async def test_after_a_failure_a_branch_begins_where_the_run_is_saved() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.say(Failed(epoch=1201, cause="no", checkpoint=checkpoint(1000)))
        epoch, _ = await branch_question(hands)
        assert epoch.value == "1000"


@pytest.mark.parametrize(
    ("keys", "told", "field"),
    [
        (["x"], "is no learning rate", "lr"),
        (["0"], "learning rate is 0.0", "lr"),
        (["minus", "1"], "learning rate is -1.0", "lr"),
        (["n", "a", "n"], "learning rate is nan", "lr"),
        (["backspace"], "is no learning rate", "lr"),
        (["tab", "x"], "is no number of epochs", "epochs"),
        (["tab", "minus", "1"], "is no number of epochs", "epochs"),
        (["shift+tab", *"2001"], "has not happened yet: expected 0 to 2000", "epoch"),
        (["shift+tab", "x"], "is no epoch", "epoch"),
        (["shift+tab", "minus", "1"], "is no epoch", "epoch"),
    ],
)
async def test_a_bad_branch_is_refused_in_place(keys: list[str], told: str, field: str) -> None:
    async with dashboard(Bench(done())) as hands:
        await branch_question(hands)
        await hands.press(*keys, "enter")
        assert told in str(hands.app.screen.query_one("#refusal", Label).content)
        assert hands.app.focused is hands.app.screen.query_one(f"#{field}")
        assert hands.bench.asked == []
        await hands.press("escape")
        await hands.closed()
        assert hands.bench.asked == []


@pytest.mark.parametrize(
    ("script", "told"),
    [(ready(), "nothing to branch from yet: space trains"), ([READY], "PyTorch is still loading")],
)
async def test_b_where_there_is_nothing_to_branch_from_says_so(script: list[Event], told: str) -> None:
    async with dashboard(Bench(script)) as hands:
        await hands.press("b")
        assert hands.session.notice == told
        assert not isinstance(hands.app.screen, BranchQuestion)


async def test_b_without_an_engine_says_so() -> None:
    async with dashboard(Bench(training())) as hands:
        hands.bench.engine.end(-9)
        await until(lambda: hands.session.state == "failed")
        await hands.press("b")
        assert "space starts a new one" in hands.session.notice


# --- the unfinished run ----------------------------------------------------------------------------------------------

UNFINISHED = ListedFolder.holding(entry("old-oak", "interrupted", 1200))


async def offering(hands: Hands) -> None:
    await until(lambda: hands.session.offer is not None)


async def test_an_interrupted_run_is_offered_and_u_trains_it_to_its_target() -> None:
    async with dashboard(Bench(ready(), folder=UNFINISHED)) as hands:
        await offering(hands)
        line = "".join(text for text, _ in statuslines.notice(hands.session, 80))
        assert line.strip() == "old-oak was interrupted at 1200 of 2000: u continues it"
        await hands.press("u")
        assert hands.bench.engine.commands[-1] == OpenRun(source="/runs/old-oak")
        await hands.say(opened(epoch=1200, target=2000))
        assert hands.bench.asked == [Train()]
        assert hands.session.offer is None


async def test_u_can_be_pressed_while_pytorch_loads() -> None:
    async with dashboard(Bench([], folder=UNFINISHED)) as hands:
        await offering(hands)
        await hands.press("u")
        await hands.say(READY, opened(epoch=1200, target=2000))
        assert hands.bench.engine.commands == [OpenRun(source="/runs/old-oak"), Train()]


async def test_a_refused_offer_trains_nothing_that_is_opened_later() -> None:
    async with dashboard(Bench(ready(), folder=UNFINISHED)) as hands:
        await offering(hands)
        await hands.press("u")
        await hands.say(Refused(command="open_run", reason="run old-oak is in use by process 7 on bench"))
        assert hands.session.notice == "run old-oak is in use by process 7 on bench"
        await hands.say(opened(epoch=1200, target=2000))
        assert hands.bench.asked == []


async def test_u_without_an_offer_says_what_else_there_is() -> None:
    async with dashboard(Bench(training(), folder=ListedFolder.holding())) as hands:
        await hands.press("u")
        assert hands.session.notice == "there is no unfinished run to continue: o lists all runs"
        assert hands.bench.asked == []


@pytest.mark.parametrize(
    ("state", "epoch", "unfinished"),
    [
        ("interrupted", 1200, True),
        ("stopped", 1200, True),
        ("stopped", 2000, False),
        ("finished", 2000, False),
        ("running", 1200, False),
        ("failed", 1200, False),
        ("damaged", 0, False),
    ],
)
def test_what_is_unfinished(state: EntryState, epoch: int, unfinished: bool) -> None:
    assert is_unfinished(entry("old-oak", state, epoch)) == unfinished


@pytest.mark.parametrize("options", [{"start": True}, {"source": RUN}], ids=["start", "resume"])
async def test_nothing_is_offered_to_who_has_said_what_to_do(options: dict[str, object]) -> None:
    class Untouched(ListedFolder):
        def last(self) -> None:
            pytest.fail("looked for a run to offer")

    folder = Untouched(Path("/runs"), "checkpoints")
    async with dashboard(Bench([READY, opened(epoch=10)], folder=folder, **options)) as hands:
        await until(lambda: hands.session.run is not None)
        assert hands.session.offer is None


def test_the_run_saved_last_is_the_one_to_go_on_with(tmp_path: Path) -> None:
    folder = StillFolder(tmp_path, "checkpoints")
    assert folder.last() is None
    assert StillFolder(tmp_path / "none", "none").last() is None
    for number, name in enumerate(("old-oak", "young-ash", "wild-fern")):
        directory = make_run(tmp_path, name, 5, 10, "paused")
        os.utime(directory / runs.SUMMARY, (number, number))
    (tmp_path / "no-run").mkdir()
    os.utime(tmp_path / "old-oak" / runs.SUMMARY, (9, 9))
    last = folder.last()
    assert last is not None
    assert (last.run, last.state, last.epoch, last.target) == ("old-oak", "stopped", 5, 10)


def test_a_run_is_of_the_folder_also_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    folder = StillFolder(tmp_path / "link", "link")
    assert folder.name_of(str(tmp_path / "real" / "calm-lake")) == "calm-lake"
    assert folder.name_of(str(tmp_path / "elsewhere" / "calm-lake")) is None
    assert folder.name_of(None) is None


# --- what is on disk, while PyTorch loads ----------------------------------------------------------------------------


async def test_a_run_is_shown_while_pytorch_loads(tmp_path: Path) -> None:
    make_run(tmp_path, "old-oak", 5, 10, "paused")
    folder = StillFolder(tmp_path, "checkpoints")
    async with dashboard(Bench([], folder=folder, source="old-oak", last_epoch=5)) as hands:
        await until(lambda: hands.session.history.last_epoch == 5)
        assert (hands.session.state, hands.session.run, hands.session.target) == ("loading", "old-oak", 10)
        lengths: list[int] = []
        hands.screen.show = lambda session: lengths.append(session.history.length)  # type: ignore[method-assign]
        event = msgspec.structs.replace(
            opened(epoch=5, target=10), run="old-oak", directory=str((tmp_path / "old-oak").resolve())
        )
        await hands.say(READY, event)
        await until(lambda: hands.session.state == "paused")
        assert set(lengths) == {6}


@pytest.mark.parametrize("source", ["no-such-run", "file.ckpt"])
async def test_what_cannot_be_read_is_the_engines_to_tell(tmp_path: Path, source: str) -> None:
    folder = StillFolder(tmp_path, "checkpoints")
    async with dashboard(Bench([], folder=folder, source=source)) as hands:
        await hands.say(READY, Refused(command="open_run", reason="no such run"))
        assert hands.session.notice == "no such run" or hands.session.failure is not None
        assert hands.session.history.length == 0


def test_what_was_foreseen_is_not_drawn_again_when_it_is_opened() -> None:
    directory, read = Path("/runs/calm-lake"), history(10)
    foreseen = reduce(Session.loading(RunConfig(), 2000), Foreseen(directory, RunConfig(), None, read, 20))
    said = [READY, opened(epoch=10, target=20), epochs(10, 10), HistoryRead(history(10))]
    session = functools.reduce(reduce, said, foreseen)
    assert (session.rewrites, session.state, session.history.last_epoch) == (foreseen.rewrites, "paused", 10)


def test_a_run_without_an_epoch_on_disk_is_foreseen_at_epoch_0() -> None:
    empty = Foreseen(Path("/runs/new-leaf"), RunConfig(), None, History(Columns.of(RunConfig())), 0)
    session = reduce(Session.loading(RunConfig(), 2000), empty)
    assert (session.epoch, session.target) == (0, 0)


def test_what_was_read_too_late_is_not_shown() -> None:
    session = session_after([READY, opened(epoch=10, target=20)])
    late = Foreseen(Path("/runs/other"), RunConfig(lr=0.5), None, history(3), 10)
    assert reduce(session, late) is session
