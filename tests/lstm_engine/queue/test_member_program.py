"""A member's program, with a real training."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from lstm_engine.forecast.inputs import Inputs, write_inputs
from lstm_engine.script.last_progress import last_progress
from lstm_engine.script.script_run import INPUTS
from lstm_engine.store.holding.lock import RunLock, in_use
from lstm_engine.store.notes import read_note
from tests.support.price_runs import small_inputs


@contextmanager
def program(root: Path, inputs: Inputs) -> Iterator[subprocess.Popen[str]]:
    folder = root / INPUTS
    if not folder.exists():
        folder.mkdir(parents=True)
        write_inputs(folder, inputs)
    words = [str(root), "luck-1", str(folder), "--note", "#luck seed 1"]
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "lstm_engine.queue.member_program", *words]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: subprocess.Popen[str], status: int) -> tuple[str, str]:
    """What it said; its standard input stays open, for at its end it would stop."""
    assert process.stdout is not None
    assert process.stderr is not None
    said = process.stdout.read()
    assert process.wait(60) == status
    return said, process.stderr.read()


def test_it_trains_once_and_goes_on_where_it_was_left(tmp_path: Path) -> None:
    run = tmp_path / "luck-1"
    with program(tmp_path, small_inputs(epochs=10_000)) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        while msgspec.json.decode(process.stdout.readline())["epoch"] < 3:
            pass
        process.stdin.close()  # whoever wanted it is gone
        process.stdin = None
        assert process.wait(60) == 130
    left = last_progress(run)
    assert (left.left_state, in_use(run), read_note(run)) == ("paused", False, "#luck seed 1")
    with program(tmp_path, small_inputs()) as process:
        assert process.stdout is not None
        while last_progress(run).epoch <= left.epoch:
            assert process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 130
    assert last_progress(run).epoch > left.epoch


def test_what_was_begun_without_a_checkpoint_is_begun_anew_and_what_is_done_is_done(tmp_path: Path) -> None:
    run = tmp_path / "luck-1"
    run.mkdir()
    (run / "rubbish").touch()
    with program(tmp_path, small_inputs(epochs=2)) as process:
        said, errors = ended(process, 0)
    *_, last = said.splitlines()
    assert errors == ""
    assert msgspec.json.decode(last)["epoch"] == 2
    assert not (run / "rubbish").exists()
    before = (run / "events.jsonl").read_bytes()
    with program(tmp_path, small_inputs()) as process:
        assert ended(process, 0) == ("", "")
    assert (run / "events.jsonl").read_bytes() == before


def test_it_waits_for_whoever_has_the_run(tmp_path: Path) -> None:
    run = tmp_path / "luck-1"
    run.mkdir()
    lock = RunLock(run)
    lock.acquire()
    with program(tmp_path, small_inputs()) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert msgspec.json.decode(process.stdout.readline())["epoch"] == 0
        process.stdin.close()
        process.stdin = None
        assert process.wait(60) == 130
    lock.release()


def test_what_cannot_be_trained_is_said(tmp_path: Path) -> None:
    with program(tmp_path, small_inputs()) as process:
        pass
    (tmp_path / INPUTS / "settings.json").write_text("{")
    with program(tmp_path, small_inputs()) as process:
        said, errors = ended(process, 1)
    assert said == ""
    assert "settings.json" in errors
    assert errors.count("\n") == 1
