"""`lstm-tui forecast` on runs that are there, and on those that are none of prices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_engine.forecast.predictions import Predictions
from lstm_engine.store.script_record import ScriptRecord, write_script_record
from tests.support.price_files import COMPANIES
from tests.support.price_runs import made_run, small_inputs
from tests.support.run_folders import make_run
from tui.cli import main as cli


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    inputs = small_inputs()
    run = made_run(tmp_path / "checkpoints", inputs, Predictions(3, 0.5, np.ones((12, 2)), np.ones((1, 2))))
    write_script_record(run, ScriptRecord(created="", argv=("a",), title="t", directory="/"))
    return run


def test_it_is_told(runs: Path, capsys: Any) -> None:
    assert cli.run(["forecast", runs.name]) == 0
    assert "no better than yesterday's price" in capsys.readouterr().out
    assert cli.run(["forecast", runs.name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["forecast"] == [[1.0, 1.0]]
    assert cli.run(["forecast", runs.name, "--csv"]) == 0
    assert capsys.readouterr().out == "date,A,B\n2024-03-25,1.0,1.0\n"


def test_what_cannot_be_is_said(runs: Path, capsys: Any) -> None:
    Path("companies.csv").write_text(COMPANIES)
    make_run(Path("checkpoints"), "calm-lake")
    for words, sentence in (
        (["calm-lake"], "run calm-lake has no prices by date: expected one of `lstm-tui train --data PRICES.csv`"),
        (["none"], "no run 'none' in checkpoints"),
        ([runs.name, "--data", "companies.csv"], "companies.csv has a row a company: expected prices by date"),
        ([runs.name, "--data", "none.csv"], "none.csv does not exist"),
        ([runs.name, "--horizon", "2"], f"run {runs.name} has no checkpoint of its best epoch, 3"),
        ([runs.name, "--csv", "--json"], "--csv is given with --json: expected one of the two"),
        ([runs.name, "--horizon", "0"], "Invalid value for '--horizon'"),
    ):
        assert cli.run(["forecast", *words]) == 2
        assert sentence in capsys.readouterr().err
