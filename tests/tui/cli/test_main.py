"""What the command line makes of good input; bad input is in test_bad_input.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.run.config import RunConfig
from lstm_engine.store import directory as runs
from lstm_engine.store.holding.lock import RunLock
from tests.support.run_folders import make_run
from tui.cli import main as cli
from tui.options import (
    ENGINE_COMMAND,
    DashboardOptions,
    EngineOptions,
    TrainOptions,
)
from tui.shell.left import Left

Options = TypeVar("Options")


@pytest.mark.parametrize("option", [["--on-hangup", "stop"], ["--keep", "3"], ["--tensorboard"]])
def test_what_an_engine_is_started_with_comes_too_late_for_one_that_runs(
    option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = make_run(tmp_path, "calm-lake", state="training")
    lock = RunLock(run)
    lock.hold()
    try:
        assert cli.run(["resume", "calm-lake", "--checkpoints", str(tmp_path), *option]) == 2
    finally:
        lock.release()
    said = f"{option[0]} is given with a run that is open already: expected it where the run is opened"
    assert said in capsys.readouterr().err


def recorder(asked: list[Options], returned: object = 0) -> Callable[[Options], object]:
    """A stand-in for `run(options)` that keeps the options."""

    def run(options: Options) -> object:
        asked.append(options)
        return returned

    return run


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[TrainOptions]:
    """What training was asked for, instead of training; in an empty working directory."""
    asked: list[TrainOptions] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tui.cli.train.run", recorder(asked))
    return asked


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[DashboardOptions]:
    """What the dashboard was opened with, instead of a dashboard; on a terminal."""
    asked: list[DashboardOptions] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setattr("tui.app.start.run", recorder(asked, Left()))
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{name}.isatty", lambda: True, raising=False)
    return asked


def test_train_defaults_to_the_walk_through(trained: list[TrainOptions]) -> None:
    assert cli.run(["train"]) == 0
    engine = EngineOptions(Path("checkpoints"), save_every=1.0, keep=5, command=ENGINE_COMMAND)
    assert trained == [TrainOptions(RunConfig(), epochs=None, engine=engine, json=False, source=None)]
    config = trained[0].config
    assert (config.model, config.seed, config.lr, config.init, config.batch_size) == (
        *("by-hand", 42, 0.001, "normal", 1),
    )
    assert config.data == WALK_THROUGH


def test_train_with_every_option(trained: list[TrainOptions], tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text("name,day 1,next\nA,0,1\nB,1,0\n")
    line = (
        "train --epochs 7 --seed 4294967295 --lr 0.1 --init uniform --model nn-lstm --data prices.csv "
        "--checkpoints some/where --batch-size 2 --save-every 0.5 --keep 9 --json"
    )
    assert cli.run(line.split()) == 0
    (options,) = trained
    assert (options.epochs, options.json, options.source) == (7, True, None)
    assert options.engine == EngineOptions(Path("some/where"), save_every=0.5, keep=9)
    config = options.config
    assert (config.seed, config.lr, config.init, config.model, config.batch_size) == (
        *(4294967295, 0.1, "uniform", "nn-lstm", 2),
    )
    assert (config.data.source, config.data.names) == ("prices.csv", ("A", "B"))
    assert not (tmp_path / "some").exists()


@pytest.mark.parametrize(
    ("line", "init"),
    [
        ("train", "normal"),
        ("train --init uniform", "uniform"),
        ("train --model nn-lstm", "uniform"),
        ("train --model nn-lstm --init normal", "normal"),
    ],
)
def test_the_initialisation_is_the_model_s_own_unless_chosen(
    line: str, init: str, trained: list[TrainOptions]
) -> None:
    assert cli.run(line.split()) == 0
    assert trained[0].config.init == init


def test_train_resumes_a_run_by_name_directory_and_checkpoint(trained: list[TrainOptions], tmp_path: Path) -> None:
    directory = runs.create_run(tmp_path / "checkpoints", RunConfig())
    (directory / "epoch=1-step=4.ckpt").write_bytes(b"")
    sources = [directory.name, str(directory), str(directory / "epoch=1-step=4.ckpt")]
    for source in sources:
        assert cli.run(["train", "--resume", source, "--epochs", "5"]) == 0
    assert [options.source for options in trained] == sources


def test_the_exit_status_is_the_training_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cli.train.run", lambda _: 130)
    assert cli.run(["train"]) == 130


def test_the_dashboard_defaults_to_the_walk_through(opened: list[DashboardOptions]) -> None:
    assert cli.run([]) == 0
    engine = EngineOptions(Path("checkpoints"))
    assert opened == [DashboardOptions(RunConfig(), 2000, engine, start=False, fps=10, marker="braille", source=None)]


def test_the_dashboard_with_its_own_options(opened: list[DashboardOptions]) -> None:
    assert cli.run(["--start", "--fps", "60", "--marker", "block", "--epochs", "5", "--lr", "0.1"]) == 0
    (options,) = opened
    assert (options.start, options.fps, options.marker, options.epochs) == (True, 60, "block", 5)
    assert options.config.lr == 0.1


def test_resume_opens_the_dashboard_on_a_run(opened: list[DashboardOptions], tmp_path: Path) -> None:
    directory = runs.create_run(tmp_path / "elsewhere", RunConfig())
    assert cli.run(["resume", directory.name, "--checkpoints", "elsewhere"]) == 0
    assert (opened[0].source, opened[0].engine.checkpoints) == (directory.name, Path("elsewhere"))


@pytest.mark.parametrize("missing", ["stdin", "stdout", "stderr"])
def test_without_a_terminal_there_is_no_dashboard(
    missing: str, opened: list[DashboardOptions], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(f"sys.{missing}.isatty", lambda: False, raising=False)
    assert cli.run([]) == 2
    assert opened == []
    assert "`lstm-tui train`" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "text"), [(["--version"], "lstm-tui, version "), (["--help"], "dashboard"),
                                                 (["train", "--help"], "Exit status: 0 done")])  # fmt: skip
def test_version_and_help(arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(arguments) == 0
    assert text in capsys.readouterr().out


def test_ctrl_c_before_anything_runs_is_an_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(options: TrainOptions) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.cli.train.run", interrupted)
    assert cli.run(["train"]) == 130


def test_the_tour_brings_its_own_settings(opened: list[DashboardOptions]) -> None:
    assert cli.run(["tour", "--checkpoints", "runs", "--marker", "block", "--fps", "5", "--keep", "2"]) == 0
    assert opened == [
        DashboardOptions(
            config=RunConfig(),
            epochs=2000,
            engine=EngineOptions(checkpoints=Path("runs"), keep=2),
            fps=5,
            marker="block",
            tour=True,
        )
    ]
