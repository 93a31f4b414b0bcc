"""Sweeps of models of prices on Dask: in this process, on workers that are killed, without a scheduler any more."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import torch

from lstm_engine.queue.queue_folder import read_queue
from lstm_engine.script.going_on import checkpoint_of
from lstm_engine.script.last_progress import last_progress
from tests.support.dask_workers import scheduler, worker, workers
from tests.support.kept_scripts import wait_for

#: Seconds for what takes a minute or two on a machine with nothing else to do: each member loads PyTorch.
LIMIT = 600
pytestmark = pytest.mark.timeout(LIMIT)

#: Long enough for a kill in the middle of it.
EPOCHS = "8"
PRICES = ("--data", "sunspots", "--target", "price", "--window", "22", "--lr", "0.003", "--hidden", "8")


@contextmanager
def sweep(root: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tui", "sweep", "--no-screen", "--checkpoints", str(root), *options]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Its exit status, and what it said on standard output and error."""
    said, errors = process.communicate(timeout=LIMIT)
    return process.returncode, said, errors


def states(root: Path) -> list[str]:
    """Of the members' runs that are there, in their order."""
    return [last_progress(run).left_state for run in sorted(root.glob("sun-*")) if run.is_dir()]


def weights(run: Path) -> bytes:
    """The bits of the model in the run's newest checkpoint."""
    state = torch.load(checkpoint_of(run).path, weights_only=True)["state_dict"]
    return b"".join(state[name].numpy().tobytes() for name in sorted(state))


def assert_single_runs_have_the_same_bits(root: Path, members: Sequence[int]) -> None:
    queue = read_queue(root / "sun")
    for number in members:
        member = queue.members[number]
        options = ("--seed", str(member.settings.seed), "--epochs", EPOCHS, "--json")
        command = [sys.executable, "-m", "tui", "train", *PRICES, *options, "--checkpoints", str(root / "single")]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
        assert weights(Path(json.loads(told)["directory"])) == weights(root / member.run), member.run


def test_a_worker_that_is_killed_costs_no_member_and_no_bit(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with scheduler(tmp_path) as (address, _), workers(address, 2) as (victim, _):
        options = ("--seeds", "0-11", "--epochs", EPOCHS, "--name", "sun", "--cluster", address)
        wait_for_workers(address, 2)
        with sweep(root, *PRICES, *options) as process:
            wait_for(lambda: states(root).count("finished") >= 6 and "training" in states(root), LIMIT)
            os.kill(victim.pid, signal.SIGKILL)
            status, said, errors = ended(process)
    assert (status, errors) == (0, "")
    assert states(root) == ["finished"] * 12
    assert "by-hand       8  0.003    12  12" in said
    assert_single_runs_have_the_same_bits(root, (11,))


def test_a_scheduler_that_goes_loses_nothing_and_here_it_goes_on_without_listening(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with scheduler(tmp_path) as (address, process_of_it), workers(address, 1):
        options = ("--seeds", "0-2", "--epochs", "400", "--name", "sun", "--cluster", address)
        wait_for_workers(address, 1)
        with sweep(root, *PRICES, *options) as process:
            wait_for(lambda: "training" in states(root) and last_progress(root / "sun-1").epoch > 3, LIMIT)
            process_of_it.kill()
            status, _, errors = ended(process)
    assert status == 1
    assert f"sweep sun failed: the scheduler at {address} is gone; 0 of 3 members are done; continue with: " in errors
    wait_for(lambda: states(root) == ["paused"], LIMIT)  # the worker is gone as well: what it trained is saved
    before = last_progress(root / "sun-1").epoch
    with sweep(root, "--resume", "sun") as process:
        wait_for(lambda: last_progress(root / "sun-1").epoch > before + 3, LIMIT)
        assert listening(process.pid) == []
        process.send_signal(signal.SIGTERM)
        status, _, errors = ended(process)
    assert status == 130
    assert "interrupted: sweep sun is saved; continue with: " in errors
    assert last_progress(root / "sun-1").epoch > before
    assert set(states(root)) == {"paused"}


@pytest.mark.parametrize(
    ("customized", "told"),
    [
        (
            "import importlib.metadata as m\nv = m.version\n"
            "m.version = lambda name: '9.9' if name == 'lstm-tui' else v(name)",
            "has lstm-tui 9.9 (1): expected ",
        ),
        ("import sys\nsys.modules['lstm_engine'] = None", "cannot import lstm-tui ("),
    ],
    ids=["another version", "none"],
)
def test_a_worker_of_another_version_or_of_none_is_refused(customized: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(customized)
    with scheduler(tmp_path) as (address, _), worker(address, environment={"PYTHONPATH": str(tmp_path)}):
        wait_for_workers(address, 1)
        with sweep(tmp_path / "runs", *PRICES, "--seeds", "0", "--cluster", address) as process:
            status, _, errors = ended(process)
    assert status == 1
    assert told in errors
    assert errors.count("\n") == 1


@pytest.mark.skipif(not shutil.which("unshare") or os.geteuid() != 0, reason="a disk is hidden by root alone")
def test_runs_come_home_from_a_worker_that_does_not_see_the_disk(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    root.mkdir()
    hidden = ("unshare", "-m", "sh", "-c", f'mount -t tmpfs none {root} && exec "$@"', "sh")
    with scheduler(tmp_path) as (address, _), worker(address, within=hidden):
        options = ("--seeds", "0", "--epochs", EPOCHS, "--name", "sun", "--cluster", address)
        wait_for_workers(address, 1)
        with sweep(root, *PRICES, *options) as process:
            status, _, errors = ended(process)
    assert (status, errors) == (0, "")
    assert states(root) == ["finished"]
    assert_single_runs_have_the_same_bits(root, (0,))


def wait_for_workers(address: str, count: int) -> None:
    """By a process of its own: Dask changes how exceptions are pickled in the one that imports it."""
    program = f"from distributed import Client; Client({address!r}).wait_for_workers({count}, timeout=60)"
    subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)


def listening(pid: int) -> list[psutil._common.pconn]:
    """The sockets on which a process, or one that it has started, can be reached over a network."""
    tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return [found for each in tree for found in each.net_connections("inet") if found.status == "LISTEN"]
