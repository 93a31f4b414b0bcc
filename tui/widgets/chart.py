"""The chart of one curve over the epochs, with its value on the border."""

from __future__ import annotations

from typing import Literal

import numpy as np
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from tui.drawing.cells import Cells, Role
from tui.drawing.curve_picture import CurvePicture
from tui.drawing.curves import Curve, Plot
from tui.text.widths import width as width_of
from tui.text.widths import wrapped
from tui.widgets.epoch_chart import EpochChart

_NOTHING = Plot((Curve(np.empty(0, np.float32)),), 1)

#: Whose colour a chart's curve has: a class of the widget, `-loss` and so on, which the style sheet colours.
Accent = Literal["loss", "company-0", "company-1"]

#: Columns of the top border that are left to the title at least, where it holds a value too.
_TITLE_ROOM = 8


class Chart(EpochChart):
    """One curve over the epochs, under a border with its name on the left and its value on the right."""

    _picture: CurvePicture

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
        id: str | None = None,
    ) -> None:
        """title: the name on the border. empty_text: what stands where there is nothing to draw yet."""
        super().__init__(title, id=id, classes=f"-{accent}")
        self._value = ""
        self._empty_text = empty_text
        self._plot = _NOTHING

    def show(self, plot: Plot, value: str = "") -> None:
        """Draw the plot's one curve, and `value` at the right of the top border. Nothing where both are as before."""
        if value != self._value:
            region = self._value_region().union(self._value_region(value))
            self._value = value
            self.refresh(region.translate((-self.gutter.left, -self.gutter.top)))
        if not plot.shows_the_same(self._plot):
            self._plot = plot
            self.redraw()

    def reset(self) -> None:
        super().reset()
        self._plot = _NOTHING
        self.redraw()

    def picture(self, width: int, height: int) -> Cells:
        plot, spec = self._plot, self._plot.axes_spec(width, height, self.marker)
        drawn = self._picture.draw(spec, plot.curves[0].values, plot.behind, plot.cursor, plot.beside)
        return _centred(self._empty_text, width, height) if drawn is None else drawn

    def placeholder(self, width: int, height: int) -> Cells:
        has_value = np.isfinite(self._plot.curves[0].values[-1:]).any()
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


def _centred(text: str, width: int, height: int) -> Cells:
    """The text in the middle, in as many lines as it takes."""
    cells = Cells.blank(width, height)
    lines = wrapped(text, width)[:height]
    for row, line in enumerate(lines, start=(height - len(lines)) // 2):
        cells.write(row, (width - width_of(line)) // 2, line, Role.EMPTY)
    return cells
