"""The keys that go back to a run that was interrupted, and what is shown of a run while PyTorch loads."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import msgspec
import pytest
from textual.widgets import Label

from lstm_engine.listing.run_entry import EntryState
from lstm_engine.protocol.attendance import Watchers
from lstm_engine.protocol.messages import Event, OpenRun, Quit, Refused, Stopped, Train
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.store import directory as runs
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.sweep_folder import read_settings
from tests.support.hands import Hands, dashboard
from tests.support.run_folders import ListedFolder, StillFolder, entry, make_run
from tests.support.script import (
    DIRECTORY,
    READY,
    RUN,
    Bench,
    checkpoint,
    epochs,
    history,
    opened,
    ready,
    session_after,
    training,
    until,
)
from tui.app.run_keys import is_unfinished
from tui.runs.chosen_run import ChosenRun
from tui.screens.run_list import RunList
from tui.state.reducer import reduce
from tui.state.session import Session
from tui.state.updates import Foreseen, HistoryRead
from tui.view import status_lines
from tui.widgets.row_list import RowList

# --- the unfinished run ----------------------------------------------------------------------------------------------

UNFINISHED = ListedFolder.holding(entry("old-oak", "interrupted", 1200))


async def offering(hands: Hands) -> None:
    await until(lambda: hands.session.offer is not None)


async def test_an_interrupted_run_is_offered_and_u_trains_it_to_its_target() -> None:
    async with dashboard(Bench(ready(), folder=UNFINISHED)) as hands:
        await offering(hands)
        line = "".join(text for text, _ in status_lines.notice(hands.session, 80))
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


# --- a script's run --------------------------------------------------------------------------------------------------

SCRIPT = ListedFolder.holding(entry("brave-fox", "running", kind="lightning"))
CHOSEN = ChosenRun("/runs/brave-fox", "lightning")


async def choose_the_script(hands: Hands) -> None:
    await hands.press("o")
    await until(lambda: isinstance(hands.app.screen, RunList))
    await until(lambda: hands.app.screen.query_one(RowList).virtual_size.height)
    await hands.press("enter")


async def test_a_script_s_run_is_opened_on_its_board_once_this_one_is_saved() -> None:
    async with dashboard(Bench(training(), folder=SCRIPT)) as hands:
        await choose_the_script(hands)
        assert hands.bench.asked == [Quit()]
        assert hands.app.is_running
        hands.bench.engine.feed(Stopped(run=RUN, directory=DIRECTORY, epoch=1200, checkpoint=checkpoint(1200)))
        await until(lambda: not hands.app.is_running)
        assert hands.app.opens == CHOSEN


@pytest.mark.parametrize("script", [[*training(), Watchers(count=2)], []], ids=["others attend", "loading"])
async def test_what_is_not_this_one_s_to_end_is_left_at_once(script: list[Event]) -> None:
    async with dashboard(Bench(script, folder=SCRIPT)) as hands:
        await choose_the_script(hands)
        await until(lambda: not hands.app.is_running)
        assert hands.bench.asked == []
        assert hands.app.opens == CHOSEN


async def test_q_while_it_saves_leaves_for_good() -> None:
    async with dashboard(Bench(training(), folder=SCRIPT)) as hands:
        await choose_the_script(hands)
        await hands.press("q")
        await until(lambda: not hands.app.is_running)
        assert hands.app.opens is None


SCRIPTS = ListedFolder.holding(entry("old-oak"), entry("brave-fox", kind="lightning"))
COMPARED = ChosenRun("/runs", "logs", ("old-oak", "brave-fox"))


async def compare_with_a_script(hands: Hands) -> None:
    await hands.press("o")
    await until(lambda: isinstance(hands.app.screen, RunList))
    await until(lambda: hands.app.screen.query_one(RowList).virtual_size.height)
    await hands.press("space", "end", "space", "c")


async def test_c_on_a_script_s_run_leaves_for_the_board_on_all_that_are_marked() -> None:
    async with dashboard(Bench(ready(), folder=SCRIPTS)) as hands:
        await compare_with_a_script(hands)
        assert hands.bench.asked == [Quit()]
        hands.bench.engine.feed(Stopped(run=RUN, directory=DIRECTORY, epoch=0, checkpoint=checkpoint(0)))
        await until(lambda: not hands.app.is_running)
        assert hands.app.opens == COMPARED


async def test_what_trains_here_is_not_ended_for_a_comparison_on_the_board() -> None:
    async with dashboard(Bench(training(), folder=SCRIPTS)) as hands:
        await compare_with_a_script(hands)
        assert hands.bench.asked == []
        assert hands.app.opens is None
        assert "pause this run (space) first" in hands.session.notice


# --- many runs at once -----------------------------------------------------------------------------------------------


async def test_m_leaves_for_a_sweep_with_this_run_s_data_and_epochs(tmp_path: Path) -> None:
    async with dashboard(Bench(training(), folder=StillFolder(tmp_path, "checkpoints"))) as hands:
        await hands.press("M")
        field = await hands.question()
        assert field.value == "seeds 0-99 lr 0.001,0.01 init normal,uniform"
        field.value = "seeds 0-99 lr fast"
        await hands.press("enter")
        assert "lr holds 'fast'" in str(hands.app.screen.query_one("#refusal", Label).content)
        assert list(tmp_path.iterdir()) == []
        field.value = "seeds 3-5 lr 0.1"
        await hands.press("enter")
        assert hands.bench.asked == [Quit()]
        (folder,) = tmp_path.iterdir()
        assert read_settings(folder) == SweepSettings(seeds=(3, 4, 5), lr=(0.1,), epochs=2000)
        hands.bench.engine.feed(Stopped(run=RUN, directory=DIRECTORY, epoch=1200, checkpoint=checkpoint(1200)))
        await until(lambda: not hands.app.is_running)
        assert hands.app.opens == ChosenRun(str(folder), "sweep")


async def test_m_and_escape_change_nothing(tmp_path: Path) -> None:
    async with dashboard(Bench(ready(), folder=StillFolder(tmp_path, "checkpoints"))) as hands:
        await hands.press("M")
        await hands.question()
        await hands.press("escape")
        await hands.closed()
        assert (hands.bench.asked, list(tmp_path.iterdir())) == ([], [])


async def test_a_sweep_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("")
    async with dashboard(Bench(ready(), folder=StillFolder(tmp_path / "runs", "runs"))) as hands:
        await hands.press("M")
        await hands.question()
        await hands.press("enter")
        assert "cannot hold a new sweep" in hands.session.notice
        assert hands.app.opens is None


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
