"""A chart of several curves over the epochs: each has its colour, its mark, and its name and value in the legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from tui.drawing.cells import Cells, Role
from tui.drawing.curves import Curve, Plot
from tui.drawing.layer import Pen
from tui.drawing.palette import ASCII_GLYPHS, ASCII_STROKES, GLYPHS, SERIES_SHOWN
from tui.options import Marker
from tui.text.widths import cut_together
from tui.text.widths import width as width_of
from tui.widgets.epoch_chart import EpochChart

#: From this height on there is a line for the legend.
_LEGEND_FROM = 5
#: What a curve takes in the legend besides its name and value: the mark, and three spaces.
_LEGEND_GAPS = 4
#: Names are not cut to less than this, nor to less than that for the sake of the values.
_SHORTEST_NAME = 3
_NAME_BESIDE_VALUE = 8
_NOTHING = Plot((), 1)


class OverlayChart(EpochChart):
    """Several curves over the epochs."""

    DEFAULT_CSS = "OverlayChart { border: round $foreground 25%; }"

    def __init__(self, title: str = "", *, marker: Marker | None = None, id: str | None = None) -> None:
        super().__init__(title, marker=marker, id=id)
        self._plot = _NOTHING

    def show(self, plot: Plot, title: str) -> None:
        """Draw the plot's curves. Does nothing where they are as before."""
        self.title = title
        if not plot.shows_the_same(self._plot):
            self._plot = plot
            self.redraw()

    def reset(self) -> None:
        super().reset()
        self._plot = _NOTHING
        self.redraw()

    def picture(self, width: int, height: int) -> Cells:
        plot = self._plot
        legend = Cells.blank(width, 1 if height >= _LEGEND_FROM else 0)
        if legend.height:
            write_legend(legend, plot.curves, self.marker)
        spec = plot.axes_spec(width, height - legend.height, self.marker)
        shown = plot.curves[:SERIES_SHOWN]
        pens = _pens(len(plot.curves), self.marker)
        ends = [
            (bound, replace(pen, mark=""))
            for curve, pen in zip(shown, pens, strict=False)  # a picture without curves has a pen, too
            for bound in curve.bounds
        ]
        # One curve at least, as a picture needs; the ends of bands behind all of them.
        curves = [*(bound for bound, _ in ends), *(curve.values for curve in shown)] or [np.empty(0, np.float32)]
        drawn = self._picture.draw_curves(spec, curves, [*(pen for _, pen in ends), *pens], plot.cursor)
        if drawn is None:
            drawn = Cells.blank(width, spec.height)
        return Cells(np.vstack((legend.glyphs, drawn.glyphs)), np.vstack((legend.roles, drawn.roles)))


def _pens(count: int, marker: Marker) -> list[Pen]:
    """One for each of so many curves, and at least one; a single curve needs no mark to be told apart."""
    if count < 2:
        return [Pen(Role.SERIES if count else Role.CURVE, marker)]
    strokes = ASCII_STROKES if marker == "ascii" else [marker] * SERIES_SHOWN
    return [
        Pen(Role.SERIES + number, strokes[number], _glyphs(marker)[number])
        for number in range(min(count, SERIES_SHOWN))
    ]


def write_legend(cells: Cells, curves: Sequence[Curve], marker: Marker) -> None:
    """Each curve's mark, name and value; with shorter names, or without the values, where one line holds no more."""
    column = 1
    for number, (name, text) in enumerate(fitted_legend(curves[:SERIES_SHOWN], cells.width - column)):
        mark = f"{_glyphs(marker)[number]} " if len(curves) > 1 else ""
        column += cells.write(0, column, f"{mark}{name} ", Role.SERIES + number)
        column += cells.write(0, column, f"{text} ", Role.TEXT)


class Entry(Protocol):
    """A curve in a legend."""

    @property
    def name(self) -> str: ...

    @property
    def text(self) -> str: ...


def fitted_legend(curves: Sequence[Entry], width: int) -> list[tuple[str, str]]:
    """As much of the curves' names and values as fits into a legend of that width."""
    width -= _LEGEND_GAPS * len(curves)
    texts = [curve.text for curve in curves]
    beside = width - sum(map(len, texts))
    names = cut_together([curve.name for curve in curves], beside, _NAME_BESIDE_VALUE)
    if sum(map(width_of, names)) <= beside:
        return list(zip(names, texts, strict=True))
    names = cut_together([curve.name for curve in curves], width, _SHORTEST_NAME)
    return [(name, "") for name in names]


def _glyphs(marker: Marker) -> str:
    return ASCII_GLYPHS if marker == "ascii" else GLYPHS
