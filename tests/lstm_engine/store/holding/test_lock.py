"""One program at a time: the lock, who holds it, and that it goes with its process."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.store.holding import lock as locks
from lstm_engine.store.holding.lock import LISTEN, LOCK, InUseError, RunLock, in_use
from lstm_engine.store.holding.owner import OWNER, owner_of, this_process
from lstm_engine.store.holding.pulse import PULSE, Pulse, PulseFile

#: Takes the lock of the folder that is its argument, says so, and waits for the end of its input.
HOLDER = """
import sys
from collections.abc import Callable
from pathlib import Path
from lstm_engine.store.holding.lock import RunLock
lock = RunLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_one_is_refused_with_the_holder_and_may_have_it_afterwards(tmp_path: Path) -> None:
    first, second = RunLock(tmp_path), RunLock(tmp_path)
    first.acquire()
    with pytest.raises(UserError, match=f"in use by process {os.getpid()} on {socket.gethostname()}"):
        second.acquire()
    first.release()
    second.acquire()
    second.release()


def test_whether_it_is_in_use_is_seen_without_taking_it(tmp_path: Path) -> None:
    lock = RunLock(tmp_path)
    assert not in_use(tmp_path)
    lock.hold()
    assert in_use(tmp_path)
    assert in_use(tmp_path)
    lock.release()
    assert not in_use(tmp_path)


@pytest.mark.parametrize("owner", [None, b"", b"{", b'{"pid": "many"}', b"\xff"])
def test_a_holder_that_left_no_word_is_another_process(tmp_path: Path, owner: bytes | None) -> None:
    lock = RunLock(tmp_path)
    lock.hold()
    if owner is not None:
        (tmp_path / OWNER).write_bytes(owner)
    with pytest.raises(UserError, match="in use by another process"):
        RunLock(tmp_path).hold()
    lock.release()


def test_a_killed_process_holds_it_no_longer(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert in_use(tmp_path)
        assert json.loads((tmp_path / OWNER).read_text()) == {
            "pid": holder.pid,
            "host": socket.gethostname(),
        }
        with pytest.raises(UserError, match=f"process {holder.pid} on"):
            RunLock(tmp_path).acquire()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert not in_use(tmp_path)
    lock = RunLock(tmp_path)
    lock.acquire()
    lock.release()


class Listening:
    """What is done while a heart is listened to, in place of waiting."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, then: Callable[[], object] = lambda: None) -> None:
        self.now = 0.0
        self.times = 0
        self._then = then
        monkeypatch.setattr(locks.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(locks.time, "sleep", self._pass)

    def _pass(self, seconds: float) -> None:
        self.now += seconds
        self.times += 1
        if self.times == 3:
            self._then()


def held_there(run: Path, changed: float) -> None:
    """A run that a process on another host holds, or held: its pulse is of that time."""
    (run / OWNER).write_text('{"pid": 4711, "host": "node-17"}')
    PulseFile(run).write(Pulse(epoch=1, target=2, state="training"))
    os.utime(run / PULSE, (changed, changed))


def test_a_heart_that_this_host_s_clock_calls_dead_is_listened_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_there(tmp_path, 1000)
    listening = Listening(monkeypatch, lambda: os.utime(tmp_path / PULSE, (1001, 1001)))
    with pytest.raises(InUseError, match="in use by process 4711 on node-17"):
        RunLock(tmp_path).acquire()
    assert listening.times == 3
    assert not (tmp_path / LOCK).exists()
    assert in_use(tmp_path)


def test_a_heart_that_is_still_keeps_nobody_from_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held_there(tmp_path, 1000)
    listening = Listening(monkeypatch)
    assert not in_use(tmp_path)
    lock = RunLock(tmp_path)
    lock.acquire()
    assert listening.now == pytest.approx(LISTEN, abs=0.3)
    assert not (tmp_path / PULSE).exists()
    assert owner_of(tmp_path) == this_process()
    lock.release()


def test_a_process_that_gave_the_run_back_is_not_listened_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held_there(tmp_path, 1000)
    (tmp_path / PULSE).unlink()
    monkeypatch.setattr(locks.time, "sleep", lambda _: pytest.fail("it waits"))
    lock = RunLock(tmp_path)
    lock.acquire()
    lock.release()
