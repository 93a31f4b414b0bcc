"""What the chart of a ticker's prices shows."""

from __future__ import annotations

import numpy as np

from tui.board.drawing.price_plot import PricePlot


def test_the_last_days_are_held_out() -> None:
    dates = np.datetime64("2024-01-01", "D") + np.arange(12)
    assert PricePlot(dates, np.ones(10), np.ones(3), np.ones(2)).cut == 7
