"""The chart of a metric on the screen."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lstm_engine.script.vocabulary.fit_events import EpochEnded, FitStarted
from lstm_engine.script.vocabulary.log_events import Logged
from tests.support.board_feed import FedSource, epoch, opening, steps, training
from tests.support.board_hands import board
from tui.board.widgets.metric_chart import MetricChart
from tui.drawing.cells import Role
from tui.state.told import PriceFiles


def text_of(chart: MetricChart) -> str:
    return "\n".join(chart._cells.text(row) for row in range(chart._cells.height))


async def test_it_has_curves_values_and_the_best_of_them() -> None:
    source = FedSource()
    source.feed(training(220))
    async with board(source) as hands:
        (chart, _, third, _) = hands.charts
        roles = chart._cells.roles
        assert {Role.SERIES + 0, Role.SERIES + 2} <= set(np.unique(roles).tolist())
        assert (roles == Role.MARK).sum() == 1
        assert "■ train 0.5595" in text_of(chart)
        assert "best 0.6155 at step 200, epoch 5" in text_of(chart)
        assert "best" not in text_of(third)


async def test_a_point_more_repaints_the_little_that_it_changes() -> None:
    source = FedSource()
    source.feed([*opening(), *epoch(0), *epoch(1), *epoch(2, 20)])
    async with board(source) as hands:
        chart = hands.charts[-1]
        refreshed = []
        chart.refresh = lambda *regions, **_: refreshed.extend(regions)  # type: ignore[method-assign, assignment]
        await hands.feed(steps(101, 105))
        assert refreshed
        assert sum(region.area for region in refreshed) < chart.size.area / 4


async def test_what_stays_the_same_is_not_drawn_again() -> None:
    source = FedSource()
    source.feed(training(220))
    async with board(source) as hands:
        before = hands.charts[0]._cells
        hands.screen.draw()
        assert hands.charts[0]._cells is before


async def test_the_best_validation_is_marked_on_the_curve_of_training_too() -> None:
    source = FedSource()
    apart = {"train_loss": [3.0, 2.0, 1.0], "val_loss": [9.0, 8.0, 9.5]}
    source.feed([Logged(name=name, step=[1, 2, 3], value=values) for name, values in apart.items()])
    async with board(source) as hands:
        (chart,) = hands.charts
        cells = chart._cells
        marked = np.argwhere(cells.glyphs[1:] == "◈").tolist()
        assert len(marked) == 2
        assert marked[0][1] == marked[1][1]
        assert {int(cells.roles[row + 1, column]) for row, column in marked} == {Role.MARK, Role.SERIES + 2}


async def test_of_a_best_before_a_branch_the_epoch_is_said_where_there_is_room_for_no_more() -> None:
    source = FedSource()
    begun = FitStarted(epoch=54, step=1080, batches=20, max_epochs=100)
    ended = EpochEnded(epoch=54, step=1100, metrics={"val_loss": 0.9, "train_loss": 0.1})
    source.feed([begun, ended], prices=PriceFiles(Path("/b"), (1,), (5, 0.25)))
    async with board(source, (60, 20)) as hands:
        text = text_of(hands.charts[0])
        assert "best 0.2500 at epoch 5" in text
        assert "before" not in text
