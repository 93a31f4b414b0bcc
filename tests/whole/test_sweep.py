"""A whole sweep by keys, in a real terminal, and what is left of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.support.terminal import Terminal

COMMAND = [sys.executable, "-m", "tui", "sweep"]


def test_it_is_trained_paused_left_and_gone_on_with(tmp_path: Path) -> None:
    words = ["--seeds", "0-49", "--lr", "0.001,0.1", "--epochs", "30000", "--name", "luck", "--workers", "2"]
    with Terminal("sweep", *words, cwd=tmp_path) as terminal:
        terminal.wait_for("normal, lr 0.1")
        terminal.press(" ")
        terminal.wait_for("paused")
        terminal.press(" ")
        terminal.wait_for("training")
        terminal.press("nq")
        assert terminal.wait_for_the_end() == 0
        assert "continue with: lstm-tui sweep --resume luck" in terminal.text
    done = subprocess.run(
        [*COMMAND, "--resume", "luck", "--json"], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    last = json.loads(done.stdout.splitlines()[-1])
    assert (last["type"], last["epochs"], len(last["members"])) == ("sweep_finished", 30_000, 100)


def test_a_member_is_opened_as_a_run_in_the_same_bits_and_left_again(tmp_path: Path) -> None:
    words = ["--seeds", "0-7", "--epochs", "300", "--name", "luck"]
    with Terminal("sweep", *words, cwd=tmp_path) as terminal:
        terminal.wait_for("finished", "normal, lr 0.001")
        terminal.press("\r")
        terminal.wait_for("the whole sweep", "8 members", "at epoch 300", "Esc back")
        terminal.press("s\x1b[H\x1b[B\x1b[B\r")  # by seed, the third
        terminal.wait_for("luck-normal-0.001-seed2", "same bits as in the sweep luck at epoch 300", "g gates")
        terminal.press("q")
        terminal.wait_for("the whole sweep", "seed ▲")
        terminal.press("q")
        terminal.wait_for("within 0.1 of the target", "finished")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
        said = terminal.received.decode(errors="replace")
        assert "run luck-normal-0.001-seed2, 300 epochs, is saved" in said
        assert said.count("sweep luck is finished: `lstm-tui export luck` writes a row a member") == 1


def test_a_dashboard_is_left_for_a_sweep_with_its_run(tmp_path: Path) -> None:
    with Terminal("--epochs", "20", "--start", cwd=tmp_path) as terminal:
        terminal.wait_for("finished", "q quit")
        terminal.press("M")
        terminal.wait_for("many runs at once", "to epoch 20", "seeds 0-99")
        terminal.press("seeds 0-4\r")
        terminal.wait_for("lstm-tui sweep", "5 members", "finished", "epoch 20/20")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
        said = terminal.received.decode(errors="replace")
        assert 0 < said.find("continue with: lstm-tui resume") < said.find("is finished: `lstm-tui export")


def test_models_of_prices_are_trained_paused_and_gone_on_with(tmp_path: Path) -> None:
    prices = ["--data", "sunspots", "--target", "price", "--window", "22", "--hidden", "1,2", "--seeds", "0"]
    with Terminal("sweep", *prices, "--epochs", "40", "--name", "luck", cwd=tmp_path) as terminal:
        terminal.wait_for("2 members", "2 training", "/ 40")
        terminal.press(" ")
        terminal.wait_for("paused", "2 stopped")
        terminal.press(" ")
        terminal.wait_for("2 of 2 done", "finished")
        terminal.press("q")
        assert terminal.wait_for_the_end() == 0
        assert "sweep luck is finished: `lstm-tui export luck` writes a row a member" in terminal.text
