"""The losses of members by epoch: half of them lie between the curves of 25 and 75 %, most within the outer."""

from __future__ import annotations

import numpy as np

from lstm_engine.sweep.results import Results
from lstm_engine.sweep.sweep_folder import every
from tui.board.drawing.metric_plot import MetricPlot, NamedCurve
from tui.board.drawing.series_layer import MetricCurve
from tui.board.state.series import Series
from tui.sweep.chosen_members import choice_words, members_of
from tui.text.numbers import figure

#: The quantiles, by name; the colours and marks are those of series.
QUANTILES = ((0.95, "95 %", 3), (0.75, "75 %", 1), (0.5, "median", 0), (0.25, "25 %", 2), (0.05, "5 %", 4))


def fan(results: Results, chosen: int) -> MetricPlot:
    """A curve a quantile, on a logarithmic scale. A loss that is not finite counts as the largest."""
    settings = results.settings
    losses = results.losses[:, members_of(settings, chosen)].astype(np.float64)
    losses = np.where(np.isfinite(losses), losses, np.inf)
    epochs = _epochs(len(losses), every(settings))
    curves = []
    for quantile, name, number in QUANTILES:
        values = np.quantile(losses, quantile, axis=1, method="inverted_cdf") if len(losses) else np.empty(0)
        curve = MetricCurve(Series().extended(epochs, values))
        text = figure(float(values[-1]), 9) if len(values) else ""
        curves.append(NamedCurve(curve, name, text, number))
    title = f"loss by epoch · {choice_words(settings, chosen)}"
    return MetricPlot(title, tuple(curves), x_end=settings.epochs, log=True)


def _epochs(count: int, apart: int) -> list[int]:
    """Those that were recorded: the first, and each `apart`th."""
    if apart == 1:
        return list(range(1, count + 1))
    return [1, *(number * apart for number in range(1, count))][:count]
