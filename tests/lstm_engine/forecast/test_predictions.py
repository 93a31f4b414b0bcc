"""Predictions come back from a run's folder; what is none is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.predictions import PREDICTIONS, Predictions, read_predictions, write_predictions

FOUND = Predictions(7, 0.5, np.arange(6.0).reshape(3, 2), np.ones((1, 2)))


def test_they_come_back(tmp_path: Path) -> None:
    assert read_predictions(tmp_path) is None
    write_predictions(tmp_path, FOUND)
    found = read_predictions(tmp_path)
    assert found is not None
    assert (found.epoch, found.loss) == (7, 0.5)
    assert found.held_out.tobytes() == FOUND.held_out.tobytes()
    assert found.ahead.tobytes() == FOUND.ahead.tobytes()


@pytest.mark.parametrize("cut", [0, 1, 30, -1])
def test_half_a_file_is_said(cut: int, tmp_path: Path) -> None:
    write_predictions(tmp_path, FOUND)
    path = tmp_path / PREDICTIONS
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UserError, match=r"is damaged .*: expected predictions"):
        read_predictions(tmp_path)


@pytest.mark.parametrize("held_out", [np.ones(3), np.ones((3, 2), np.float32), np.array([[{}]], object)])
def test_other_arrays_are_said(held_out: np.ndarray, tmp_path: Path) -> None:
    np.savez(tmp_path / PREDICTIONS, about=np.ones(2), held_out=held_out, ahead=np.ones((1, 2)))
    with pytest.raises(UserError, match="is damaged"):
        read_predictions(tmp_path)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / PREDICTIONS).mkdir()
    with pytest.raises(UserError, match="cannot be read"):
        read_predictions(tmp_path)
