"""The table of predictions, beside what was observed."""

from __future__ import annotations

from tests.support.hands import dashboard
from tests.support.script import Bench, prediction, settled, training
from tests.support.tables import row
from tui.widgets.prediction_table import PredictionTable


async def test_observed_beside_predicted() -> None:
    async with dashboard(Bench(training(1200))) as hands:
        await settled(hands.app, hands.pilot)
        table = hands.screen.query_one(PredictionTable)
        for number, (name, target) in enumerate((("A", 0.0), ("B", 1.0))):
            predicted = prediction(1200, number)
            assert row(table, name) == [name, f"{target:.4f}", f"{predicted:.4f}", f"{predicted - target:+.4f}"]
