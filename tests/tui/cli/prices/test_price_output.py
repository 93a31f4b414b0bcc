"""What `lstm-tui train` says of a model of prices, as lines and as JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np

from lstm_engine.forecast.predictions import Predictions
from lstm_engine.script.progress import Progress
from lstm_engine.script.vocabulary.fit_events import EpochStarted
from tests.support.price_runs import made_run, small_inputs
from tui.cli.prices.price_output import JsonOutput, conclude

FIELDS = ["loss", "mae", "rmse", "naive_mae", "ratio", "seasonal_ratio", "direction", "base_rate", "n", "best_epoch"]


def finished_run(root: Path, value: float | None = None) -> Path:
    inputs = small_inputs()
    held_out = inputs.table.prices[inputs.split.day - 1 : -1].copy()
    if value is not None:
        held_out[:] = value
    return made_run(root, inputs, Predictions(3, 0.5, held_out, np.ones((1, 2))))


def test_every_event_and_the_verdict_are_an_object_a_line(tmp_path: Path) -> None:
    stream = io.StringIO()
    output = JsonOutput(finished_run(tmp_path), stream)
    output.show(EpochStarted(epoch=4, step=9), Progress(epoch=5, loss=0.25))
    output.conclude(0)
    first, last = map(json.loads, stream.getvalue().splitlines())
    assert (first["type"], first["epoch"]) == ("epoch_started", 4)
    assert {name: last[name] for name in ("type", "run", "epoch", "train_loss")} == {
        "type": "run_finished",
        "run": "run",
        "epoch": 5,
        "train_loss": 0.25,
    }
    assert list(last["validation"]) == FIELDS
    assert (last["validation"]["ratio"], last["validation"]["best_epoch"]) == (1.0, 3)
    assert last["validation"]["seasonal_ratio"] is None


def test_what_is_no_number_is_null(tmp_path: Path) -> None:
    stream = io.StringIO()
    JsonOutput(finished_run(tmp_path, np.inf), stream).conclude(0)
    validation = json.loads(stream.getvalue())["validation"]
    assert (validation["mae"], validation["ratio"], validation["n"]) == (None, None, 24)


def test_what_did_not_end_well_has_no_verdict(tmp_path: Path) -> None:
    stream = io.StringIO()
    run = finished_run(tmp_path)
    JsonOutput(run, stream).conclude(1)
    conclude(run, 130, stream)
    assert stream.getvalue() == ""
    conclude(run, 0, stream)
    assert "no better than yesterday's price" in stream.getvalue()


def test_a_run_that_predicted_nothing_is_said(tmp_path: Path, capsys: object) -> None:
    stream = io.StringIO()
    run = made_run(tmp_path, small_inputs())
    JsonOutput(run, stream).conclude(0)
    assert json.loads(stream.getvalue())["validation"] is None
    assert "has predicted nothing yet" in capsys.readouterr().err  # type: ignore[attr-defined]
