"""Going back and surviving, in a real terminal with a real engine behind it.

The dashboard is killed a few times here; `make soak` kills it 30 times.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lstm_engine.listing.entries import entries, entry_of
from lstm_engine.run.config import RunConfig
from tests.support.disks import fill, mount
from tests.support.in_process import train
from tests.support.left_running import end_all
from tests.support.processes import seeded
from tests.support.resuming import check_resumes_to_the_same_bits
from tests.support.terminal import Terminal, wait_until_gone

SHORT, LONG = 2, 30
#: More epochs than any machine trains before a test stops it.
FAR = "1000000"
#: Seconds between timed checkpoints where there are to be none.
NEVER = 1e6


# --- going back ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), pytest.param((160, 48), marks=pytest.mark.soak)])
def test_the_list_opens_a_run_which_goes_on_and_its_older_checkpoint_makes_a_branch(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    root = tmp_path / "runs"
    train(root, RunConfig(), 120, 80, save_every=NEVER)
    (run,) = entries(root)
    with Terminal("--checkpoints", str(root), size=size) as terminal:
        terminal.wait_for("-0.0377")
        terminal.press("o")
        terminal.wait_for("1 run, by when", run.run)
        terminal.press("\r")
        terminal.wait_for(f"finished  {run.run}", "200 / 200")
        terminal.press("a")
        terminal.wait_for("How many")
        terminal.press("50\r")
        terminal.wait_for("250 / 250", f"finished  {run.run}")
        terminal.press("o")
        terminal.wait_for("open here")
        terminal.press("k")
        terminal.wait_for("checkpoints of", "epoch=119-step=240.ckpt")
        terminal.press("\x1b[F\r")  # End, Enter
        terminal.wait_for(f"branch of {run.run} at 120", "120 / 120")
        terminal.press("a")
        terminal.wait_for("How many")
        terminal.press("30\r")
        terminal.wait_for("150 / 150", "finished")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
    parent = entry_of(Path(run.directory))
    (branch,) = (entry for entry in entries(root) if entry.parent is not None)
    assert (parent.epoch, branch.epoch, branch.parent.run, branch.parent.epoch) == (250, 150, run.run, 120)


def test_a_branch_goes_on_with_the_learning_rate_and_the_epochs_typed(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    train(root, RunConfig(), 100)
    (run,) = entries(root)
    with Terminal("resume", run.run, "--checkpoints", str(root)) as terminal:
        terminal.wait_for("finished", run.run)
        terminal.press(":")
        terminal.wait_for("Which epoch")
        terminal.press("60\r")
        terminal.wait_for("live is at 100")
        terminal.press("b")
        terminal.wait_for("Learning rate")
        terminal.press("0.05\t25\r")
        terminal.wait_for("lr 0.05", f"branch of {run.run} at 60", "finished", "85 / 85")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
    (branch,) = (entry for entry in entries(root) if entry.parent is not None)
    assert (branch.lr, branch.epoch, branch.parent.epoch) == (0.05, 85, 60)


def test_the_run_that_was_interrupted_is_offered_and_one_key_continues_it(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with Terminal("--checkpoints", str(root), "--start", "--epochs", FAR, "--save-every", "0.1") as terminal:
        terminal.wait_for("training", "saved at")
        os.kill(terminal.engine_pid(), signal.SIGKILL)
        terminal.wait_for("failed")
        terminal.kill(signal.SIGKILL)
        terminal.wait_for_the_end()
    (run,) = entries(root)
    assert run.state == "interrupted"
    with Terminal("--checkpoints", str(root)) as terminal:
        terminal.wait_for(f"{run.run} was interrupted at {run.epoch} of {FAR}: u continues it")
        terminal.press("u")
        terminal.wait_for("● training", f"resumed at {run.epoch}: parameters and optimiser state equal the checkpoint")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
    assert entry_of(Path(run.directory)).state == "stopped"
    check_resumes_to_the_same_bits(root)


# --- what is told ----------------------------------------------------------------------------------------------------


def test_a_damaged_checkpoint_is_named_and_so_is_the_one_used_instead(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    train(root, RunConfig(), 100, 100)
    (run,) = entries(root)
    newest = Path(run.directory) / "epoch=199-step=400.ckpt"
    newest.write_bytes(newest.read_bytes()[:-1])
    with Terminal("resume", run.run, "--checkpoints", str(root), size=(80, 24)) as terminal:
        terminal.wait_for("epoch=199-step=400.ckpt is damaged", "continuing from epoch=99-step=200.ckpt", "paused")
        terminal.press("l")
        terminal.wait_for("its checksum differs", "after epoch 100")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0


def test_a_full_disk_is_told_and_so_is_that_training_goes_on(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk))
    try:
        check_a_full_disk(disk)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def check_a_full_disk(disk: Path) -> None:
    with Terminal("--checkpoints", str(disk), "--start", "--epochs", FAR, "--save-every", "0.1") as terminal:
        terminal.wait_for("training", "saved at")
        filler = fill(disk)
        terminal.wait_for("paused", "could not write", "training goes on once it can save")
        filler.unlink()
        terminal.wait_for("● training", "it can save again")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
    (run,) = entries(disk)
    assert run.state == "stopped"
    check_resumes_to_the_same_bits(disk)


# --- suspended -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["ctrl+z", pytest.param("SIGTSTP", marks=pytest.mark.soak)])
def test_suspended_it_leaves_the_shell_alone_and_fg_shows_training_gone_on(tmp_path: Path, how: str) -> None:
    root = tmp_path / "runs"
    with Terminal(command=("bash", "--norc", "--noprofile", "-i"), cwd=tmp_path) as shell:
        shell.press("PS1='shell''> '\r")
        shell.wait_for("shell> ")
        shell.press(f"{sys.executable} -m tui --checkpoints {root} --start --epochs {FAR}\r")
        shell.wait_for("training", "saved at")
        shell.wait_until(lambda: epoch_on(shell.text) > 0, "an epoch")
        before = epoch_on(shell.text)
        if how == "ctrl+z":
            shell.press("\x1a")
        else:
            os.kill(foreground(shell), signal.SIGTSTP)
        shell.wait_for("Stopped", "shell> ")
        shell.press("clear; echo mine $((6 * 7))\r")
        shell.wait_for("mine 42")
        assert "training" not in shell.text
        shell.press("fg\r")
        shell.wait_for("training", "train loss", "parameters")
        shell.wait_until(lambda: epoch_on(shell.text) > before, f"an epoch after {before}")
        shell.press("q")
        shell.wait_for("continue with: lstm-tui resume", "shell> ")
        shell.press("exit\r")
        shell.wait_for_the_end()
    (run,) = entries(root)
    assert run.state == "stopped"
    check_resumes_to_the_same_bits(root)


def epoch_on(screen: str) -> int:
    """The epoch on the status line; -1 where it is not whole yet."""
    found = re.search(rf"epoch +(\d+) / {FAR}", screen)
    return int(found[1]) if found else -1


def foreground(shell: Terminal) -> int:
    """The process that has the terminal."""
    return os.tcgetpgrp(shell.process.fd)


# --- killed ----------------------------------------------------------------------------------------------------------


def kill_the_dashboard(root: Path, run: str | None, chance: random.Random) -> None:
    """Trains in a dashboard that is killed at a random instant, and has the engine end that may train on."""
    command = ("resume", run) if run else ("--epochs", FAR)
    save_every = chance.choice(["0.02", "0.2", "1"])
    with Terminal(*command, "--checkpoints", str(root), "--start", "--save-every", save_every) as terminal:
        engine = terminal.wait_for_engine()
        if chance.random() < 0.7:
            terminal.wait_for("training")
        timer = threading.Timer(chance.uniform(0.0, 1.5), terminal.kill, [signal.SIGKILL])
        timer.start()
        assert terminal.wait_for_the_end() == -signal.SIGKILL
        timer.join()
        end_all(root)
        wait_until_gone(engine)


def check_kills(root: Path, kills: int, chance: random.Random) -> None:
    run, epoch = None, 0
    for _ in range(kills):
        kill_the_dashboard(root, run, chance)
        for found in entries(root):  # none yet where the first one was killed early
            assert found.state == "stopped", found
            assert found.epoch >= epoch, "the engine saves before it leaves"
            run, epoch = found.run, found.epoch
        assert len(entries(root)) <= 1
    if run is None:
        train(root, RunConfig(), 10)
    check_resumes_to_the_same_bits(root)


def test_a_killed_dashboard_loses_no_bit(tmp_path: Path) -> None:
    with seeded(os.getpid()) as chance:
        check_kills(tmp_path / "runs", SHORT, chance)


@pytest.mark.soak
def test_thirty_kills_of_the_dashboard(tmp_path: Path) -> None:
    with seeded(LONG) as chance:
        check_kills(tmp_path / "runs", LONG, chance)
