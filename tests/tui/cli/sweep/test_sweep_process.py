"""A sweep in the foreground that is interrupted, or whose process is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from tui.cli import main as cli

WORDS = ["sweep", "--seeds", "0-99", "--epochs", "100000", "--name", "luck", "--workers", "1"]


@pytest.mark.parametrize(("kill", "status"), [(False, 130), (True, 1)])
def test_it_says_how_to_go_on(kill: bool, status: int, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tui", *WORDS], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("sweep luck: 100 members to epoch 100000")
        assert re.match(r"epoch \d+ of 100000, \d+ %, [\d,]+ epochs of a member a second", process.stdout.readline())
        if kill:
            [engine] = psutil.Process(process.pid).children()
            os.killpg(engine.pid, signal.SIGKILL)
        else:
            process.send_signal(signal.SIGINT)
        assert process.wait(60) == status
        said = process.stderr.read()
    assert said.endswith("continue with: lstm-tui sweep --resume luck\n")
    assert said.count("\n") == 1
    assert ("is saved" in said) is not kill


def test_it_can_be_interrupted_before_it_has_begun(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tui", *WORDS], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("sweep luck")
        while not psutil.Process(process.pid).children():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        said = process.stderr.read()
    assert said == "lstm-tui: interrupted: sweep luck is saved; continue with: lstm-tui sweep --resume luck\n"


def test_a_damaged_sweep_is_said(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["sweep", "--seeds", "1,2", "--epochs", "5", "--name", "luck", "--workers", "1"]) == 0
    capsys.readouterr()
    (tmp_path / "checkpoints/luck/block-0-2.npz").write_bytes(b"PK")
    assert cli.run(["sweep", "--resume", "luck"]) == 1
    assert "sweep luck failed: " in capsys.readouterr().err
    (tmp_path / "checkpoints/luck/sweep.json").write_text("{}")
    assert cli.run(["sweep", "--resume", "luck"]) == 2
    assert "sweep.json is damaged" in capsys.readouterr().err
