"""`lstm-tui sweep`, whole, and what cannot be."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.sweep.sweep_folder import blocks_of
from tui.cli import main as cli


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


WORDS = ["sweep", "--seeds", "0-2", "--lr", "0.001,0.1", "--epochs", "20"]


def test_from_the_command_to_the_table(capsys: Any) -> None:
    assert cli.run([*WORDS, "--name", "luck", "--workers", "2", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0].keys() == {"epoch", "epochs", "rate"}
    last = lines[-1]
    assert list(last) == ["type", "sweep", "epochs", "seconds", "members"]
    assert (last["type"], last["sweep"], last["epochs"], len(last["members"])) == ("sweep_finished", "luck", 20, 6)
    assert list(last["members"][0]) == ["seed", "lr", "init", "train_loss", "solved", "predictions", "parameters"]
    sweep = Path("checkpoints/luck")
    assert sweep.stat().st_mode & 0o777 == 0o700
    assert len(blocks_of(sweep)) == 2
    assert cli.run(["sweep", "--resume", "luck"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "sweep luck: 6 members to epoch 20, walk-through"
    assert [line.split()[:2] for line in lines[-2:]] == [["normal", "0.001"], ["normal", "0.1"]]
    assert cli.run(["export", "luck"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [(row["seed"], row["lr"]) for row in rows] == [
        (seed, lr) for lr in ("0.001", "0.1") for seed in ("0", "1", "2")
    ]
    assert [float(row["wlr1"]) for row in rows] == [member["parameters"]["wlr1"] for member in last["members"]]
    assert cli.run(["runs"]) == 0
    assert capsys.readouterr().out == "no runs in checkpoints\n"
    assert cli.run(["export", "luck", "--format", "json"]) == 2
    assert "luck is a sweep: expected --format csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--seeds", "x"], "seeds holds 'x'"),
        (["--epochs", "0"], "epochs is 0"),
        (["--data", "none.csv"], "none.csv"),
        (["--name", "../x"], "is no name for a run"),
        (["--resume", "none"], "no sweep 'none' in checkpoints"),
        (["--resume", "none", "--seeds", "1"], "--seeds is given with --resume"),
        (["--workers", "0"], "'--workers'"),
    ],
)
def test_what_cannot_be_is_said(words: list[str], sentence: str, folder: Path, capsys: Any) -> None:
    assert cli.run(["sweep", *words]) == 2
    assert sentence in capsys.readouterr().err
    assert list(folder.iterdir()) in ([], [folder / "checkpoints"])
    assert not list(folder.rglob("sweep.json"))
