"""A command that does as it likes: what is kept of it, and that it ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from lstm_engine.service.hooks.bounded_process import Outcome, run_bounded
from tests.support.socket_clients import wait_until

SHELL = "/bin/sh"
#: Seconds that only a defect takes.
LONG = 60.0


def run(script: str, told: bytes = b"", umask: int = -1, until: Path | None = None, **environment: str) -> Outcome:
    """What becomes of a shell's script. until: a file by which it says that its time is over; else it has for ever."""

    def deadline() -> float:
        return 0.0 if until is not None and until.exists() else float("inf")

    return run_bounded([SHELL, "-c", script], told, environment, deadline, umask)


def test_it_is_told_on_standard_input_and_in_its_environment() -> None:
    outcome = run('cat; echo "$NEWS $HOME_OF_NOBODY-"; echo wrong >&2; exit 3', b'{"run":"a"}\n', NEWS="it is done")
    assert outcome == Outcome(3, b'{"run":"a"}\nit is done -\nwrong\n')


def test_nobody_waits_for_one_that_does_not_read_what_it_is_told() -> None:
    assert run("exit 0", b"x" * 1_000_000) == Outcome(0, b"")


def test_words_are_words_and_no_shell_sees_them() -> None:
    program = "import sys; print(sys.argv[1:])"
    outcome = run_bounded([sys.executable, "-c", program, "$HOME", "a b", "; exit 9"], b"", {}, lambda: float("inf"))
    assert outcome == Outcome(0, b"['$HOME', 'a b', '; exit 9']\n")


def test_it_has_a_session_of_its_own_and_no_file_of_this_process(tmp_path: Path) -> None:
    program = "import os; print(os.getsid(0) == os.getpid(), sorted(os.listdir('/proc/self/fd'))[:3])"
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        outcome = run_bounded([sys.executable, "-c", program], b"", {}, lambda: float("inf"))
    assert outcome.output == b"True ['0', '1', '2']\n"


def test_its_umask_is_what_it_is_given() -> None:
    assert run("umask", umask=0o027).output.strip() == b"0027"


def test_of_a_flood_the_beginning_is_kept_and_its_time_ends(tmp_path: Path) -> None:
    over = tmp_path / "over"
    assert run(f"head -c 16384 /dev/zero; touch {over}; exec yes", until=over) == Outcome(None, bytes(16384))


def test_all_of_a_flood_is_read() -> None:
    assert run("head -c 1000000 /dev/zero; exit 5") == Outcome(5, bytes(16384))


@pytest.mark.parametrize("script", ["sleep 1000", "trap '' TERM; sleep 1000 & wait; sleep 1000"])
def test_one_that_hangs_is_ended_with_what_it_has_started(script: str, tmp_path: Path) -> None:
    pid, over = tmp_path / "pid", tmp_path / "over"
    begun = time.monotonic()
    assert run(f"exec >&- 2>&-; echo $$ > {pid}; touch {over}; {script}", until=over) == Outcome(None, b"")
    assert time.monotonic() - begun < LONG
    wait_until(lambda: int(pid.read_text()) not in sessions(), "its session is gone")


def sessions() -> list[int]:
    """The session of each process that lives."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = path.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if state != "Z":
            found.append(int(session))
    return found


def test_what_it_leaves_in_the_background_holds_nothing_up(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    begun = time.monotonic()
    try:
        assert run(f"sleep 1000 & echo $! > {pid}; echo started") == Outcome(0, b"started\n")
        assert time.monotonic() - begun < LONG / 2
    finally:
        os.kill(int(pid.read_text()), 9)


def test_one_that_ends_by_a_signal_says_which() -> None:
    assert run("kill -9 $$") == Outcome(-9, b"")


def test_one_that_cannot_be_started_leaves_no_file_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for words in (["./none"], [str(tmp_path)], ["with\0zero"]):
        with pytest.raises((OSError, ValueError)):
            run_bounded(words, b"", {}, lambda: float("inf"))
    assert len(list(Path("/proc/self/fd").iterdir())) == before
