"""A chart of several curves over the epochs: each has its colour, its mark, and its name and value in the legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tui.drawing.cells import Cells, Role
from tui.drawing.curve_picture import Strand, View
from tui.drawing.curves import Overlay, Series
from tui.drawing.palette import ASCII_GLYPHS, ASCII_STROKES, GLYPHS, SERIES_SHOWN
from tui.options import Marker
from tui.widgets.epoch_chart import EpochChart

#: From this height on there is a line for the legend.
_LEGEND_FROM = 5
#: What a curve takes in the legend besides its name and value: the mark, and three spaces.
_LEGEND_GAPS = 4
#: Names are not cut to less than this.
_SHORTEST_NAME = 3


class OverlayChart(EpochChart):
    """Several curves over the epochs."""

    DEFAULT_CSS = "OverlayChart { border: round $foreground 25%; }"

    def __init__(self, title: str = "", *, marker: Marker | None = None, id: str | None = None) -> None:
        super().__init__(title, marker=marker, id=id)
        self._overlay = Overlay((), 1)

    def show(self, overlay: Overlay, title: str) -> None:
        """Draw these curves. Does nothing where they are as before."""
        self.title = title
        if overlay.key() != self._overlay.key():
            self._overlay = overlay
            self.redraw()

    def reset(self) -> None:
        super().reset()
        self._overlay = Overlay((), 1)
        self.redraw()

    def picture(self, width: int, height: int) -> Cells:
        overlay = self._overlay
        legend = Cells.blank(width, 1 if height >= _LEGEND_FROM else 0)
        if legend.height:
            write_legend(legend, overlay.series, self.marker)
        view = View(
            width,
            height - legend.height,
            self.marker,
            overlay.x_start,
            overlay.x_end,
            overlay.resumes,
            overlay.target,
            overlay.log,
        )
        drawn = self._picture.draw_strands(view, _strands(overlay.series, self.marker), overlay.cursor)
        if drawn is None:
            drawn = Cells.blank(width, view.height)
        return Cells(np.vstack((legend.glyphs, drawn.glyphs)), np.vstack((legend.roles, drawn.roles)))


def _strands(series: tuple[Series, ...], marker: Marker) -> list[Strand]:
    """At least one, as a picture needs; a single curve needs no marks to be told apart."""
    marks = _glyphs(marker) if len(series) > 1 else " " * SERIES_SHOWN
    strokes = ASCII_STROKES if marker == "ascii" and len(series) > 1 else [marker] * SERIES_SHOWN
    strands = [
        Strand(one.values, Role.SERIES + number, strokes[number], marks[number].strip())
        for number, one in enumerate(series[:SERIES_SHOWN])
    ]
    return strands or [Strand(np.empty(0, np.float32), Role.CURVE, marker)]


def write_legend(cells: Cells, series: tuple[Series, ...], marker: Marker) -> None:
    """Each curve's mark, name and value; without the values, and with shorter names, where one line holds no more."""
    column = 1
    for number, one in enumerate(_fitted(series[:SERIES_SHOWN], cells.width - column)):
        mark = f"{_glyphs(marker)[number]} " if len(series) > 1 else ""
        column += cells.write(0, column, f"{mark}{one.name} ", Role.SERIES + number)
        column += cells.write(0, column, f"{one.text} ", Role.TEXT)


def _fitted(series: Sequence[Series], width: int) -> Sequence[Series]:
    """The curves with as much of their names and values as fits into a legend of that width."""
    if sum(len(one.name) + len(one.text) + _LEGEND_GAPS for one in series) <= width:
        return series
    names = [one.name for one in series]
    while sum(map(len, names)) + _LEGEND_GAPS * len(names) > width and max(map(len, names)) > _SHORTEST_NAME:
        longest = max(range(len(names)), key=lambda number: len(names[number]))
        names[longest] = names[longest][:-1]
    return [replace(one, name=name, text="") for one, name in zip(series, names, strict=True)]


def _glyphs(marker: Marker) -> str:
    return ASCII_GLYPHS if marker == "ascii" else GLYPHS
