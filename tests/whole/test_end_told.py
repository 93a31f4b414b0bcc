"""What a training's end sets off, with a real terminal, a real engine, and a command of the user's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_engine.listing.entries import entries
from tests.support.terminal import Terminal

TRAIN = (sys.executable, "-P", "-m", "tui", "train", "--epochs", "5")
ROOT = Path(__file__).parents[2]


def train(folder: Path, *options: str, umask: int = -1) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*TRAIN, *options], cwd=folder, env=environment, capture_output=True, text=True, check=False, umask=umask
    )


@pytest.mark.parametrize(("option", "rings"), [((), 1), (("--no-bell",), 0)])
def test_the_terminal_rings_once(tmp_path: Path, option: tuple[str, ...], rings: int) -> None:
    with Terminal("--checkpoints", str(tmp_path / "runs"), "--start", "--epochs", "5", *option) as terminal:
        terminal.wait_for("✓ finished")
        terminal.press("y")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
        (run,) = entries(tmp_path / "runs")
        words = f"run {run.run} finished at epoch 5, loss "
        for beginning in ("\x1b]9;lstm-tui: ", "\x1b]777;notify;lstm-tui;"):
            assert terminal.received.count(f"{beginning}{words}".encode()) == rings
        assert terminal.received.count(b"\x1b\\\a") == rings


def test_train_waits_for_the_command_which_has_the_facts_and_the_user_s_umask(tmp_path: Path) -> None:
    script = tmp_path / "told.sh"
    script.write_text(
        "#!/bin/sh\nsleep 0.2\ncat > json\necho $LSTM_TUI_STATE $(umask) > said\necho words of its own\n"
    )
    script.chmod(0o755)
    ended = train(tmp_path, "--on-end", "./told.sh", "--json", umask=0o002)
    assert ended.returncode == 0, ended.stderr
    finished = json.loads(ended.stdout.splitlines()[-1])
    told = json.loads((tmp_path / "json").read_text())
    assert (told["run"], told["epoch"], told["loss"]) == (finished["run"], 5, finished["train_loss"])
    assert (tmp_path / "said").read_text() == "finished 0002\n"
    assert "words of its own" in Path(told["directory"], "engine.log").read_text()
    assert "words of its own" not in ended.stdout


@pytest.mark.soak
def test_who_waits_for_a_slow_command_is_told_so_and_cannot_interrupt_what_is_over(tmp_path: Path) -> None:
    """The command waits until it is let go."""
    os.mkfifo(tmp_path / "go")
    options = ("--epochs", "5", "--checkpoints", str(tmp_path / "runs"), "--on-end", f"cat {tmp_path / 'go'}")
    with Terminal("train", *options) as terminal:
        terminal.wait_for("waiting for the command of --on-end")
        terminal.press("\x03")
        terminal.wait_for("still waiting for the engine to end")
        (tmp_path / "go").write_text("")
        assert terminal.wait_for_the_end() == 0
        assert "trained to epoch 5" in terminal.text


def test_a_command_that_fails_changes_no_exit_status_and_is_in_the_log(tmp_path: Path) -> None:
    ended = train(tmp_path, "--on-end", "sh -c 'exit 9'")
    assert (ended.returncode, ended.stderr) == (0, "")
    (run,) = entries(tmp_path / "checkpoints")
    assert "sh -c 'exit 9' failed with exit status 9" in Path(run.directory, "engine.log").read_text()


def test_a_command_that_could_not_be_run_is_said_before_anything_is_trained(tmp_path: Path) -> None:
    ended = train(tmp_path, "--on-end", "no-such-program")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "no-such-program is in no folder of the PATH" in ended.stderr
    assert list(tmp_path.iterdir()) == []
