"""The charts of metrics from boards and from what the user asked to see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lstm_engine.text import printable
from tui.board.drawing.metric_plot import Best, MetricPlot, NamedCurve
from tui.board.drawing.ruler import Ruler
from tui.board.drawing.series_layer import MetricCurve
from tui.board.state.board import Board
from tui.board.state.series import Series, Values
from tui.board.view.metric_names import VALIDATION, Group, best_of, grouped, is_rate, matching, single
from tui.board.view.rulers import EPOCH, epochs_of
from tui.board.view.seen import Seen
from tui.drawing.palette import SERIES_SHOWN
from tui.text.numbers import figure
from tui.text.widths import cut
from tui.view.timeline import Sight

#: A metric's smoothed values, by its run and name; None where it is not smoothed.
Smoothing = Callable[[str, str, Series], Values | None]
#: Cells of a run's name in a legend, at most.
_NAME_ROOM = 24
#: Cells of a value in a legend.
_VALUE_ROOM = 9
#: What a model of prices is the best by.
_PRICES_LOSS = "val_loss"


@dataclass(frozen=True)
class Drawn:
    """A run on the charts."""

    board: Board
    ruler: Ruler
    number: int = 0


def groups_of(boards: Sequence[Board], text: str) -> list[Group]:
    """The charts that there are of these runs, as many of them as a filter finds."""
    names = list(dict.fromkeys(name for board in boards for name in board.metrics if name != EPOCH))
    return matching(single(names) if len(boards) > 1 else grouped(names), text)


def plot(group: Group, runs: Sequence[Drawn], seen: Seen, sight: Sight, smoothing: Smoothing) -> MetricPlot:
    """The chart of one group of metrics."""
    curves: list[NamedCurve] = []
    behind: list[MetricCurve] = []
    found: list[Best] = []
    names = short_names([run.board.run for run in runs])
    for run in runs[:SERIES_SHOWN]:
        for member in group.members:
            series = run.board.metrics.get(member.name)
            if series is None:
                continue
            number = run.number if len(runs) > 1 else member.number
            smoothed = smoothing(run.board.run, member.name, series)
            if smoothed is not None:
                behind.append(MetricCurve(series, run.ruler))
            drawn = MetricCurve(series, run.ruler, smoothed)
            label = names[run.board.run] if len(runs) > 1 else member.label
            curves.append(NamedCurve(drawn, label, _value_text(series, run.ruler, sight), number))
            best = _best(member.name, series, run, number)
            found += [best] if best is not None else []
        if len(runs) == 1:
            behind += _behind(group, run, seen)
    return MetricPlot(
        title=group.title,
        curves=tuple(curves[:SERIES_SHOWN]),
        behind=tuple(behind),
        x_start=sight.x_start,
        x_end=sight.x_end,
        unit=runs[0].ruler.unit if runs else 1,
        log=seen.log,
        cursor=sight.cursor,
        best=_best_among(group, found, runs, is_raw=not seen.weight),
        weight=seen.weight,
        from_zero=is_rate(group),
    )


def short_names(runs: Sequence[str]) -> dict[str, str]:
    """By run: what tells it apart in a legend; what all of them begin with is left out, up to a mark."""
    first, last = min(runs, default=""), max(runs, default="")
    alike = next((place for place, pair in enumerate(zip(first, last, strict=False)) if len(set(pair)) > 1), 0)
    common = first[:alike] if len(runs) > 1 else ""
    begin = max(common.rfind(mark) + 1 for mark in "/_-. ")
    return {run: cut(printable(run[begin:] or run), _NAME_ROOM) for run in runs}


def _behind(group: Group, run: Drawn, seen: Seen) -> list[MetricCurve]:
    """The loss that steps return behind those that were logged; where nothing is smoothed, the fit before, too."""
    names = [group.quiet] * bool(group.quiet)
    curves = [MetricCurve(run.board.metrics[name], run.ruler) for name in names if name in run.board.metrics]
    if not seen.weight:
        earlier = run.board.earlier
        curves += [MetricCurve(earlier[each.name], run.ruler) for each in group.members if each.name in earlier]
    return curves


def _value_text(series: Series, ruler: Ruler, sight: Sight) -> str:
    """The value at the cursor, or the newest one."""
    index = len(series) - 1 if sight.is_live else series.index_at(ruler.step(sight.epoch))
    return figure(float(series.values[index]), _VALUE_ROOM) if index >= 0 else "–"


def _best(name: str, series: Series, run: Drawn, number: int) -> Best | None:
    direction = best_of(name)
    index = series.lowest if direction == "least" else series.highest
    if direction is None or index < 0:
        return None
    value, step = float(series.values[index]), int(series.steps[index])
    before = _best_before(run.board) if name == _PRICES_LOSS else None
    if before is not None and before[1] <= value:
        epoch, value = before
        text = f"best {figure(value, _VALUE_ROOM)} at epoch {epoch}, before it branched off"
        return Best(run.ruler.position(epoch * (run.board.steps_per_epoch or 0)), value, number, text)
    text = f"best {figure(value, _VALUE_ROOM)} at step {step}{_epoch_words(run.board, step)}"
    return Best(run.ruler.position(step), value, number, text)


def _best_before(board: Board) -> tuple[int, float] | None:
    """Of a branch of a model of prices, the best epoch and its loss where it is one before it branched off."""
    best = board.prices.best if board.prices is not None else None
    began = board.epochs.values[0] if len(board.epochs) else 0
    return best if best is not None and best[0] <= began else None


def _epoch_words(board: Board, step: int) -> str:
    """The epoch that ended with a step, where it is known that one did."""
    epochs = epochs_of(board)
    index = epochs.index_at(step)
    if index < 0 or epochs.steps[index] != step or not len(board.epochs) or not epochs.values[index]:
        return ""
    return f", epoch {int(epochs.values[index])}"


def _best_among(group: Group, found: Sequence[Best], runs: Sequence[Drawn], *, is_raw: bool) -> Best | None:
    """Of several runs, the best of all; of one run's curves, that of the validation, which is what counts.

    is_raw: the curves go through what was logged, so that there is a place on the others, too.
    """
    if len(runs) == 1:
        best = next((best for best in found if best.number == VALIDATION), found[0] if found else None)
        return replace(best, beside=_beside(group, runs[0], best)) if best is not None and is_raw else best
    if best_of(group.members[0].name) == "least":
        return min(found, key=lambda best: best.value, default=None)
    return max(found, key=lambda best: best.value, default=None)


def _beside(group: Group, run: Drawn, best: Best) -> tuple[tuple[int, float], ...]:
    """What the other curves of a pair were at the best one's place, as far as they had begun."""
    step = run.ruler.step(best.position)
    others = [(each.number, run.board.metrics.get(each.name)) for each in group.members if each.number != best.number]
    at = [(number, series, series.index_at(step)) for number, series in others if series is not None]
    return tuple((number, float(series.values[index])) for number, series, index in at if index >= 0)
