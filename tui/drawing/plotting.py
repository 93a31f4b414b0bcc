"""Points and axes, given in cells of a canvas, as characters: the drawing through plotext.

What a character means (which curve, a tick, a target) is kept beside it as a `Role`, so that a widget can give it the
theme's colour.

plotext makes some foreign calls per point, so callers reduce their data to a few points a column first. Not
thread-safe: draw on one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.drawing.cells import Cells, Glyphs, Role, Roles
from tui.drawing.plotext_private import add_signal, own_figure, set_limits_in_cells
from tui.options import Marker
from tui.text.widths import flush_right

Numbers = Sequence[int] | NDArray[np.int64]

_RESOLUTION = {"braille": (2, 4), "block": (2, 2)}
_PLOTEXT_MARKER = {"block": "hd", "ascii": "*"}

#: The middle of a point, but for a hair: where a line runs exactly between two points, rounding must not decide which
#: one it takes, or it would look different in a part of a picture and in the whole.
_MIDDLE = 0.5 + 1e-5

_DRAWN = "─│┤├┬┴┼└┈┊"
_ASCII = dict(zip(map(ord, _DRAWN), "-|++++++-:", strict=True))
_DASHED = {ord("┈"): "╌", ord("┊"): "╎"}


@dataclass(frozen=True)
class Axes:
    """What stands around and behind the curves of a chart.

    width, height: of the whole chart, in cells.
    left: columns left of the canvas, the last of them the value axis; 0 leaves the axis out.
    below: rows below the canvas, the first of them the epoch axis: 2, or 0 to leave the axis out.
    value_ticks: (canvas row, label); epoch_ticks: (canvas column, label).
    target_row, resume_columns: where the dashed lines run, on the canvas.
    """

    width: int
    height: int
    left: int
    below: int
    value_ticks: tuple[tuple[int, str], ...] = ()
    epoch_ticks: tuple[tuple[int, str], ...] = ()
    target_row: int | None = None
    resume_columns: tuple[int, ...] = ()

    @property
    def canvas_width(self) -> int:
        return self.width - self.left

    @property
    def canvas_height(self) -> int:
        return self.height - self.below


def resolution(marker: str) -> tuple[int, int]:
    """How many points fit into one cell with a marker, or with any single character: across, and up."""
    return _RESOLUTION.get(marker, (1, 1))


def draw_axes(axes: Axes, marker: Marker) -> Cells:
    """The axes with their ticks, and the dashed lines on an otherwise empty canvas."""
    figure = _emptied(axes.width, axes.height)
    figure.axes(axes.below > 0, axis="x", side="lower")
    figure.axes(axes.left > 0, axis="y", side="left")
    set_limits_in_cells(figure, axes.canvas_width, axes.canvas_height)
    if axes.below:
        figure.ruler("x").ticks(
            [column + 0.5 for column, _ in axes.epoch_ticks], [text for _, text in axes.epoch_ticks]
        )
    if axes.left:
        figure.ruler("y").ticks(
            [axes.canvas_height - row - 0.5 for row, _ in axes.value_ticks],
            [flush_right(text, axes.left - 1) for _, text in axes.value_ticks],
        )
    if axes.target_row is not None:
        figure.line(axes.canvas_height - axes.target_row - 0.5, 0, style="dotted")
    for column in axes.resume_columns:
        figure.line(column + 0.5, 1, style="dotted")
    glyphs = _glyphs(figure, axes.width, axes.height, _ASCII if marker == "ascii" else _DASHED)
    return Cells(glyphs, _axes_roles(axes, glyphs))


def draw_line(
    x: Numbers, y: Numbers, joined: Sequence[bool] | NDArray[np.bool_], width: int, height: int, marker: str
) -> Glyphs:
    """Points on a canvas of width × height cells, each joined to the one before it where `joined` says so.

    x, y: whole numbers, counted in points from the lower left corner; a cell has `resolution(marker)` of them.
    marker: one of `Marker`, or any single character.
    Returns glyphs of shape (height, width), spaces where nothing is drawn.
    """
    across, up = resolution(marker)
    figure = _emptied(width, height)
    set_limits_in_cells(figure, width, height)
    signal = figure.signal(
        [(at + _MIDDLE) / across for at in x],
        [(at + _MIDDLE) / up for at in y],
        marker=_PLOTEXT_MARKER.get(marker, marker),
    )
    signal.lines(True)
    for index in np.flatnonzero(~np.asarray(joined, np.bool_)).tolist():
        signal.line(index, False)
    add_signal(figure, signal)
    return _glyphs(figure, width, height, {})


def _emptied(width: int, height: int) -> Any:
    """Our figure of that size, with nothing on it."""
    figure = own_figure()
    figure.clear.data()
    figure.clear.settings()
    figure.axes(False)
    figure.ruler("x").frequency(0)
    figure.ruler("y").frequency(0)
    figure.plot_size(width, height)
    return figure


def _glyphs(figure: Any, width: int, height: int, replaced: dict[int, str]) -> Glyphs:
    text = figure.build().string(True).translate(replaced)
    cells = np.frombuffer(text.encode("utf-32-le"), "<U1")
    return cells.reshape(height, width + 1)[:, :width].copy()


def _axes_roles(axes: Axes, glyphs: Glyphs) -> Roles:
    roles = np.full(glyphs.shape, Role.LABEL, np.uint16)
    floor = axes.canvas_height
    if axes.left:
        roles[: floor + 1, axes.left - 1] = Role.AXIS
    if axes.below:
        roles[floor, axes.left :] = Role.AXIS
    roles[:floor, axes.left :] = Role.TARGET
    for column in axes.resume_columns:
        roles[:floor, axes.left + column] = Role.RESUME
    roles[glyphs == " "] = Role.BLANK
    return roles
