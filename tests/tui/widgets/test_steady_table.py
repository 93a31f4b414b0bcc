"""What is drawn again of a table whose numbers change: all that looks different, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from textual.geometry import Region

from tests.support.hands import dashboard
from tests.support.script import Bench, epochs, settled, training
from tui.widgets.parameter_table import ParameterTable
from tui.widgets.prediction_table import PredictionTable
from tui.widgets.steady_table import SteadyTable


def texts(table: SteadyTable) -> list[str]:
    """Every line in sight, as it would be drawn."""
    return [table.render_line(y).text for y in range(table.size.height)]


@pytest.mark.parametrize("kind", [ParameterTable, PredictionTable])
async def test_every_cell_that_looks_different_is_drawn_again(
    kind: type[SteadyTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with dashboard(Bench(training(1200))) as hands:
        table = hands.screen.query_one(kind)
        await settled(hands.app, hands.pilot)
        shown, drawn = texts(table), list[Region]()
        refresh = kind.refresh

        def noted(self: SteadyTable, *regions: Region, **more: Any) -> SteadyTable:
            drawn.extend(regions)
            return refresh(self, *regions, **more)

        monkeypatch.setattr(kind, "refresh", noted)
        await hands.say(epochs(1201, 1900))
        await settled(hands.app, hands.pilot)
        different = {
            (column, y)
            for y, (before, after) in enumerate(zip(shown, texts(table), strict=True))
            for column, (one, other) in enumerate(zip(before, after, strict=True))
            if one != other
        }
    covered = {(x, y) for region in drawn for x in region.column_range for y in region.line_range}
    rows = {y for _, y in different}
    assert any(len({x for x, line in different if line == y}) > 5 for y in rows), "more than one cell of a row"
    assert different <= covered
    assert {y for _, y in covered} <= rows, "rows that stay are left alone"
