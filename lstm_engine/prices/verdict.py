"""How good predictions of prices are, beside what anybody could say without a model."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Prices = NDArray[np.float64]


class Errors(NamedTuple):
    """In price units. mae: mean absolute error. rmse: root of the mean squared error."""

    mae: float
    rmse: float


class Direction(NamedTuple):
    """Up or down, of the predictions of prices that moved at all.

    right: the share of them that said so rightly; one that says no change is wrong.
    base_rate: what always saying `base` would have got right. n: how many there are.
    margin: a share of n tosses of a fair coin lies within so much of a half, 95 times in 100.
    """

    right: float
    base: Literal["up", "down"]
    base_rate: float
    n: int
    margin: float


class LagCheck(NamedTuple):
    """How far the predictions' change from day to day goes with two moves of the price, as correlations.

    A prediction for tomorrow that is today's price moves with today. None where one of both never changes.

    today: with the change from yesterday to today, which the model has seen.
    tomorrow: with the change from today to tomorrow, which it is to predict.
    """

    today: float | None
    tomorrow: float | None


class Verdict(NamedTuple):
    """Predictions against what came, and against baselines.

    n: predictions. model, naive, seasonal: the errors of the model; of "tomorrow is as today"; of "as a period
    before", None where there is no period or not enough days before.
    ratio, seasonal_ratio: the model's mean absolute error by that of the baseline; below 1 the model is better.
    None where the baseline is never wrong, or there is none.
    margin, seasonal_margin: of two that err alike the ratio lies within so much of 1, 95 times in 100; NaN of one day.
    direction: None where no price moved.
    """

    n: int
    model: Errors
    naive: Errors
    seasonal: Errors | None
    ratio: float | None
    margin: float | None
    seasonal_ratio: float | None
    seasonal_margin: float | None
    direction: Direction | None
    lag: LagCheck

    @property
    def is_better(self) -> bool:
        """Than the price before, by more than chance gives."""
        return beats(self.ratio, self.margin)


def beats(ratio: float | None, margin: float | None) -> bool:
    """Whether the errors are smaller: as the ratio is shown, with two decimals, and by more than chance gives."""
    return ratio is not None and margin is not None and round(ratio, 2) < 1 and ratio + margin < 1


def verdict(predicted: Prices, prices: Prices, period: int | None = None) -> Verdict:
    """The verdict on predictions for the last days of a table, each made on the day before.

    Errors are means over all days and tickers alike, so that tickers of high prices weigh most.

    Args:
        predicted: in price units, shape (M, N) for the last M days.
        prices: what came, shape (D, N), D > M.
        period: days after which a season comes again, such as 12 for months; None where none does.

    Raises:
        ValueError: where the shapes do not fit.
    """
    first = _first(predicted, prices)
    with np.errstate(over="ignore", invalid="ignore"):  # of a model that has diverged
        return _verdict(predicted, prices, first, period)


def _first(predicted: Prices, prices: Prices) -> int:
    """The row of prices that is predicted first. Raises ValueError where the shapes do not fit."""
    days = len(predicted)
    if not 0 < days < len(prices) or predicted.shape[1:] != prices.shape[1:]:
        raise ValueError(f"predictions of shape {predicted.shape} for prices of shape {prices.shape}")
    return len(prices) - days


def naive_ratio(predicted: Prices, prices: Prices) -> float | None:
    """The ratio of `verdict` alone, which is most of what there is to say and little to compute; shapes as there.

    Raises:
        ValueError: where the shapes do not fit.
    """
    first = _first(predicted, prices)
    with np.errstate(over="ignore", invalid="ignore"):  # of a model that has diverged
        observed = prices[first:]
        return _ratio(_errors(predicted, observed), _errors(prices[first - 1 : -1], observed))


def _verdict(predicted: Prices, prices: Prices, first: int, period: int | None) -> Verdict:
    """first: the row of prices that is predicted first."""
    observed, before = prices[first:], prices[first - 1 : -1]
    model, naive = _errors(predicted, observed), _errors(before, observed)
    margin = _margin(predicted, before, observed)
    seasonal = seasonal_margin = None
    if period is not None and 0 < period <= first:
        season = prices[first - period : len(prices) - period]
        seasonal, seasonal_margin = _errors(season, observed), _margin(predicted, season, observed)
    return Verdict(
        n=predicted.size,
        model=model,
        naive=naive,
        seasonal=seasonal,
        ratio=_ratio(model, naive),
        margin=margin,
        seasonal_ratio=None if seasonal is None else _ratio(model, seasonal),
        seasonal_margin=seasonal_margin,
        direction=_direction(predicted - before, observed - before),
        lag=_lag_check(predicted, prices[first - 1 :]),
    )


def _errors(predicted: Prices, observed: Prices) -> Errors:
    error = predicted - observed
    return Errors(float(np.abs(error).mean()), math.sqrt(float(np.square(error).mean())))


def _ratio(model: Errors, baseline: Errors) -> float | None:
    return model.mae / baseline.mae if baseline.mae else None


def _margin(predicted: Prices, baseline: Prices, observed: Prices) -> float | None:
    """By the test of Diebold & Mariano 1995 for forecasts a step ahead, on the differences of the errors by day."""
    of_baseline = np.abs(baseline - observed)
    differences = (np.abs(predicted - observed) - of_baseline).mean(axis=1)
    scale = of_baseline.mean()
    if not scale:
        return None
    if len(differences) < 2:
        return math.nan
    return float(1.96 * differences.std(ddof=1) / math.sqrt(len(differences)) / scale)


def _direction(predicted: Prices, observed: Prices) -> Direction | None:
    moved = observed != 0
    n = int(moved.sum())
    if not n:
        return None
    right = float((np.sign(predicted[moved]) == np.sign(observed[moved])).mean())
    up = float((observed[moved] > 0).mean())
    base: Literal["up", "down"] = "up" if up >= 0.5 else "down"
    return Direction(right, base, max(up, 1 - up), n, 1.96 * math.sqrt(0.25 / n))


def _lag_check(predicted: Prices, prices: Prices) -> LagCheck:
    """prices: from the day before the first that is predicted."""
    change = np.diff(predicted, axis=0)
    moves = np.diff(prices, axis=0)
    return LagCheck(_correlation(change, moves[:-1]), _correlation(change, moves[1:]))


def _correlation(one: Prices, other: Prices) -> float | None:
    """The mean of every ticker's own, so that dear ones weigh as cheap ones do."""
    if len(one) < 2:
        return None
    one, other = one - one.mean(axis=0), other - other.mean(axis=0)
    scale = np.sqrt(np.square(one).sum(axis=0) * np.square(other).sum(axis=0))
    known = scale > 0
    if not known.any():
        return None
    return float(((one * other).sum(axis=0)[known] / scale[known]).mean())
