"""What the chart of a metric shows, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass

from tui.board.drawing.series_layer import MetricCurve
from tui.drawing.axes_spec import AxesSpec
from tui.options import Marker


@dataclass(frozen=True, eq=False)
class NamedCurve:
    """One curve in the legend. number: its colour and its glyph. text: its value, as people read it."""

    curve: MetricCurve
    name: str
    text: str
    number: int


@dataclass(frozen=True)
class Best:
    """The best value so far. position: on the axis. number: of the curve it is on. text: for the legend.

    beside: what the run's other curves on the chart were there, by number and value.
    """

    position: int
    value: float
    number: int
    text: str
    beside: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, eq=False)
class MetricPlot:
    """A chart; cheap to build for every frame.

    curves: at most six. behind: what is dotted behind them.
    x_start, x_end: the first and the last position on the axis; unit: positions that one of its labels takes.
    log: logarithmic values; zero and below are gaps. cursor: the position under the time cursor.
    weight: how much the curves are smoothed. from_zero: the value axis begins at zero.
    """

    title: str
    curves: tuple[NamedCurve, ...]
    x_end: int
    behind: tuple[MetricCurve, ...] = ()
    x_start: int = 0
    unit: int = 1
    log: bool = False
    cursor: int | None = None
    best: Best | None = None
    weight: float = 0.0
    from_zero: bool = False

    def axes_spec(self, width: int, height: int, marker: Marker) -> AxesSpec:
        """What its axes have to show on a chart of that size, in cells."""
        return AxesSpec(
            *(width, height, marker, self.x_start, self.x_end),
            log=self.log,
            from_zero=self.from_zero,
            unit=self.unit,
        )

    def shows_the_same(self, other: MetricPlot) -> bool:
        """Whether the pictures are equal, for all that the newest points tell; no slower for a longer metric."""
        return self._key() == other._key()

    def _key(self) -> tuple[object, ...]:
        curves = tuple((each.name, each.text, each.number, _ends(each.curve)) for each in self.curves)
        axes = (self.x_start, self.x_end, self.unit, self.log, self.cursor)
        return (self.title, curves, tuple(map(_ends, self.behind)), axes, self.best, self.weight)


def _ends(curve: MetricCurve) -> tuple[object, ...]:
    series = curve.series
    last = series.values[-1:].tobytes()
    return (len(series), series.last_step, last, len(curve.ruler.epochs), curve.ruler.per_epoch, id(series.steps.base))
