"""A tensor in a few numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.weight_history.history import Snapshot, read_history
from lstm_engine.weight_history.tensor_figures import TensorFigures, tensor_figures
from tests.support.weight_histories import put_tensors


def figures(run: Path, epoch: int) -> dict[str, TensorFigures]:
    history = read_history(run)
    assert history is not None
    return tensor_figures(history, history.at(epoch))


def test_what_it_comes_to(tmp_path: Path) -> None:
    before, after = np.array([[3.0, -4.0]], np.float32), np.array([[3.0, -5.0]], np.float32)
    put_tensors(tmp_path, {1: {"w": before}, 2: {"w": after}, 4: {"w": after}})
    assert figures(tmp_path, 1)["w"] == TensorFigures(5.0, -0.5, -4.0, None)
    assert figures(tmp_path, 2)["w"] == TensorFigures(pytest.approx(34**0.5), -1.0, -5.0, pytest.approx(0.2))
    assert figures(tmp_path, 4)["w"].change is None
    assert figures(tmp_path, 3)["w"].change is None  # of the epoch next to it


def test_the_epoch_before_may_come_from_elsewhere(tmp_path: Path) -> None:
    before, after = np.array([[3.0, -4.0]], np.float32), np.array([[3.0, -5.0]], np.float32)
    put_tensors(tmp_path, {1: {"w": after}, 3: {"w": after}})
    history = read_history(tmp_path)
    assert history is not None
    elsewhere = Snapshot(2, True, {"w": before})
    assert tensor_figures(history, history.at(3), elsewhere)["w"].change == pytest.approx(0.2)
    assert tensor_figures(history, elsewhere)["w"].change == pytest.approx(1 / 34**0.5)
    assert tensor_figures(history, replace(elsewhere, is_exact=False), elsewhere)["w"].change is None


def test_what_is_not_finite_counts_for_nothing(tmp_path: Path) -> None:
    put_tensors(tmp_path, {1: {"w": np.array([np.nan, 2.0], np.float32), "b": np.array([np.inf], np.float32)}})
    found = figures(tmp_path, 1)
    assert found["w"] == TensorFigures(2.0, 2.0, 2.0)
    assert np.isnan(found["b"].norm)
