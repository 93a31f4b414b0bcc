"""Scaling: there and back is where it began, and what is held out has no part in it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.prices.scaling import ScaleKind, fitted_scaling
from lstm_engine.prices.table import PriceTable
from lstm_engine.prices.time_split import time_split
from lstm_engine.prices.windows import Target, windows
from tests.support.price_tables import price_tables, table_of_prices

KINDS = st.sampled_from(["none", "z", "minmax"])
TARGETS = st.sampled_from(["return", "price"])


@given(price_tables(), TARGETS, KINDS)
def test_there_and_back_is_where_it_began(table: PriceTable, target: Target, kind: ScaleKind) -> None:
    found = windows(table, 2, target)
    scaling = fitted_scaling(found, time_split(found), kind)
    for values in (found.inputs(), found.targets()):
        back = scaling.unscaled(scaling.scaled(values, found.ticker()), found.ticker())
        assert back == pytest.approx(values, rel=1e-9, abs=1e-9)
    predicted = scaling.unscaled(scaling.scaled(found.targets(), found.ticker()), found.ticker())
    assert found.in_prices(predicted) == pytest.approx(found.observed())


@given(price_tables(), TARGETS, KINDS, st.data())
def test_what_is_held_out_changes_no_figure(
    table: PriceTable, target: Target, kind: ScaleKind, data: st.DataObject
) -> None:
    found = windows(table, 2, target)
    split = time_split(found)
    prices = table.prices.copy()
    held_out = prices[split.day :]
    held_out[:] = data.draw(st.floats(0.5, 5000)) * np.arange(1, held_out.size + 1).reshape(held_out.shape)
    other = windows(table_of_prices(prices), 2, target)
    one, another = fitted_scaling(found, split, kind), fitted_scaling(other, time_split(other), kind)
    assert (one.shift == another.shift).all()
    assert (one.factor == another.factor).all()
    assert (
        one.scaled(found.inputs(split.training), found.ticker(split.training))
        == another.scaled(other.inputs(split.training), other.ticker(split.training))
    ).all()


@given(price_tables(), TARGETS)
def test_the_part_that_is_trained_on_is_scaled_to_what_the_kind_says(table: PriceTable, target: Target) -> None:
    found = windows(table, 1, target)
    split = time_split(found)
    known = np.unique(found.target_day(split.training))
    days = found.series[: known[-1] - found.first_day + found.length + 1]
    for ticker, values in enumerate(days.T):
        owner = np.full(len(values), ticker)
        least_most = fitted_scaling(found, split, "minmax").scaled(values, owner)
        normal = fitted_scaling(found, split, "z").scaled(values, owner)
        if values.min() == values.max():
            assert not normal.any()
            assert not least_most.any()
        else:
            assert (least_most.min(), least_most.max()) == (0, 1)
            assert normal.mean() == pytest.approx(0, abs=1e-6)
            assert normal.std() == pytest.approx(1)


def test_none_changes_no_bit() -> None:
    found = windows(table_of_prices([[1 / 3], [2 / 3], [0.1], [7.7]]), 1, "price")
    scaling = fitted_scaling(found, time_split(found), "none")
    assert (scaling.scaled(found.targets(), found.ticker()) == found.targets()).all()


def test_tickers_have_scales_of_their_own() -> None:
    found = windows(table_of_prices([[1, 1000], [2, 3000], [3, 5000], [9, 9]]), 1, "price")
    scaling = fitted_scaling(found, time_split(found), "minmax")
    assert scaling.shift.tolist() == [1, 1000]
    assert scaling.factor.tolist() == [2, 4000]
    assert scaling.scaled(found.inputs(slice(2, 4)), found.ticker(slice(2, 4))).tolist() == [[0.5], [0.5]]
    with pytest.raises(ValueError, match="read-only"):
        scaling.shift[0] = 0
