"""An engine that was told to end ends, also where its main thread never comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lstm_engine.protocol.messages import EngineReady, NewRun, Quit, RunOpened, Stopped
from lstm_engine.protocol.watchdog import Watchdog
from lstm_engine.run.config import RunConfig
from tests.support.processes import EngineUnderTest
from tests.support.soak import first

#: Seconds in which a busy machine gets to it.
LIMIT = 60

#: Python's lock is held for ever: no thread runs any more, and no handler of a signal.
STUCK = """
from lstm_engine.protocol import watchdog
import signal
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, lambda *_: None)
watchdog.start_watchdog(0.2)
endless = ()
for _ in range(60):
    endless = (endless, endless)
print("stuck", flush=True)
hash(endless)
"""


def stuck() -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, "-c", STUCK], stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"stuck\n"
    return process


def close_input(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()


WAYS: dict[str, Callable[[subprocess.Popen[bytes]], object]] = {
    "the end of its input": close_input,
    **{
        number.name: lambda process, number=number: process.send_signal(number)  # type: ignore[misc]
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    },
    "SIGTERM of all": lambda process: os.killpg(process.pid, signal.SIGTERM),
}


@pytest.mark.timeout(LIMIT)
@pytest.mark.parametrize("way", WAYS)
def test_what_holds_the_interpreter_for_ever_is_ended(way: str) -> None:
    with stuck() as process:
        WAYS[way](process)
        assert process.wait() == -signal.SIGKILL
        assert process.stderr is not None
        said = process.stderr.read().decode()
    assert said == f"the engine is killed: it did not end within 0.2 s of {way.removesuffix(' of all')}\n"


@pytest.mark.timeout(LIMIT)
@pytest.mark.parametrize("way", first(1, ["SIGTERM", "the end of its input"]))
def test_an_engine_that_stands_still_is_ended(way: str, tmp_path: Path) -> None:
    with EngineUnderTest(tmp_path, "--patience", "0.2") as engine:
        engine.must_hear(EngineReady)
        engine.process.send_signal(signal.SIGSTOP)
        if way == "SIGTERM":  # which comes to a process that stands still once it goes on
            engine.process.send_signal(signal.SIGTERM)
        close_input(engine.process)
        assert engine.process.wait() == -signal.SIGKILL
        assert "the engine is killed: it did not end within 0.2 s of the end of its input" in engine.errors()


@pytest.mark.timeout(LIMIT)
def test_an_engine_that_ends_leaves_no_watchdog_behind(tmp_path: Path) -> None:
    with EngineUnderTest(tmp_path) as engine:
        engine.must_hear(EngineReady)
        engine.send(NewRun(config=RunConfig()))
        engine.must_hear(RunOpened)
        engine.send(Quit())
        engine.must_hear(Stopped)
        assert engine.process.wait() == 0
        assert "killed" not in engine.errors()
        end = time.monotonic() + LIMIT
        while is_anybody_left(engine.process.pid):
            assert time.monotonic() < end


def is_anybody_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


#: Its input ends, it goes on and says so, and says later that it ends, which it does not. The watchdog looks at once,
#: or only when all of that lies before it.
GOES_ON = """
import fcntl, os, signal, sys, termios
from lstm_engine.protocol.watchdog import start_watchdog
watchdog = start_watchdog(0.5)
(child,) = map(int, open(f"/proc/self/task/{os.getpid()}/children").read().split())
if sys.argv[1] == "late":
    os.kill(child, signal.SIGSTOP)
print("watched", flush=True)
sys.stdin.read()
watchdog.stand_down()
os.kill(child, signal.SIGCONT)
while any(fcntl.ioctl(watchdog.told, termios.FIONREAD, bytes(4))):
    os.sched_yield()
if sys.argv[2] == "ends":
    watchdog.expect_the_end()
    signal.pause()
os._exit(7)
"""


@pytest.mark.timeout(LIMIT)
@pytest.mark.parametrize("looks", ["at once", "late"])
@pytest.mark.parametrize(("then", "status"), [("ends", -signal.SIGKILL), ("ended", 7)])
def test_an_engine_that_goes_on_is_left_alone_until_it_says_that_it_ends(looks: str, then: str, status: int) -> None:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", GOES_ON, looks, then]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as engine:
        assert engine.stdout is not None
        assert engine.stdout.readline() == "watched\n"
        _, said = engine.communicate()
    killed = "the engine is killed: it did not end within 0.5 s of its own word that it ends\n"
    assert (engine.returncode, said) == (status, killed if then == "ends" else "")


def test_a_watchdog_that_is_gone_harms_nobody() -> None:
    heard, told = os.pipe()
    os.close(heard)
    Watchdog(told).stand_down()
    Watchdog(told).expect_the_end()
    os.close(told)
