"""One screen after the other, each on the run that was chosen on the one before."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.run.config import RunConfig
from tests.support.kept_scripts import fake_training, kept, progress_of, wait_for
from tests.support.run_folders import make_run
from tests.support.script import until
from tests.support.sweeps import results_of, standing
from tests.support.terminal import Terminal
from tui.app.screens import Look, show_bench, show_board, show_sweep
from tui.board.app import start as board
from tui.client.script_source import ScriptSource
from tui.options import DashboardOptions, EngineOptions
from tui.runs.chosen_run import ChosenRun
from tui.shell.left import Left
from tui.state.told import Source, Told
from tui.sweep.members.member_run import MemberRun
from tui.sweep.members.recomputation import Brought
from tui.sweep.place import Place
from tui.sweep.start import SweepLeft


class Screens:
    """Screens that are left at once, each as it was told; `shown` is what they were opened with."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shown: list[Any] = []
        self._left: Iterator[Left] = iter(())
        monkeypatch.setattr("tui.app.start.run", self._show)
        monkeypatch.setattr(board, "run_board", self._show)

    def are_left(self, *left: Left) -> None:
        self._left = iter(left)

    def _show(self, *options: Any) -> Left:
        self.shown.append(options)
        return next(self._left)


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> Screens:
    return Screens(monkeypatch)


def test_each_run_is_shown_on_the_screen_for_its_kind_until_none_was_chosen(screens: Screens, tmp_path: Path) -> None:
    script = tmp_path / "brave-fox"
    script.mkdir()
    engine = EngineOptions(tmp_path, save_every=7)
    screens.are_left(
        Left(0, ChosenRun(str(script), "lightning")), Left(0, ChosenRun(str(tmp_path / "old-oak"))), Left(3)
    )
    options = DashboardOptions(RunConfig(), 10, engine, start=True, fps=7, marker="block", bell=False)
    assert show_bench(options) == 3
    (first,), (source, shown), (last,) = screens.shown
    assert first is options
    assert isinstance(source, ScriptSource)
    assert (shown.fps, shown.marker, shown.folder.root) == (7, "block", tmp_path)
    assert shown.command == f"lstm-tui attach brave-fox --checkpoints {tmp_path}"
    assert (last.source, last.engine, last.start, last.bell) == (str(tmp_path / "old-oak"), engine, False, False)


def test_several_runs_are_shown_together_on_one_board(screens: Screens, tmp_path: Path) -> None:
    make_run(tmp_path, "old-oak", 5, 10, "paused")
    make_run(tmp_path, "calm-lake", 5, 10, "paused")
    screens.are_left(Left(0, ChosenRun(str(tmp_path), "logs", ("old-oak",))), Left(0))
    assert show_bench(DashboardOptions(RunConfig(), 10, EngineOptions(tmp_path), fps=7, marker="ascii")) == 0
    _, (source, options) = screens.shown
    assert {told.run for told in heard(source)} == {"old-oak"}
    assert (options.fps, options.marker, options.folder.root) == (7, "ascii", tmp_path)


def heard(source: Source) -> list[Told]:
    """What is told first."""
    found: list[Told] = []

    async def hear() -> None:
        task = asyncio.create_task(source.follow(found.extend))
        await until(lambda: found)
        task.cancel()

    asyncio.run(hear())
    return found


def test_a_run_elsewhere_lists_those_beside_it(screens: Screens, tmp_path: Path) -> None:
    run = tmp_path / "elsewhere" / "brave-fox"
    run.mkdir(parents=True)
    screens.are_left(Left(1))
    assert show_board(run, Look(EngineOptions(tmp_path / "runs"), 10, "ascii")) == 1
    ((_, options),) = screens.shown
    assert options.folder.root == run.parent


def test_a_sweep_and_the_runs_of_its_members_until_it_is_left(
    screens: Screens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = MemberRun.of("luck", results_of(), 7)
    finished, place = standing("finished"), Place(2)
    to_member = SweepLeft(0, finished, place, Brought(run, tmp_path / run.name, "same bits", True))
    sweeps, shown = iter([to_member, SweepLeft(0, finished, place)]), list[Any]()

    def run_sweep_screen(*options: Any) -> SweepLeft:
        shown.append(options)
        return next(sweeps)

    monkeypatch.setattr("tui.sweep.start.run_sweep_screen", run_sweep_screen)
    screens.are_left(Left(0, ChosenRun(str(tmp_path / "luck"), "sweep")), Left(0))
    engine = EngineOptions(tmp_path)
    assert show_bench(DashboardOptions(RunConfig(), 10, engine, marker="ascii")) == 0
    assert shown == [
        (tmp_path / "luck", engine, None, "ascii"),
        (tmp_path / "luck", engine, None, "ascii", to_member),
    ]
    _, (bench,) = screens.shown
    assert (bench.source, bench.said, bench.marker) == (str(tmp_path / run.name), "same bits", "ascii")
    assert f"sweep calm-sea is finished: `lstm-tui export luck --checkpoints {tmp_path}`" in capsys.readouterr().out


def test_a_bench_that_fails_ends_the_sweep_too(
    screens: Screens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = MemberRun.of("luck", results_of(), 7)
    left = SweepLeft(0, standing("finished"), Place(), Brought(run, tmp_path / run.name, "same bits", True))
    monkeypatch.setattr("tui.sweep.start.run_sweep_screen", lambda *_: left)
    screens.are_left(Left(129))
    assert show_sweep(tmp_path / "luck", None, Look(EngineOptions(tmp_path), 10, "ascii")) == 129


def test_on_a_terminal_the_list_leads_from_board_to_bench_and_back(tmp_path: Path) -> None:
    make_run(tmp_path, "old-oak", 5, 10, "paused")
    with (
        kept(tmp_path, fake_training("--hold", "--epochs", "3"), "brave-fox") as (run, _),
        Terminal("attach", "brave-fox", "--checkpoints", str(tmp_path)) as terminal,
    ):
        wait_for(lambda: progress_of(run).epoch == 1)
        terminal.wait_for("step 2", "o open")
        terminal.press("o")
        terminal.wait_for("runs in", "old-oak", "open here")
        terminal.press("/old-oak\r\r")
        terminal.wait_for("loading PyTorch", "old-oak")
        terminal.press("o")
        terminal.wait_for("runs in", "brave-fox")
        terminal.press("/brave\r\r")
        terminal.wait_for("step 2", "o open")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
        said = terminal.received.decode(errors="replace")
        assert said.count("training goes on: brave-fox; look in with: lstm-tui attach brave-fox") == 2
        assert progress_of(run).ended is None
