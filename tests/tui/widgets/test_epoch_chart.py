"""Charts over the epochs, and the mouse on them."""

from __future__ import annotations

from tests.support.hands import dashboard
from tests.support.script import Bench, done, settled
from tui.view.layout import LOSS
from tui.widgets.epoch_chart import EpochChart


async def test_columns_and_epochs_are_each_other_s_inverse_and_a_click_is_its_epoch() -> None:
    async with dashboard(Bench(done())) as hands:
        await settled(hands.app, hands.pilot)
        chart = hands.screen.query_one(f"#{LOSS}", EpochChart)
        assert chart.columns > 20
        first, last = chart.column_of(0), chart.column_of(2000)
        assert last - first == chart.columns - 1
        for column in range(first, last + 1):
            assert chart.column_of(chart.epoch_at(column)) == column
        assert chart.column_of(5000) == -1
        column = (first + last) // 2
        left = chart.content_region.x - chart.region.x
        await hands.click(chart, (left + column, 5))
        assert hands.screen.timeline.cursor == chart.epoch_at(column)
