"""One more value of some metrics. Pure."""

from __future__ import annotations

from collections.abc import Container, Mapping

from tui.board.state.series import Series


def with_values(
    metrics: Mapping[str, Series], step: int, values: Mapping[str, float | None], but: Container[str] = ()
) -> dict[str, Series]:
    """The metrics with one more value each, but for those that have one at that step.

    but: names that are told of elsewhere.
    """
    after = dict(metrics)
    for name, value in values.items():
        if name in but:
            continue
        series = after.get(name, Series())
        if series.last_step < step:
            after[name] = series.extended([step], [value])
        elif series.last_step == step and _differs(series, value):
            after[name] = series.truncated(step - 1).extended([step], [value])
    return after


def _differs(series: Series, value: float | None) -> bool:
    return value is not None and float(series.values[-1]) != value
