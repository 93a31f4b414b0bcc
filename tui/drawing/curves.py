"""What a chart over the epochs shows, as frozen data: curves, and the axes they stand on."""

from __future__ import annotations

from dataclasses import dataclass

from tui.drawing.axes_spec import AxesSpec
from tui.drawing.decimation import Values
from tui.drawing.fingerprint import Fingerprint
from tui.options import Marker


@dataclass(frozen=True, eq=False)
class Curve:
    """One curve.

    values: per epoch, shape (epochs,), index 0 is epoch 0; may be empty; what is not finite is a gap.
    name, text: what the legend calls it, and its value there; a chart of one curve has no legend.
    bounds: the lower and the upper end of a band around it, as long as its values; empty for none.
    """

    values: Values
    name: str = ""
    text: str = ""
    bounds: tuple[Values, ...] = ()


@dataclass(frozen=True, eq=False)
class Beside:
    """What the chart beside shows, for the sake of one value axis for both.

    curves: the values of all its curves, per epoch. target: the value of its horizontal line.
    """

    curves: tuple[Values, ...]
    target: float | None = None


#: Of a chart without another one beside it.
ALONE = Beside(())


@dataclass(frozen=True, eq=False)
class Plot:
    """What a chart shows; cheap to build for every frame.

    curves: at most six, on one pair of axes.
    x_start, x_end: the first and the last epoch on the axis.
    resumes: the epochs at which training was resumed.
    target: the value of a horizontal line.
    log: logarithmic values; zero and below are gaps.
    cursor: the epoch under the time cursor.
    behind: values of curves that are shown dotted, behind the others.
    beside: what the value axis spans too, where it can be compared.
    """

    curves: tuple[Curve, ...]
    x_end: int
    x_start: int = 0
    resumes: tuple[int, ...] = ()
    target: float | None = None
    log: bool = False
    cursor: int | None = None
    behind: tuple[Values, ...] = ()
    beside: Beside = ALONE

    def axes_spec(self, width: int, height: int, marker: Marker) -> AxesSpec:
        """What its axes have to show on a chart of that size, in cells."""
        return AxesSpec(width, height, marker, self.x_start, self.x_end, self.resumes, self.target, self.log)

    def shows_the_same(self, other: Plot) -> bool:
        """Whether the pictures are equal, for all that a few samples tell; no slower for a longer history."""
        return self._key() == other._key()

    def _key(self) -> tuple[object, ...]:
        curves = tuple(
            (curve.name, curve.text, *map(Fingerprint.of, (curve.values, *curve.bounds))) for curve in self.curves
        )
        behind = tuple(map(Fingerprint.of, (*self.behind, *self.beside.curves)))
        axes = (self.x_start, self.x_end, self.resumes, self.target, self.beside.target, self.log)
        return (curves, behind, self.cursor, axes)
