"""The table of parameters: every number of an epoch, beside what it was."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_engine.lstm.parameters import GATES
from lstm_engine.run.config import RunConfig
from tests.support.hands import dashboard
from tests.support.script import Bench, parameter, ready, settled, training
from tests.support.tables import row
from tui.widgets.parameter_table import ParameterTable


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
async def test_parameters_by_gate_with_their_change_since_the_start(model: str) -> None:
    config = RunConfig(model=model)
    async with dashboard(Bench(training(1200, config=config), config=config), (160, 60)) as hands:
        await settled(hands.app, hands.pilot)
        table = hands.screen.query_one(ParameterTable)
        gates = [hands.session.specs[table._order[number]].gate for number in range(table.row_count)]
        assert gates == sorted(gates, key=GATES.index)
        for spec in hands.session.specs:
            start, value = (float(np.float32(parameter(spec.name, epoch))) for epoch in (0, 1200))
            assert row(table, spec.name)[1:] == [
                *(spec.name, spec.role),
                *(f"{start:.4f}", f"{value:.4f}", f"{value - start:+.4f}"),
            ]


async def test_an_untrained_model_has_not_changed() -> None:
    async with dashboard(Bench(ready())) as hands:
        await settled(hands.app, hands.pilot)
        assert row(hands.screen.query_one(ParameterTable), "wlr1")[-1] == "0.0000"
