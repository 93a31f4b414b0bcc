"""The chart of the companies' days is drawn again where they are others, and only there."""

from __future__ import annotations

import pytest

from lstm_engine.data.companies import WALK_THROUGH
from tests.support.hands import dashboard
from tests.support.script import Bench, companies, ready, settled
from tui.widgets.data_chart import DataChart


async def test_it_is_drawn_for_other_companies_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async with dashboard(Bench(ready())) as hands:
        await settled(hands.app, hands.pilot)
        chart = hands.screen.query_one(DataChart)
        drawn: list[str] = []
        monkeypatch.setattr(chart, "redraw", lambda: drawn.append(str(chart.border_title)))
        chart.show(WALK_THROUGH, chart._chosen)
        assert drawn == []
        many = companies(9)
        chart.show(many, (0, 1))
        chart.show(many, (0, 2))
        chart.show(many, (0, 2))
    assert drawn == ["data: many.csv"] * 2
