"""The chart of a metric on the screen."""

from __future__ import annotations

import numpy as np

from tests.support.board_feed import FedSource, epoch, opening, steps, training
from tests.support.board_hands import board
from tui.board.widgets.metric_chart import MetricChart
from tui.drawing.cells import Role


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
        assert "best 0.6155 at step 200" in text_of(chart)
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
