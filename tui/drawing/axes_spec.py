"""What the axes of a chart over the epochs have to show, and how they are laid out in the room there is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tui.drawing.decimation import column_edges, column_of
from tui.drawing.plotting import Axes, resolution
from tui.drawing.scales import Scale, epoch_ticks, steps_up
from tui.options import Marker

#: The smallest (width, height) with an epoch axis, and with a value axis.
EPOCH_AXIS_FROM = (16, 6)
VALUE_AXIS_FROM = (24, 4)
#: Value labels get this much room at least, so that the axis does not move sideways when the range grows.
LABEL_WIDTH = 5


@dataclass(frozen=True)
class AxesSpec:
    """All of a chart but its curves.

    width, height: of the whole chart, in cells.
    x_start, x_end: the first and the last epoch on the axis.
    resumes: the epochs at which training was resumed.
    target: the value of a horizontal line.
    log: logarithmic values; zero and below are gaps.
    from_zero: the value axis begins at zero, or below; a logarithmic one as it can.
    unit: how many positions of the axis one of what its labels count takes: an axis of epochs with places between
        them has a thousand an epoch, and everything above is in thousandths then.
    """

    width: int
    height: int
    marker: Marker
    x_start: int
    x_end: int
    resumes: tuple[int, ...] = ()
    target: float | None = None
    log: bool = False
    from_zero: bool = False
    unit: int = 1

    def axes(self, scale: Scale | None) -> Axes:
        """What there is room for; without a scale, what there will most likely be."""
        has_epochs = self.width >= EPOCH_AXIS_FROM[0] and self.height >= EPOCH_AXIS_FROM[1]
        has_values = self.width >= VALUE_AXIS_FROM[0] and self.height >= VALUE_AXIS_FROM[1]
        ticks = scale.ticks if scale else ()
        left = max(LABEL_WIDTH, *(len(label) for _, label in ticks), 0) + 1 if has_values else 0
        below = 2 if has_epochs else 0
        rows, columns = self.height - below, self.width - left
        inner = [epoch for epoch in self.resumes if self.x_start < epoch < self.x_end]
        return Axes(
            width=self.width,
            height=self.height,
            left=left,
            below=below,
            value_ticks=tuple(zip(_rows([at for at, _ in ticks], rows), (label for _, label in ticks), strict=True)),
            epoch_ticks=tuple(
                (self.column_of(epoch * self.unit, columns), label)
                for epoch, label in epoch_ticks(-(-self.x_start // self.unit), self.x_end // self.unit, columns)
            ),
            target_row=self._target_row(scale, rows),
            resume_columns=tuple(dict.fromkeys(self.column_of(epoch, columns) for epoch in inner)),
        )

    def _target_row(self, scale: Scale | None, rows: int) -> int | None:
        if self.target is None or scale is None:
            return None
        fraction = float(scale.fractions(np.array([self.target]))[0])
        return _rows([fraction], rows)[0] if 0 <= fraction <= 1 else None

    def label_of(self, position: int) -> str:
        """What the time cursor at a position of the axis is labelled."""
        return str(position) if self.unit == 1 else f"{position / self.unit:.2f}"

    def shows(self, epoch: int) -> bool:
        """Whether an epoch is on the axis."""
        return self.x_start <= epoch <= self.x_end

    def column_of(self, epoch: int, columns: int) -> int:
        """The column of a canvas of that many columns that shows an epoch of the axis."""
        across = resolution(self.marker)[0]
        return column_of(epoch, self.x_start, self.x_end, columns * across) // across

    def epoch_at(self, column: int, columns: int) -> int:
        """The epoch in the middle of a column of such a canvas, the nearest one where the column shows none.

        The outer columns stand for the ends of the axis, and so does what is outside.
        """
        if column <= 0:
            return self.x_start
        if column >= columns - 1:
            return self.x_end
        across = resolution(self.marker)[0]
        edges = column_edges(self.x_start, self.x_end, columns * across)
        return int(edges[column * across] + edges[(column + 1) * across] - 1) // 2


def _rows(fractions: list[float], rows: int) -> list[int]:
    """The canvas rows, from the top, of fractions of the value axis."""
    return [rows - 1 - int(step) for step in steps_up(np.array(fractions, np.float64), rows)]
