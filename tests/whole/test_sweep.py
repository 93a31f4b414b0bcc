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
