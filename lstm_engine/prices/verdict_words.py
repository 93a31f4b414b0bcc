"""A verdict in words."""

from __future__ import annotations

import math

from lstm_engine.prices.table import Step
from lstm_engine.prices.verdict import Direction, LagCheck, Verdict, beats

_BEFORE: dict[Step, str] = {
    "days": "yesterday's price",
    "weeks": "last week's price",
    "months": "last month's price",
    "quarters": "last quarter's price",
    "years": "last year's price",
}
#: What the baseline that needs no season predicts.
_NAIVE: dict[Step, str] = {
    "days": "tomorrow = today",
    "weeks": "next week = this",
    "months": "next month = this",
    "quarters": "next quarter = this",
    "years": "next year = this",
}
#: What the seasonal one predicts: every season is a year.
SEASONAL = "as a year before"
_MOVES: dict[Step, tuple[str, str]] = {"days": ("today's", "tomorrow's")}


def naive_words(step: Step = "days") -> str:
    """What who needs no model predicts, as a name for it."""
    return _NAIVE.get(step, "the next = the last")


def verdict_words(verdict: Verdict, step: Step = "days") -> tuple[str, ...]:
    """What the figures come to, a phrase each: against the naive baselines, direction, the lag check.

    step: what the table's dates are.
    """
    before, season = _BEFORE.get(step, "the price before"), "the price of the season before"
    phrases = [_against(verdict.ratio, verdict.margin, verdict, before)]
    if verdict.seasonal is not None:
        phrases.append(_against(verdict.seasonal_ratio, verdict.seasonal_margin, verdict, season))
    if verdict.direction is not None:
        phrases.append(_direction(verdict.direction))
    phrases.extend(_lag(verdict.lag, step))
    return tuple(dict.fromkeys(phrases))


def _against(ratio: float | None, margin: float | None, verdict: Verdict, baseline: str) -> str:
    """By the ratio as it is shown, with two decimals: what reads 1.00 is no better."""
    if not math.isfinite(verdict.model.mae):
        return "the predictions are not finite numbers"
    if ratio is None:
        return f"{baseline} is never wrong here: no ratio to it"
    if beats(ratio, margin):
        return f"better than {baseline} ({ratio:.2f} of its error)"
    doubt = ""
    if round(ratio, 2) < 1 and margin is not None:
        doubt = ", on one day alone" if math.isnan(margin) else f", ±{margin:.2f} by chance"
    return f"no better than {baseline} ({ratio:.2f} of its error{doubt})"


def _direction(direction: Direction) -> str:
    right, base = f"{direction.right:.1%}", f"{direction.base_rate:.1%}"
    margin = f"±{100 * direction.margin:.1f} points by chance"
    better = round(direction.right, 3) > round(direction.base_rate, 3)
    than = "" if better else f", no better than always {direction.base}"
    return f"direction right {right} of {direction.n}{than} (always {direction.base}: {base}, {margin})"


def _lag(lag: LagCheck, step: Step) -> list[str]:
    if lag.today is None or lag.tomorrow is None:
        return []
    last, following = _MOVES.get(step, ("the last", "the next"))
    return [f"follows {last} move, {lag.today:.2f}; {following}, {lag.tomorrow:.2f}"]
