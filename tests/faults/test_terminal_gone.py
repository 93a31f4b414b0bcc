"""However the dashboard is to end, it ends: within two seconds, whatever its screen is doing; and its run goes on."""

from __future__ import annotations

import re
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lstm_engine.listing.entries import entries
from tests.support.left_running import FAR, end_all, farewell
from tests.support.soak import first
from tests.support.terminal import Terminal, command_of, wait_until_gone

#: Seconds that the program may take to end, and what a busy machine may add.
SOON = 2.0 + 1.5
#: Seconds after which a program that has used no processor time waits for something.
_STILL = 0.5


@contextmanager
def training(
    root: Path, *more: str, command: tuple[str, ...] = (sys.executable, "-m", "tui")
) -> Iterator[tuple[Terminal, int]]:
    """A dashboard whose engine trains, and the engine's process id; what is left of that is ended."""
    try:
        with Terminal("--checkpoints", str(root), "--start", "--epochs", str(FAR), *more, command=command) as terminal:
            terminal.wait_for("training", "saved at")
            yield terminal, terminal.engine_pid()
    finally:
        end_all(root)


def wait_until_it_waits(pid: int) -> None:
    """Waits until a process no longer gets on, since nobody reads what it writes."""
    used, end = -1, time.monotonic() + 60
    while used != (used := cpu_ticks(pid)):
        assert time.monotonic() < end, "it gets on although nobody reads"
        select.select([], [], [], _STILL)


def cpu_ticks(pid: int) -> int:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return int(user) + int(system)


def check_trains_on(root: Path, engine: int) -> None:
    """The run is trained yet, and ends in order, saved, once it is told to."""
    (run,) = entries(root)
    assert run.state == "running"
    end_all(root)
    wait_until_gone(engine)
    (run,) = entries(root)
    assert run.state == "stopped"
    assert run.epoch > 0


def answer(terminal: Terminal) -> None:
    """As a terminal does that knows synchronised output: from then on it is asked behind every frame."""
    terminal.press("\x1b[?2026;2$y")


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, *(pytest.param(number, marks=pytest.mark.soak) for number in (signal.SIGHUP, signal.SIGQUIT))],
)
def test_a_signal_ends_it_though_nobody_reads_the_terminal(tmp_path: Path, number: signal.Signals) -> None:
    with training(tmp_path / "runs", "--fps", "60") as (terminal, engine):
        wait_until_it_waits(terminal.process.pid)
        terminal.kill(number)
        assert wait_until_gone(terminal.process.pid, SOON) < SOON
        assert terminal.process.wait() == 128 + number
        check_trains_on(tmp_path / "runs", engine)


def test_a_terminal_that_closes_unread_ends_it(tmp_path: Path) -> None:
    with training(tmp_path / "runs", "--fps", "60") as (terminal, engine):
        dashboard = terminal.process.pid
        wait_until_it_waits(dashboard)
        terminal.hang_up()
        wait_until_gone(dashboard, SOON)
        check_trains_on(tmp_path / "runs", engine)


@pytest.mark.parametrize("answers", first(1, [True, False]))
def test_a_terminal_that_closes_right_after_forty_sizes_ends_it(tmp_path: Path, answers: bool) -> None:
    with training(tmp_path / "runs") as (terminal, engine):
        dashboard = terminal.process.pid
        if answers:
            answer(terminal)
            terminal.wait_until(lambda: b"\x1b[?2026$p" in terminal.received, "a question behind a frame")
        for number in range(40):
            terminal.resize(100 + number, 30 + number % 7)
        terminal.hang_up()
        wait_until_gone(dashboard, SOON)
        check_trains_on(tmp_path / "runs", engine)


def test_the_end_of_the_input_is_a_hang_up_though_the_signal_is_ignored(tmp_path: Path) -> None:
    """As where a shell or make that the terminal knows, and not the dashboard, is told."""
    deaf = ("sh", "-c", 'trap "" HUP; exec "$0" "$@"', sys.executable, "-m", "tui")
    with training(tmp_path / "runs", command=deaf) as (terminal, engine):
        dashboard = terminal.process.pid
        assert "tui" in command_of(dashboard)
        terminal.hang_up()
        wait_until_gone(dashboard, SOON)
        assert terminal.process.wait() == 128 + signal.SIGHUP
        check_trains_on(tmp_path / "runs", engine)


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        signal.SIGABRT,
        *(pytest.param(number, marks=pytest.mark.soak) for number in (signal.SIGQUIT, signal.SIGUSR1)),
    ],
)
def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was(tmp_path: Path, number: signal.Signals) -> None:
    with training(tmp_path / "runs") as (terminal, engine):
        terminal.kill(number)
        assert terminal.wait_for_the_end() == 128 + number
        for mode in (1000, 1003, 1004, 1006, 1049, 2004):
            on, off = (terminal.received.rfind(f"\x1b[?{mode}{end}".encode()) for end in "hl")
            assert off > on, f"mode {mode} is on"
        assert "look in with: lstm-tui attach" in farewell(terminal)
        check_trains_on(tmp_path / "runs", engine)


#: A dashboard one of whose keys is broken.
_BROKEN = """
from tui.app.dashboard import Dashboard
from tui.cli.main import main
def broken(self):
    raise ZeroDivisionError("made for a test")
Dashboard.switch_theme = broken
main()
"""


def test_an_error_of_its_own_is_a_sentence_and_the_run_goes_on(tmp_path: Path) -> None:
    with training(tmp_path / "runs", command=(sys.executable, "-c", _BROKEN)) as (terminal, engine):
        terminal.press("t")
        assert terminal.wait_for_the_end() == 1
        normal_screen = farewell(terminal)
        check_trains_on(tmp_path / "runs", engine)
    assert "the dashboard ended through an error of its own (ZeroDivisionError: made for a test)" in normal_screen
    assert "look in with: lstm-tui attach" in normal_screen
    assert "Traceback" not in normal_screen
    (path,) = re.findall(r"its traceback is in (\S+\.log)", normal_screen)
    told = Path(path).read_text()
    Path(path).unlink()
    assert "in broken" in told


def test_q_and_the_palette_in_one_write_end_it(tmp_path: Path) -> None:
    with training(tmp_path / "runs") as (terminal, engine):
        terminal.press("q\x10")
        assert terminal.wait_for_the_end() == 0
        assert b"error of its own" not in terminal.received
        wait_until_gone(engine)
    (run,) = entries(tmp_path / "runs")
    assert run.state == "stopped"
