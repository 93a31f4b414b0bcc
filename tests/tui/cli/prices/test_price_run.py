"""`lstm-tui train` on prices, whole: a real run, its lines, its verdict, and what is left of it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.listing.entries import entries
from lstm_engine.script.going_on import checkpoint_of
from lstm_engine.script.progress import completed
from tests.support.kept_scripts import wait_for, wait_until_over
from tests.support.price_runs import weekdays
from tui.cli import main as cli

WORDS = ["--window", "5", "--hidden", "2", "--epochs", "2", "--lr", "0.01", "--horizon", "2"]


@pytest.fixture
def prices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    table = weekdays()
    rows = [f"{date},{a},{b}" for date, (a, b) in zip(table.dates, table.prices.tolist(), strict=True)]
    Path("walks.csv").write_text("\n".join(["Date,A,B", *rows]) + "\n")
    return "walks.csv"


def test_a_run_ends_with_its_verdict(prices: str, capsys: Any) -> None:
    assert cli.run(["train", "--data", prices, *WORDS]) == 0
    lines = capsys.readouterr().out.splitlines()
    [entry] = entries(Path("checkpoints"))
    assert lines[0] == "walks.csv: wide, 2 tickers, 60 days from 2024-01-01 to 2024-03-22"
    assert lines[1].startswith(f"run {entry.run}: process ")
    assert any(line.startswith("held out: 24 predictions, 2024-03-07 to 2024-03-22") for line in lines)
    assert any("yesterday's price" in line for line in lines)
    assert lines[-1].startswith("2024-03-26")
    assert not any(line.startswith("saved") for line in lines)
    assert (entry.state, entry.epoch) == ("finished", 2)
    assert cli.run(["resume", entry.run, "--no-screen", "--epochs", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("held out: 24 predictions") for line in lines)
    assert lines[-1].startswith("2024-03-26")
    assert cli.run(["forecast", entry.run, "--csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_ctrl_c_saves_where_it_is_and_gives_no_verdict(prices: str) -> None:
    program = [sys.executable, "-m", "tui", "train", "--data", prices, *WORDS, "--epochs", "1000000"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        # An interruption saves the run once it is named.
        assert any(line.startswith("run ") for line in iter(process.stdout.readline, ""))
        wait_for(lambda: any(entry.epoch for entry in entries(Path("checkpoints"))))
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    [entry] = entries(Path("checkpoints"))
    assert process.returncode == 130
    saved = checkpoint_of(Path(entry.directory))
    place = f"epoch {completed(saved)}, step {saved.step}"
    assert errors == f"lstm-tui: saved at {place}; lstm-tui resume {entry.run} goes on\n"
    assert f"fit stopped at {place}\n" in output
    assert "held out" not in output


def test_json_ends_with_the_verdict(prices: str, capsys: Any) -> None:
    assert cli.run(["train", "--data", prices, *WORDS, "--json", "--model", "nn-lstm"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[0]["type"] == "script_started"
    assert (told[-1]["type"], told[-1]["epoch"], told[-1]["validation"]["n"]) == ("run_finished", 2, 24)


def test_it_can_be_left_alone(prices: str, capsys: Any) -> None:
    assert cli.run(["train", "--data", prices, *WORDS, "--json", "--detach"]) == 0
    begun = json.loads(capsys.readouterr().out)
    wait_until_over(Path(begun["directory"]))


def test_the_dashboard_needs_a_terminal(prices: str, capsys: Any) -> None:
    assert cli.run(["--data", prices, *WORDS]) == 2
    assert "the dashboard is for a terminal" in capsys.readouterr().err
    assert not Path("checkpoints").exists()


def test_patience_that_ends_a_run_is_said_and_added_epochs_begin_it_anew(prices: str, capsys: Any) -> None:
    words = [*WORDS, "--epochs", "200", "--lr", "0.3", "--patience", "2"]
    assert cli.run(["train", "--data", prices, *words]) == 0
    [entry] = entries(Path("checkpoints"))
    output, errors = capsys.readouterr()
    assert errors == ""
    assert f"patience ended it at epoch {entry.epoch}, step" in output
    assert "no better val_loss for 2 validations\n" in output
    assert "held out" in output
    assert "of the epochs so far" not in output
    assert entry.epoch < entry.target
    assert entry.state == "finished"
    assert cli.run(["resume", entry.run, "--no-screen"]) == 2
    told = (
        f"run {entry.run} is at its end, epoch {entry.epoch}, by its patience (no better val_loss for 2 validations)"
    )
    assert told in capsys.readouterr().err
    assert cli.run(["resume", entry.run, "--no-screen", "--epochs", "2"]) == 0
    assert f"training from epoch {entry.epoch} to epoch {entry.epoch + 2}" in capsys.readouterr().out
    [after] = entries(Path("checkpoints"))
    assert after.epoch == entry.epoch + 2


def test_a_run_that_was_stopped_elsewhere_has_a_verdict_of_the_epochs_so_far(prices: str) -> None:
    program = [sys.executable, "-m", "tui", "train", "--data", prices, *WORDS, "--epochs", "1000000"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        wait_for(lambda: any(entry.epoch for entry in entries(Path("checkpoints"))))
        [entry] = entries(Path("checkpoints"))
        assert cli.run(["stop", entry.run]) == 0
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "of the epochs so far, " in output
    assert " of 1000000:\nheld out: " in output
    assert f"; lstm-tui resume {entry.run} goes on\n" in errors
