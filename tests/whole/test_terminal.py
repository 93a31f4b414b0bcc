"""The whole program as a person has it: keys into a real terminal, a real engine behind it."""

import os
import signal
from pathlib import Path

import pytest

from lstm_engine.listing.entries import entries, entry_of
from lstm_engine.run.config import RunConfig
from tests.support.in_process import train
from tests.support.resuming import check_resumes_to_the_same_bits
from tests.support.terminal import Terminal, wait_until_gone

FIGURES = {
    2000: ("0.4342", "0.6171"),
    3000: ("0.2708", "0.7534"),
    5000: ("0.0022", "0.9693"),
}
PARAMETERS_AT_5000 = (
    *("2.7043", "1.6307", "1.6234", "1.9983", "1.6525", "0.6204"),
    *("1.4122", "0.9393", "-0.3217", "4.3848", "-0.1943", "0.5935"),
)


@pytest.mark.parametrize("size", [(160, 48), pytest.param((80, 24), marks=pytest.mark.soak)])
def test_the_walk_through_by_keys_ends_in_the_published_figures(tmp_path: Path, size: tuple[int, int]) -> None:
    with Terminal("--checkpoints", str(tmp_path / "runs"), size=size) as terminal:
        terminal.wait_for("-0.0377", "-0.0383")
        terminal.press(" ")
        terminal.wait_for("finished", *FIGURES[2000])
        terminal.press("a")
        terminal.wait_for("How many", "1000")
        terminal.press("\r")
        terminal.wait_for("finished", *FIGURES[3000])
        terminal.press("a")
        terminal.wait_for("How many")
        terminal.press("2000\r")
        terminal.wait_for("finished", *FIGURES[5000])
        if size == (160, 48):
            terminal.wait_for(*PARAMETERS_AT_5000)
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
        (run,) = entries(tmp_path / "runs")
        assert f"resume {run.run}" in terminal.received.decode()
    assert (run.epoch, run.state) == (5000, "finished")


@pytest.mark.parametrize(
    "number",
    [signal.SIGHUP, *(pytest.param(number, marks=pytest.mark.soak) for number in (signal.SIGKILL, signal.SIGTERM))],
)
def test_when_the_dashboard_dies_the_engine_trains_to_its_target_and_leaves(
    tmp_path: Path, number: signal.Signals
) -> None:
    root = tmp_path / "runs"
    with Terminal("--checkpoints", str(root), "--start", "--epochs", "4000", "--save-every", "0.1") as terminal:
        terminal.wait_for("training", "saved at")
        engine = terminal.engine_pid()
        terminal.kill(number)
        terminal.wait_for_the_end()
        (run,) = entries(root)
        assert (run.state, run.epoch < 4000) == ("running", True)
        wait_until_gone(engine)
    (run,) = entries(root)
    assert (run.state, run.epoch) == ("finished", 4000)
    check_resumes_to_the_same_bits(root)


def test_when_the_engine_dies_the_dashboard_says_so_and_retries_from_the_last_checkpoint(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with Terminal("--checkpoints", str(root), "--start", "--epochs", "1000000", "--save-every", "0.2") as terminal:
        terminal.wait_for("training", "saved at")
        os.kill(terminal.engine_pid(), signal.SIGKILL)
        terminal.wait_for("failed", "retry")
        terminal.press(" ")
        terminal.wait_for("● training")
        assert "Traceback" not in terminal.text
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
    check_resumes_to_the_same_bits(root)


def test_ctrl_c_saves_restores_the_terminal_and_says_how_to_go_on(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    with Terminal("--checkpoints", str(root), "--start", "--epochs", "1000000") as terminal:
        terminal.wait_for("training", "epochs/s")
        terminal.press("\x03")
        assert terminal.wait_for_the_end() == 0
        (run,) = entries(root)
        after = terminal.received.decode().rpartition("\x1b[?1049l")[2]
        assert f"resume {run.run}" in after, "on the normal screen"
    assert entry_of(Path(run.directory)).state == "stopped"


def test_a_storm_of_sizes_neither_crashes_nor_stops_it(tmp_path: Path) -> None:
    with Terminal("--checkpoints", str(tmp_path / "runs"), "--start", "--epochs", "1000000") as terminal:
        terminal.wait_for("training", "epochs/s")
        for columns, rows in [(80, 24), (20, 5), (300, 90), (1, 1), (60, 20), (59, 19), (200, 10), (10, 60)] * 5:
            terminal.resize(columns, rows)
        terminal.resize(160, 48)
        terminal.wait_for("train loss", "parameters", "training")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0


def test_what_a_smaller_terminal_has_lost_is_painted_again(tmp_path: Path) -> None:
    with Terminal("--checkpoints", str(tmp_path / "runs")) as terminal:
        shown = terminal.wait_for("-0.0377", "-0.0383", "ready")
        terminal.forget()
        terminal.wait_for(*(line.strip() for line in shown.splitlines() if "train loss" in line or "wlr1" in line))
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0


def test_an_interrupted_run_opens_with_its_history(tmp_path: Path) -> None:
    root = tmp_path / "runs"
    train(root, RunConfig(), 150)
    (run,) = entries(root)
    with Terminal("resume", run.run, "--checkpoints", str(root)) as terminal:
        terminal.wait_for(run.run, "150", "finished")
        terminal.press("a")
        terminal.wait_for("How many")
        terminal.press("50\r")
        terminal.wait_for("200 / 200", "finished")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
    assert entry_of(Path(run.directory)).epoch == 200
