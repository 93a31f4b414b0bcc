"""The verdict in words: no better is called no better."""

from __future__ import annotations

import math

import pytest

from lstm_engine.prices.verdict import Direction, Errors, LagCheck, Verdict
from lstm_engine.prices.verdict_words import verdict_words

ERRORS = Errors(2, 3)
VERDICT = Verdict(
    n=430,
    model=ERRORS,
    naive=ERRORS,
    seasonal=None,
    ratio=0.35,
    margin=0.005,
    seasonal_ratio=None,
    seasonal_margin=None,
    direction=Direction(0.54, "up", 0.542, 430, 0.047),
    lag=LagCheck(0.46, 0.01),
)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (0.35, "better than yesterday's price (0.35 of its error)"),
        (0.994, "better than yesterday's price (0.99 of its error)"),
        (0.996, "no better than yesterday's price (1.00 of its error)"),
        (1.0, "no better than yesterday's price (1.00 of its error)"),
        (2.19, "no better than yesterday's price (2.19 of its error)"),
        (None, "yesterday's price is never wrong here: no ratio to it"),
    ],
)
def test_a_ratio_that_is_not_below_one_is_no_better(ratio: float | None, words: str) -> None:
    assert verdict_words(VERDICT._replace(ratio=ratio))[0] == words


@pytest.mark.parametrize(
    ("margin", "words"),
    [
        (0.03, "better than yesterday's price (0.96 of its error)"),
        (0.05, "no better than yesterday's price (0.96 of its error, ±0.05 by chance)"),
        (math.nan, "no better than yesterday's price (0.96 of its error, on one day alone)"),
    ],
)
def test_what_chance_gives_is_no_better(margin: float, words: str) -> None:
    assert verdict_words(VERDICT._replace(ratio=0.96, margin=margin))[0] == words


def test_all_of_it() -> None:
    assert verdict_words(VERDICT) == (
        "better than yesterday's price (0.35 of its error)",
        "direction right 54.0% of 430, no better than always up (always up: 54.2%, ±4.7 points by chance)",
        "follows today's move, 0.46; tomorrow's, 0.01",
    )
    right = VERDICT.direction._replace(right=0.931)  # type: ignore[union-attr]
    assert "of 430 (always up" in verdict_words(VERDICT._replace(direction=right))[1]


def test_months_are_no_days() -> None:
    seasonal = VERDICT._replace(seasonal=ERRORS, seasonal_ratio=1.07, seasonal_margin=0.1)
    assert verdict_words(seasonal, "months") == (
        "better than last month's price (0.35 of its error)",
        "no better than the price of the season before (1.07 of its error)",
        "direction right 54.0% of 430, no better than always up (always up: 54.2%, ±4.7 points by chance)",
        "follows the last move, 0.46; the next, 0.01",
    )
    assert verdict_words(VERDICT, "dates")[0].startswith("better than the price before")


def test_what_is_not_known_is_not_said() -> None:
    bare = VERDICT._replace(model=Errors(math.nan, math.nan), seasonal=ERRORS, direction=None, lag=LagCheck(None, 0.5))
    assert verdict_words(bare) == ("the predictions are not finite numbers",)
