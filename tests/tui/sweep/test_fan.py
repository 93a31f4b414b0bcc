"""The quantiles of the losses, by epoch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_engine.sweep.settings import SweepSettings
from tests.support.sweeps import SETTINGS, results_of
from tui.sweep.chosen_members import ALL
from tui.sweep.fan import fan


def test_curves_stand_at_the_epochs_that_were_recorded() -> None:
    plot = fan(results_of(), ALL)
    assert (plot.title, plot.x_end, plot.log) == ("loss by epoch · all 400 members", 2000, True)
    assert [curve.name for curve in plot.curves] == ["95 %", "75 %", "median", "25 %", "5 %"]
    median = plot.curves[2].curve.series
    assert median.steps[:3].tolist() == [1, 20, 40]
    assert median.last_step == 1200
    last = [curve.curve.series.values[-1] for curve in plot.curves]
    assert last == sorted(last, reverse=True)
    np.testing.assert_allclose(last[2], np.median(results_of().loss), rtol=0.1)


def test_one_combination() -> None:
    found = results_of()
    plot = fan(found, 3)
    assert plot.title == "loss by epoch · uniform, lr 0.1"
    assert min(found.loss[300:]) <= plot.curves[2].curve.series.values[-1] <= max(found.loss[300:])


def test_what_is_no_number_counts_as_the_largest() -> None:
    settings = SweepSettings(seeds=(1, 2, 3), epochs=10)
    losses = np.array([[0.1, 0.2, np.nan]] * 3, np.float32)
    found = replace(results_of(SETTINGS), settings=settings, losses=losses, loss=losses[-1])
    plot = fan(found, ALL)
    assert [float(np.float32(curve.curve.series.values[-1])) for curve in plot.curves[2:]] == [
        float(np.float32(0.2)),
        float(np.float32(0.1)),
        float(np.float32(0.1)),
    ]
    assert np.isnan(plot.curves[0].curve.series.values[-1])
    assert plot.curves[2].curve.series.steps.tolist() == [1, 2, 3]


def test_nothing_was_recorded_yet() -> None:
    plot = fan(results_of(recorded=1), ALL)
    assert len(plot.curves[0].curve.series) == 1
    found = results_of()
    assert not len(fan(replace(found, losses=found.losses[:0]), ALL).curves[0].curve.series)
