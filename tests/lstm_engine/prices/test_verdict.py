"""The verdict: figures that can be worked out by hand, and models of which it is known what they do."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.prices.table import PriceTable
from lstm_engine.prices.verdict import Errors, LagCheck, verdict
from tests.support.price_tables import price_tables

PRICES = np.array([[10.0], [12], [11], [15], [15], [14]])
RANDOM = np.random.default_rng(1)
WALK = 100 + np.cumsum(RANDOM.normal(size=(2000, 2)), axis=0)


def test_figures_by_hand() -> None:
    found = verdict(np.array([[13.0], [14], [16], [13]]), PRICES)
    assert found.n == 4
    assert found.model == Errors((2 + 1 + 1 + 1) / 4, math.sqrt((4 + 1 + 1 + 1) / 4))
    assert found.naive == Errors((1 + 4 + 0 + 1) / 4, math.sqrt((1 + 16 + 0 + 1) / 4))
    assert found.ratio == 5 / 6
    assert found.margin == pytest.approx(1.96 * statistics.stdev([2 - 1, 1 - 4, 1 - 0, 1 - 1]) / math.sqrt(4) / 1.5)
    assert not found.is_better
    assert found.seasonal is None
    assert found.seasonal_ratio is None
    assert found.direction is not None
    assert (found.direction.n, found.direction.base) == (3, "down")
    assert (found.direction.right, found.direction.base_rate) == pytest.approx((2 / 3, 2 / 3))
    assert found.direction.margin == pytest.approx(1.96 * math.sqrt(0.25 / 3))


def test_who_knows_nothing_is_rarely_called_better() -> None:
    better = 0
    for seed in range(400):
        random = np.random.default_rng(seed)
        prices = 100 + random.normal(size=(151, 2)).cumsum(axis=0)
        better += verdict(prices[:-1] + 0.05 * random.normal(size=(150, 2)), prices).is_better
    assert better <= 20


def test_who_knows_a_little_is_called_better_where_there_are_days_enough() -> None:
    moves = np.diff(WALK, axis=0)
    guess = 0.1 * moves + 0.1 * np.random.default_rng(2).normal(size=moves.shape)
    assert verdict(WALK[:-1] + guess, WALK).is_better
    one_day = verdict(WALK[-1:], WALK)
    assert one_day.ratio == 0
    assert not one_day.is_better


def test_430_tosses_are_within_47_in_1000() -> None:
    found = verdict(WALK[-215:], WALK)
    assert found.direction is not None
    assert (found.direction.n, round(found.direction.margin, 3)) == (430, 0.047)


def test_the_season_before() -> None:
    prices = np.tile([[1.0, 10], [5, 50], [3, 30], [2, 20]], (3, 1))
    found = verdict(prices[8:] + 1, prices, period=4)
    assert found.seasonal == Errors(0, 0)
    assert found.seasonal_ratio is None
    found = verdict(prices[8:] + 1, prices + np.arange(12)[:, np.newaxis], period=4)
    assert found.seasonal == Errors(4, 4)
    assert verdict(prices[8:], prices, period=8).seasonal is not None
    assert verdict(prices[8:], prices, period=9).seasonal is None


def test_yesterdays_price_is_as_good_as_itself_and_follows_today() -> None:
    found = verdict(WALK[-501:-1], WALK)
    assert found.ratio == 1
    assert found.direction is not None
    assert found.direction.right == 0
    assert found.lag.today == pytest.approx(1)
    assert found.lag.tomorrow == pytest.approx(0, abs=0.1)


def test_a_model_that_knows_follows_tomorrow() -> None:
    found = verdict(WALK[-500:], WALK)
    assert found.ratio == 0
    assert found.direction is not None
    assert found.direction.right == 1
    assert found.lag.tomorrow == pytest.approx(1)
    assert found.lag.today == pytest.approx(0, abs=0.1)


def test_cheap_tickers_count_as_dear_ones_in_the_lag_check() -> None:
    scales = np.array([1.0, 1000.0])
    one, other = verdict(WALK[-301:-1], WALK), verdict(WALK[-301:-1] * scales, WALK * scales)
    assert one.lag.today == pytest.approx(other.lag.today)
    assert one.lag.tomorrow == pytest.approx(other.lag.tomorrow)


def test_what_cannot_be_said_is_not() -> None:
    flat = verdict(np.ones((3, 1)), np.ones((5, 1)))
    assert (flat.ratio, flat.direction, flat.lag) == (None, None, LagCheck(None, None))
    assert verdict(np.ones((1, 1)), PRICES).lag == LagCheck(None, None)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [math.nan, math.inf, 1e200])
def test_a_model_that_has_diverged_is_no_error(value: float) -> None:
    found = verdict(np.full((3, 1), value), PRICES)
    assert not math.isfinite(found.model.rmse)
    assert math.isfinite(found.naive.mae)


@pytest.mark.parametrize("predicted", [np.ones((6, 1)), np.ones((0, 1)), np.ones((2, 2))])
def test_what_does_not_fit_is_refused(predicted: np.ndarray) -> None:
    with pytest.raises(ValueError, match="predictions of shape"):
        verdict(predicted, PRICES)


@given(price_tables(), st.floats(0.5, 2))
def test_another_currency_changes_no_ratio(table: PriceTable, rate: float) -> None:
    predicted = table.prices[-4:] * 1.01
    one, other = verdict(predicted, table.prices, 2), verdict(predicted * rate, table.prices * rate, 2)
    assert other.model.mae == pytest.approx(one.model.mae * rate)
    assert other.ratio == pytest.approx(one.ratio)
