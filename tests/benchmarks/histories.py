"""Histories of any length, made up: curves that look like training, with noise so that every column has a range."""

from __future__ import annotations

import numpy as np

from lstm_engine.run.history import Columns, Rows


def made_up(columns: Columns, epochs: int) -> Rows:
    """Rows of epoch 0 to `epochs`."""
    random = np.random.default_rng(epochs)
    time = np.linspace(0.0, 1.0, epochs + 1, dtype=np.float32)[:, np.newaxis]
    ends = random.uniform(-1, 2, columns.width).astype(np.float32)
    rows: Rows = ends * (1 - np.exp(-5 * time)) + _noise(columns, epochs + 1)
    rows[:, 0] = np.abs(rows[:, 0]) + 0.5 * np.exp(-5 * time[:, 0])
    rows[0, 0] = np.nan
    return rows


def going_on(columns: Columns, last: Rows, epochs: int) -> Rows:
    """The rows of that many epochs more, after one that ended in the row `last`."""
    return last + _noise(columns, epochs)


def _noise(columns: Columns, epochs: int) -> Rows:
    noise: Rows = np.random.default_rng(epochs).standard_normal((epochs, columns.width), np.float32) * np.float32(0.02)
    return noise
