"""However the dashboard is to end, it ends: within two seconds, with the run saved, whatever its screen is doing."""

from __future__ import annotations

import re
import select
import signal
import sys
import time
from pathlib import Path

import pytest

from lstm_engine.store.listing import entries
from tests.support.terminal import Terminal, command_of, wait_until_gone

#: Seconds that the program may take to end, and what a busy machine may add.
SOON = 2.0 + 1.5
#: Seconds after which a program that has used no processor time waits for something.
_STILL = 0.5
#: More epochs than any machine trains before a test stops it.
FAR = "1000000"


def training(root: Path, *more: str, command: tuple[str, ...] = (sys.executable, "-m", "tui")) -> Terminal:
    return Terminal("--checkpoints", str(root), "--start", "--epochs", FAR, *more, command=command)


def wait_until_it_waits(pid: int) -> None:
    """Waits until a process no longer gets on, since nobody reads what it writes."""
    used, end = -1, time.monotonic() + 60
    while used != (used := cpu_ticks(pid)):
        assert time.monotonic() < end, "it gets on although nobody reads"
        select.select([], [], [], _STILL)


def cpu_ticks(pid: int) -> int:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return int(user) + int(system)


def check_saved(root: Path) -> None:
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
    with training(tmp_path / "runs", "--fps", "60") as terminal:
        terminal.wait_for("training", "saved at")
        engine = terminal.engine_pid()
        wait_until_it_waits(terminal.process.pid)
        terminal.kill(number)
        assert wait_until_gone(terminal.process.pid, SOON) < SOON
        wait_until_gone(engine)
        assert terminal.process.wait() == 128 + number
    check_saved(tmp_path / "runs")


def test_a_terminal_that_closes_unread_ends_it(tmp_path: Path) -> None:
    with training(tmp_path / "runs", "--fps", "60") as terminal:
        terminal.wait_for("training", "saved at")
        dashboard, engine = terminal.process.pid, terminal.engine_pid()
        wait_until_it_waits(dashboard)
        terminal.hang_up()
        wait_until_gone(dashboard, SOON)
        wait_until_gone(engine)
    check_saved(tmp_path / "runs")


@pytest.mark.parametrize("answers", [False, True])
def test_a_terminal_that_closes_right_after_forty_sizes_ends_it(tmp_path: Path, answers: bool) -> None:
    with training(tmp_path / "runs") as terminal:
        terminal.wait_for("training", "saved at")
        dashboard, engine = terminal.process.pid, terminal.engine_pid()
        if answers:
            answer(terminal)
            terminal.wait_until(lambda: b"\x1b[?2026$p" in terminal.received, "a question behind a frame")
        for number in range(40):
            terminal.resize(100 + number, 30 + number % 7)
        terminal.hang_up()
        wait_until_gone(dashboard, SOON)
        wait_until_gone(engine)
    check_saved(tmp_path / "runs")


def test_the_end_of_the_input_is_a_hang_up_though_the_signal_is_ignored(tmp_path: Path) -> None:
    """As where a shell or make that the terminal knows, and not the dashboard, is told."""
    deaf = ("sh", "-c", 'trap "" HUP; exec "$0" "$@"', sys.executable, "-m", "tui")
    with training(tmp_path / "runs", command=deaf) as terminal:
        terminal.wait_for("training", "saved at")
        dashboard, engine = terminal.process.pid, terminal.engine_pid()
        assert "tui" in command_of(dashboard)
        terminal.hang_up()
        wait_until_gone(dashboard, SOON)
        wait_until_gone(engine)
        assert terminal.process.wait() == 128 + signal.SIGHUP
    check_saved(tmp_path / "runs")


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        signal.SIGABRT,
        *(pytest.param(number, marks=pytest.mark.soak) for number in (signal.SIGQUIT, signal.SIGUSR1)),
    ],
)
def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was(tmp_path: Path, number: signal.Signals) -> None:
    with training(tmp_path / "runs") as terminal:
        terminal.wait_for("training", "saved at")
        terminal.kill(number)
        assert terminal.wait_for_the_end() == 128 + number
        for mode in (1000, 1003, 1004, 1006, 1049, 2004):
            on, off = (terminal.received.rfind(f"\x1b[?{mode}{end}".encode()) for end in "hl")
            assert off > on, f"mode {mode} is on"
        assert "continue with: " in terminal.received.decode().rpartition("\x1b[?1049l")[2]
    check_saved(tmp_path / "runs")


#: A dashboard one of whose keys is broken.
_BROKEN = """
from tui.app.dashboard import Dashboard
from tui.cli.main import main
def broken(self):
    raise ZeroDivisionError("made for a test")
Dashboard._switch_theme = broken
main()
"""


def test_an_error_of_its_own_is_a_sentence_and_the_run_is_saved(tmp_path: Path) -> None:
    with training(tmp_path / "runs", command=(sys.executable, "-c", _BROKEN)) as terminal:
        terminal.wait_for("training", "saved at")
        terminal.press("t")
        assert terminal.wait_for_the_end() == 1
        normal_screen = terminal.received.decode().rpartition("\x1b[?1049l")[2]
    assert "the dashboard ended through an error of its own (ZeroDivisionError: made for a test)" in normal_screen
    assert "continue with: " in normal_screen
    assert "Traceback" not in normal_screen
    (path,) = re.findall(r"its traceback is in (\S+\.log)", normal_screen)
    told = Path(path).read_text()
    Path(path).unlink()
    assert "in broken" in told
    check_saved(tmp_path / "runs")


def test_q_and_the_palette_in_one_write_end_it(tmp_path: Path) -> None:
    with training(tmp_path / "runs") as terminal:
        terminal.wait_for("training", "saved at")
        terminal.press("q\x10")
        assert terminal.wait_for_the_end() == 0
        assert b"error of its own" not in terminal.received
    check_saved(tmp_path / "runs")
