"""What the screen and `lstm-tui train` say of a run is so: in a real terminal, with a real engine behind it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_engine.listing.entries import entries
from lstm_engine.protocol.messages import EngineReady, Quit, Stopped
from lstm_engine.run.config import RunConfig
from tests.support.folder_contents import contents
from tests.support.in_process import train
from tests.support.processes import EngineUnderTest
from tests.support.resuming import check_resumes_to_the_same_bits
from tests.support.terminal import PATIENCE, Terminal
from tests.support.walk_through import plain_checkpoint

#: More epochs than any machine trains before a test stops it.
FAR = "1000000"


def beginning(root: Path, *arguments: str) -> tuple[str, ...]:
    """The command line that trains a new run under `root` until it is stopped."""
    return ("--checkpoints", str(root), "--epochs", FAR, "--save-every", "0.1", *arguments)


def training(root: Path) -> subprocess.Popen[str]:
    """`lstm-tui train`, once it has saved."""
    command = [sys.executable, "-m", "tui", "train", "--json", *beginning(root)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert program.stdout is not None
    while '"type":"checkpoint_saved"' not in program.stdout.readline():
        assert program.poll() is None
    return program


def engine_of(program: subprocess.Popen[str]) -> int:
    (engine,) = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
    return int(engine)


# --- an engine that is ended -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, *(pytest.param(number, marks=pytest.mark.soak) for number in (signal.SIGINT, signal.SIGHUP))],
)
def test_a_signal_to_the_engine_alone_is_told_and_space_goes_on(tmp_path: Path, number: signal.Signals) -> None:
    root = tmp_path / "runs"
    with Terminal(*beginning(root, "--start")) as terminal:
        terminal.wait_for("● training", "saved at")
        os.kill(terminal.engine_pid(), number)
        terminal.wait_for("■ stopped", f"the engine was ended ({number.name}) after saving epoch", "space goes on")
        assert "failed" not in terminal.text
        (run,) = entries(root)
        assert run.state == "stopped"
        assert f"after saving epoch {run.epoch}" in terminal.text
        terminal.press(" ")
        terminal.wait_for("● training", f"resumed at {run.epoch}")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
    check_resumes_to_the_same_bits(root)


def test_a_signal_to_the_engine_alone_ends_train_with_what_is_saved(tmp_path: Path) -> None:
    program = training(tmp_path)
    os.kill(engine_of(program), signal.SIGTERM)
    _, errors = program.communicate()
    (run,) = entries(tmp_path)
    assert program.returncode == 1
    assert errors.startswith(f"lstm-tui: the engine was ended (SIGTERM) after saving epoch {run.epoch}; continue with")


# --- a folder that is gone -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("saves", [False, True])
def test_a_folder_deleted_in_mid_run_is_told_and_nothing_is_claimed(tmp_path: Path, saves: bool) -> None:
    root = tmp_path / "runs"
    with Terminal(*beginning(root, "--start")) as terminal:
        terminal.wait_for("● training", "saved at")
        (run,) = root.iterdir()
        shutil.rmtree(run.rename(tmp_path / "elsewhere"))
        terminal.wait_for("‖ paused", "the run's folder is gone")
        # It may be broken anywhere, for the folder's path is in it.
        terminal.wait_until(lambda: "what is in memory as a new run" in " ".join(terminal.text.split()), "the way out")
        assert "saved at" not in terminal.text
        if saves:
            terminal.press("s")
            terminal.wait_for("is saved as run", "‖ paused")
            terminal.press(" ")
            terminal.wait_for("● training", "resumed at")
        terminal.press("q")
        assert terminal.wait_for_the_end() == (0 if saves else 1)
        farewell = terminal.received.rpartition(b"[?1049l")[2].decode()
    if saves:
        assert "is saved in" in farewell
        check_resumes_to_the_same_bits(root)
    else:
        assert "the run's folder is gone" in farewell
        assert "nothing is saved there" in farewell
        assert "is saved in" not in farewell
        assert "continue with" not in farewell


def test_train_saves_what_is_in_memory_where_its_folder_is_gone(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    program = training(root)
    (run,) = root.iterdir()
    shutil.rmtree(run.rename(tmp_path / "elsewhere"))
    _, errors = program.communicate(timeout=PATIENCE)
    (anew,) = entries(root)
    assert program.returncode == 1
    assert f"the run's folder is gone: {run} was deleted" in errors
    assert f"saved as run {anew.run}, at epoch {anew.epoch} of {FAR}; continue with: lstm-tui train --resume" in errors
    check_resumes_to_the_same_bits(root)


# --- a run that another process has ----------------------------------------------------------------------------------


def test_a_run_that_trains_in_another_terminal_is_opened_and_is_there_when_that_one_has_ended(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with Terminal(*beginning(root, "--start")) as first:
        first.wait_for("● training", "saved at")
        (run,) = entries(root)
        with Terminal("resume", run.run, "--checkpoints", str(root)) as second:
            second.wait_for("● training", run.run, "attached: D leaves it running", "train loss")
            assert "failed" not in second.text
            assert "u continues" not in second.text
            first.press("q")
            first.wait_for("it trains for others, too")
            first.press("q")
            assert first.wait_for_the_end() == 0
            saved = r"the engine was ended from another terminal after saving epoch \d+: space goes on"
            second.wait_until(lambda: bool(re.search(saved, second.text)), saved)
            second.wait_for("■ stopped")
            second.press("o")
            second.wait_for("1 run, by", "■ stopped")
            assert "open here" not in second.text
            second.press("\x1b")
            second.wait_until(lambda: bool(re.search(saved, second.text)), saved)
            second.press(" ")
            second.wait_for("● training", "resumed at")
            second.press("q")
            assert second.wait_for_the_end() == 0
    check_resumes_to_the_same_bits(root)


def test_nobody_is_offered_a_run_that_another_process_has(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with Terminal(*beginning(root, "--start")) as first:
        first.wait_for("● training", "saved at")
        first.press(" ")
        first.wait_for("‖ paused")
        with Terminal("--checkpoints", str(root)) as second:
            second.wait_for("○ ready")
            second.press("u")
            second.wait_for("there is no unfinished run to continue")


# --- a run at its target ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--json", None])
def test_train_leaves_a_finished_run_as_it_is_and_says_how_to_add_epochs(tmp_path: Path, option: str | None) -> None:
    train(tmp_path, RunConfig(), 20)
    (run,) = entries(tmp_path)
    before = contents(tmp_path)
    arguments = ["train", "--resume", run.run, "--checkpoints", str(tmp_path), *([option] if option else [])]
    done = subprocess.run([sys.executable, "-m", "tui", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == f"lstm-tui: run {run.run} is at its target, epoch 20: add epochs with --epochs N\n"
    assert contents(tmp_path) == before


# --- an environment that would have its way --------------------------------------------------------------------------


@pytest.mark.soak
def test_what_lightning_would_take_from_the_environment_is_ignored_and_logged(tmp_path: Path) -> None:
    ours = {"PL_TRAINER_MAX_EPOCHS": "7", "PL_TRAINER_FAST_DEV_RUN": "1", "PL_TRAINER_ACCUMULATE_GRAD_BATCHES": "2"}
    ranks = {"RANK": "1", "LOCAL_RANK": "1", "WORLD_SIZE": "2", "PL_SEED_WORKERS": "1"}
    arguments = ["train", "--epochs", "20", "--json", "--checkpoints"]
    for folder, environment in ((tmp_path / "plain", {}), (tmp_path / "odd", ours | ranks)):
        command = [sys.executable, "-m", "tui", *arguments, str(folder)]
        done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    (plain,), (odd,) = entries(tmp_path / "plain"), entries(tmp_path / "odd")
    assert (odd.epoch, odd.train_loss, odd.predictions) == (20, plain.train_loss, plain.predictions)
    with EngineUnderTest(tmp_path / "plain", environment=ours) as engine:
        engine.must_hear(EngineReady)
        engine.send(Quit())
        engine.must_hear(Stopped)
        said, _, names = engine.errors().partition(": ")
        assert said.endswith("WARNING ignored, as the Trainer is this program's own")
        assert set(ours) <= set(names.strip().split(", "))


# --- a plain script's checkpoint -------------------------------------------------------------------------------------


@pytest.mark.soak
def test_a_plain_script_s_checkpoint_is_opened_with_the_data_that_one_names(tmp_path: Path) -> None:
    path = plain_checkpoint(tmp_path)
    (tmp_path / "own.csv").write_text("company,day 1,observed\nC,0.5,0.25\nD,1.0,0.5\n")
    named = ("--data", str(tmp_path / "own.csv"), "--batch-size", "1")
    command = [sys.executable, "-m", "tui", "train", "--resume", str(path), "--epochs", "2", *named]
    done = subprocess.run(
        [*command, "--checkpoints", str(tmp_path / "a")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "says nothing of its data" not in done.stdout
    assert "own.csv: 2 companies, 1 day\n" in done.stdout
    with Terminal("resume", str(path), "--checkpoints", str(tmp_path / "b")) as terminal:
        terminal.wait_for("plain.ckpt says nothing of its data: taken for the walk-through's", "finished")
    with Terminal("resume", str(path), "--checkpoints", str(tmp_path / "c"), *named) as terminal:
        terminal.wait_for("own.csv", "finished")
        assert "says nothing" not in terminal.text
    (run,) = entries(tmp_path / "a")
    refused = [*command[:4], "--resume", run.run, "--data", named[1], "--checkpoints", str(tmp_path / "a")]
    done = subprocess.run(refused, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("lstm-tui: --data is given with --resume")
