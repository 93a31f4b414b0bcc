"""The chart of a metric: its curves, by train and validation or by run, and where the best value is."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui.board.drawing.metric_plot import Best, MetricPlot
from tui.board.drawing.series_layer import SeriesLayer
from tui.drawing.cells import Cells, Role
from tui.drawing.layer import Pen
from tui.drawing.layered_picture import LayeredPicture
from tui.drawing.palette import ASCII_GLYPHS, ASCII_STROKES, GLYPHS
from tui.options import Marker
from tui.text.widths import width as width_of
from tui.widgets.epoch_chart import EpochChart
from tui.widgets.overlay_chart import fitted_legend

#: From this height on there is a line for the legend.
_LEGEND_FROM = 5
_NOTHING = MetricPlot("", (), 1)
_BEST, _ASCII_BEST = "◈", "*"


class MetricChart(EpochChart):
    """The curves of a metric under a border with its name, and a legend with their values."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.can_focus = False  # the board's keys choose among the charts
        self._plot = _NOTHING

    def new_picture(self) -> LayeredPicture[Any]:
        return LayeredPicture(SeriesLayer)

    def show(self, plot: MetricPlot) -> None:
        """Draw the plot. Does nothing where it is as before."""
        if plot.title != self._plot.title:
            self._picture.reset()
        self.title = plot.title
        if not plot.shows_the_same(self._plot):
            self._plot = plot
            self.redraw()

    def picture(self, width: int, height: int) -> Cells:
        plot = self._plot
        legend = Cells.blank(width, 1 if height >= _LEGEND_FROM else 0)
        if legend.height:
            self._write_legend(legend)
        drawn = self._drawn(width, height - legend.height)
        if drawn is None:
            drawn = Cells.blank(width, height - legend.height)
        elif plot.best is not None:
            drawn = self._with_best(drawn, plot.best)
        return Cells(np.vstack((legend.glyphs, drawn.glyphs)), np.vstack((legend.roles, drawn.roles)))

    def _drawn(self, width: int, height: int) -> Cells | None:
        plot = self._plot
        curves = [*plot.behind, *(each.curve for each in plot.curves)]
        if not curves:
            return None
        dotted = Pen(Role.GHOST, "." if self.marker == "ascii" else "·")
        pens = [dotted] * len(plot.behind) + [
            _pen(each.number, self.marker, alone=len(plot.curves) == 1) for each in plot.curves
        ]
        return self._picture.draw_curves(plot.axes_spec(width, height, self.marker), curves, pens, plot.cursor)

    def _with_best(self, drawn: Cells, best: Best) -> Cells:
        """The picture with a mark on the best value, and in their colours on the other curves where that was.

        What is drawn is kept for the next time, so this is a copy.
        """
        cells, glyph = drawn.copy(), _ASCII_BEST if self.marker == "ascii" else _BEST
        marks = [*((Role.SERIES + number, value) for number, value in best.beside), (Role.MARK, best.value)]
        for role, value in marks:
            place = self._picture.place_of(best.position, value)
            if place is not None:
                cells.write(*place, glyph, role)
        return cells

    def _write_legend(self, cells: Cells) -> None:
        """Each curve's glyph, name and value, and the best value where there is room for it."""
        plot, column = self._plot, 1
        fitted = fitted_legend(plot.curves, cells.width - column)
        for each, (name, text) in zip(plot.curves, fitted, strict=True):
            glyph = f"{_glyphs(self.marker)[each.number]} " if len(plot.curves) > 1 else ""
            column += cells.write(0, column, f"{glyph}{name} ", Role.SERIES + each.number)
            column += cells.write(0, column, f"{text} ", Role.TEXT)
        if plot.best is not None:
            text = f"{_ASCII_BEST if self.marker == 'ascii' else _BEST} {plot.best.text}"
            for shorter in (text, text.partition(", ")[0], text.partition(" at ")[0]):
                if column + width_of(shorter) < cells.width:
                    cells.write(0, cells.width - width_of(shorter) - 1, shorter, Role.LABEL)
                    break


def _pen(number: int, marker: Marker, *, alone: bool) -> Pen:
    stroke = ASCII_STROKES[number] if marker == "ascii" and not alone else marker
    return Pen(Role.SERIES + number, stroke, "" if alone else _glyphs(marker)[number])


def _glyphs(marker: Marker) -> str:
    return ASCII_GLYPHS if marker == "ascii" else GLYPHS
