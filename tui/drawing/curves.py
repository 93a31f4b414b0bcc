"""What a chart shows, as frozen data: one curve, or several on one pair of axes."""

from __future__ import annotations

from dataclasses import dataclass

from tui.drawing.decimation import Values, samples


@dataclass(frozen=True, eq=False)
class Curve:
    """What a chart shows; cheap to build for every frame.

    values: per epoch, shape (epochs,), index 0 is epoch 0; may be empty; what is not finite is a gap.
    x_start, x_end: the first and the last epoch on the axis.
    resumes: the epochs at which training was resumed.
    target: the value of a horizontal line.
    log: logarithmic values; zero and below are gaps.
    behind: other curves, shown dotted.
    cursor: the epoch under the time cursor.
    """

    values: Values
    x_end: int
    resumes: tuple[int, ...] = ()
    target: float | None = None
    log: bool = False
    behind: tuple[Values, ...] = ()
    cursor: int | None = None
    x_start: int = 0

    def shows_the_same(self, other: Curve) -> bool:
        """Whether the pictures are equal, for all that a few samples tell; no slower for a longer history."""
        return self._key() == other._key()

    def _key(self) -> tuple[object, ...]:
        behind = tuple((len(values), samples(values)) for values in self.behind)
        axis = (self.x_start, self.x_end, self.resumes, self.target, self.log)
        return (len(self.values), samples(self.values), behind, self.cursor, *axis)


@dataclass(frozen=True, eq=False)
class Series:
    """One of the curves. values: per epoch, from epoch 0 on. text: its value, for the legend."""

    name: str
    values: Values
    text: str = ""


@dataclass(frozen=True, eq=False)
class Overlay:
    """What the chart shows: at most six curves, on one axis. The fields are those of `Curve`."""

    series: tuple[Series, ...]
    x_end: int
    x_start: int = 0
    resumes: tuple[int, ...] = ()
    target: float | None = None
    log: bool = False
    cursor: int | None = None

    def key(self) -> tuple[object, ...]:
        """Equal for equal pictures, for all that a few samples tell."""
        curves = tuple((one.name, one.text, len(one.values), samples(one.values)) for one in self.series)
        return (curves, self.x_start, self.x_end, self.resumes, self.target, self.log, self.cursor)
