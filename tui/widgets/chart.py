"""The chart widgets: training curves over epochs, and the companies' values over days."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

import numpy as np
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from lstm_engine.companies import Companies
from tui.data_picture import data_picture
from tui.decimation import Values, samples
from tui.pictures import View
from tui.plotting import Cells, Marker, Role
from tui.widgets.cells import CellsWidget
from tui.widgets.epochs import EpochChart

#: Whose colour a chart's curve has: a class of the widget, `-loss` and so on, which the style sheet colours.
Accent = Literal["loss", "company-0", "company-1"]

#: Columns of the top border that are left to the title at least, where it holds a value too.
_TITLE_ROOM = 8


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


class Chart(EpochChart):
    """One curve over the epochs, under a border with its name on the left and its value on the right."""

    DEFAULT_CSS = """
    Chart {
        &.-loss .cells--curve, &.-loss .cells--value { color: $text-primary; }
        &.-company-0 .cells--curve, &.-company-0 .cells--value { color: $text-accent; }
        &.-company-1 .cells--curve, &.-company-1 .cells--value { color: $text-success; }
    }
    """

    def __init__(
        self,
        title: str,
        *,
        accent: Accent = "loss",
        empty_text: str = "",
        marker: Marker = "braille",
        id: str | None = None,
    ) -> None:
        """title: the name on the border. empty_text: what stands where there is nothing to draw yet."""
        super().__init__(title, marker=marker, id=id, classes=f"-{accent}")
        self._value = ""
        self._empty_text = empty_text
        self._curve = Curve(np.empty(0, np.float32), 1)

    def show(self, curve: Curve, value: str = "") -> None:
        """Draw the curve, and `value` at the right of the top border. Does nothing where both are as before."""
        if value != self._value:
            region = self._value_region().union(self._value_region(value))
            self._value = value
            self.refresh(region.translate((-self.gutter.left, -self.gutter.top)))
        if not curve.shows_the_same(self._curve):
            self._curve = curve
            self.redraw()

    def reset(self) -> None:
        super().reset()
        self._curve = Curve(np.empty(0, np.float32), 1)
        self.redraw()

    def picture(self, width: int, height: int) -> Cells:
        curve = self._curve
        view = View(width, height, self._marker, curve.x_start, curve.x_end, curve.resumes, curve.target, curve.log)
        drawn = self._picture.draw(view, curve.values, curve.behind, curve.cursor)
        return _centred(self._empty_text, width, height) if drawn is None else drawn

    def placeholder(self, width: int, height: int) -> Cells:
        has_value = np.isfinite(self._curve.values[-1:]).any()
        return Cells.blank(width, height) if has_value else _centred(self._empty_text, width, height)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines with the value on the top border.

        A border subtitle would do the same, but changing one repaints the whole widget, every frame.
        """
        strips = super().render_lines(crop)
        region = self._value_region()
        if region and crop.y == 0:
            is_whole = crop.column_span == (0, self.outer_size.width)
            border = strips[0] if is_whole else super().render_lines(Region(0, 0, self.outer_size.width, 1))[0]
            text = Strip([Segment(f" {self._value} ", self.component_style("value"))], region.width)
            for line_filter in self.get_line_filters():
                text = text.apply_filter(line_filter, self.background_colors[1])
            row = Strip.join([border.crop(0, region.x), text, border.crop(region.right, border.cell_length)])
            strips[0] = row.crop(crop.x, crop.right)
        return strips

    def _value_region(self, value: str | None = None) -> Region:
        """Where a value (by default the one shown) stands on the border; empty where there is no room."""
        value = self._value if value is None else value
        width = len(value) + 2
        begin = self.outer_size.width - 2 - width
        shown = value and self.styles.border_top[0] and begin >= _TITLE_ROOM
        return Region(begin, 0, width, 1) if shown else Region()


class DataChart(CellsWidget, can_focus=True):
    """The companies' values day by day, and what was observed on the day to predict."""

    DEFAULT_CSS = """
    DataChart {
        border: round $foreground 25%;
        border-title-color: $foreground;
        &:focus { border: round $primary; }
    }
    """

    def __init__(self, *, marker: Marker = "braille", id: str | None = None) -> None:
        super().__init__(marker=marker, id=id)
        self._companies: Companies | None = None
        self._chosen: tuple[int, ...] | None = None

    def show(self, companies: Companies, chosen: tuple[int, ...] | None = None) -> None:
        """Draw these companies, or those of them with the numbers `chosen`. Does nothing where they are as before."""
        if (companies, chosen) != (self._companies, self._chosen):
            self._companies, self._chosen = companies, chosen
            self.border_title = Content(f"data: {companies.source}")
            self.redraw()

    def picture(self, width: int, height: int) -> Cells:
        if self._companies is None:
            return Cells.blank(width, height)
        return data_picture(self._companies, self._chosen, width, height, self._marker)


def _centred(text: str, width: int, height: int) -> Cells:
    """The text in the middle, in as many lines as it takes."""
    cells = Cells.blank(width, height)
    lines = wrap(text, width)[:height]
    for row, line in enumerate(lines, start=(height - len(lines)) // 2):
        cells.write(row, (width - len(line)) // 2, line, Role.EMPTY)
    return cells
