"""The model of a checkpoint on other prices."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from lstm_engine.forecast.inputs import inputs_of, write_inputs
from lstm_engine.forecast.predictions import read_predictions
from lstm_engine.price_model import apply_program
from lstm_engine.script.script_run import CHECKPOINTS
from tests.support.price_runs import made_run, small_inputs, trained, weekdays


def ask(monkeypatch: Any, capsys: Any, *paths: Path) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["apply", *map(str, paths)])
    status = apply_program.main()
    return status, capsys.readouterr().out


def test_the_same_prices_come_to_the_same_forecast(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    inputs = small_inputs(horizon=3, epochs=2)
    run = made_run(tmp_path, inputs)
    trained(monkeypatch, run, inputs)
    [best] = (run / CHECKPOINTS).glob("best-*")
    status, text = ask(monkeypatch, capsys, run, best, run / "inputs")
    assert status == 0
    found = read_predictions(run)
    assert found is not None
    np.testing.assert_array_equal(msgspec.json.decode(text), found.ahead)
    # Prices ten times as high are the same returns: the scaling is that of the training.
    higher = weekdays()
    higher = type(higher)("other", higher.tickers, higher.dates, 10 * higher.prices, "", "wide")
    other = tmp_path / "other"
    other.mkdir()
    write_inputs(other, inputs_of(inputs.settings, higher))
    status, text = ask(monkeypatch, capsys, run, best, other)
    assert status == 0
    np.testing.assert_allclose(msgspec.json.decode(text), 10 * found.ahead, rtol=1e-9)


@pytest.mark.parametrize("content", [None, b"", b"no checkpoint", b"PK\x03\x04"])
def test_a_checkpoint_that_is_none_is_said(
    content: bytes | None, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    run = made_run(tmp_path, small_inputs())
    path = tmp_path / "best.ckpt"
    if content is not None:
        path.write_bytes(content)
    status, text = ask(monkeypatch, capsys, run, path, run / "inputs")
    assert status == 1
    assert text.endswith("expected the run's checkpoint\n")
