"""A signal ends the program soon, whatever its main thread waits for; each test in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
#: Seconds that only a defect takes.
LIMIT = 60.0

PROGRAM = """
import os, signal, sys, threading
from tui.terminal.watchdog import Watchdog

patience, gone = 0.2, threading.Event()
leave = lambda number: print("leave", number, flush=True)
{before}
dog = Watchdog(leave, lambda: print("give up", flush=True), patience=patience)
dog.start()
{after}
print("ready", flush=True)
pipe = os.pipe()
while True:
    os.write(pipe[1], bytes(4096))  # nobody reads it
"""


def sent(*signals: int, before: str = "", after: str = "") -> tuple[int, list[str]]:
    """The exit status and what was said, after the program has got these signals."""
    program = PROGRAM.format(before=before, after=after)
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            for number in signals:
                process.send_signal(number)
            said, _ = process.communicate(timeout=LIMIT)
        finally:
            process.kill()
    return process.returncode, said.splitlines()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGUSR1])
def test_a_blocked_program_is_asked_to_leave_and_then_ended(number: signal.Signals) -> None:
    assert sent(number) == (128 + number, [f"leave {int(number)}", "give up"])


def test_a_program_that_leaves_by_itself_is_let_go() -> None:
    leaves = "patience, leave = 3600, lambda number: gone.set()"
    assert sent(signal.SIGTERM, before=leaves, after='print("ready", flush=True); gone.wait(); sys.exit(3)') == (3, [])


def test_a_signal_that_is_ignored_stays_so() -> None:
    ignored = "signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    still = "assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN"
    end = (128 + signal.SIGTERM, ["leave 15", "give up"])
    assert sent(signal.SIGHUP, signal.SIGTERM, before=ignored, after=still) == end


def test_a_signal_that_does_not_end_programs_does_not_end_this_one() -> None:
    handled = "signal.signal(signal.SIGWINCH, lambda *_: None)"
    assert sent(signal.SIGWINCH, signal.SIGTERM, after=handled) == (
        128 + signal.SIGTERM,
        ["leave 15", "give up"],
    )


def test_only_the_first_signal_counts() -> None:
    twice = "leave = lambda number: (print('leave', number, flush=True), os.kill(os.getpid(), signal.SIGINT))"
    assert sent(signal.SIGTERM, before=twice) == (128 + signal.SIGTERM, ["leave 15", "give up"])


def test_a_bark_is_as_good_as_a_signal() -> None:
    barks = 'print("ready", flush=True); threading.Thread(target=dog.bark, args=(1,)).start()'
    assert sent(after=barks)[0] == 128 + signal.SIGHUP
