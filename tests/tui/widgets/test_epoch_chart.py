"""Charts over the epochs, and the mouse on them."""

from __future__ import annotations

from tests.support.hands import dashboard
from tests.support.script import Bench, done, settled, training, until
from tests.support.snapshots import WIDE
from tui.view.layout import LOSS
from tui.widgets.chart import Chart
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


async def test_a_title_goes_by_the_width_that_the_chart_has_come_to() -> None:
    """Whoever draws before the layout has come to rest knows the old width only."""
    async with dashboard(Bench(training()), WIDE) as hands:
        chart = hands.app.screen.query_one("#company-0", Chart)
        spelt_out = chart.title
        assert spelt_out == "A: prediction, target 0"
        chart.styles.width = 30
        await until(lambda: chart.title == "A, target 0")
        chart.styles.width = 60
        await until(lambda: chart.title == spelt_out)
