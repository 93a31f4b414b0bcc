"""A ticker's prices by date as a picture of cells: observed, predicted where they are held out, and those ahead."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lstm_engine.prices.table import date_words
from tui.board.drawing.date_ticks import date_ticks
from tui.board.drawing.price_plot import PricePlot
from tui.board.drawing.series_layer import MetricCurve, SeriesLayer
from tui.board.state.series import Series
from tui.drawing.cells import Cells, Glyphs, Role
from tui.drawing.layer import Pen
from tui.drawing.layered_picture import MARK_EVERY, put_marks
from tui.drawing.palette import ASCII_GLYPHS, ASCII_STROKES, GLYPHS
from tui.drawing.plotting import Axes, draw_axes, draw_line, resolution
from tui.drawing.scales import Scale, steps_up, value_scale
from tui.options import Marker

#: Colour and glyph of what was observed, of what was predicted of it, and of what comes.
OBSERVED, PREDICTED, AHEAD = 2, 0, 1
#: The smallest chart with an axis of values, by width, and with one of dates, too, by height.
VALUES_FROM, DATES_FROM = 24, 5
#: Columns of the days ahead: of each and of all, where that is more than their share of the axis.
_A_DAY, _LEAST_AHEAD = 3, 10
HELD_OUT = "held out"


def price_picture(plot: PricePlot, width: int, height: int, marker: Marker) -> Cells:
    """The chart. The days ahead have more room than their share where that would show nothing of them."""
    has_values = width >= VALUES_FROM
    below = 2 if has_values and height >= DATES_FROM else 0
    rows = height - below
    scale = value_scale(*_extent(plot), rows)
    left = max(len(label) for _, label in scale.ticks) + 1 if has_values else 0
    canvas_width = width - left
    past = canvas_width - _columns_ahead(plot, canvas_width)
    cut = int(_columns(plot, np.array([plot.cut]), past)[0]) if plot.cut > plot.first else None
    axes = Axes(
        width=width,
        height=height,
        left=left,
        below=below,
        value_ticks=tuple((rows - 1 - int(steps_up(np.array(at), rows)), label) for at, label in scale.ticks),
        epoch_ticks=_ticks(plot, past, canvas_width) if below else (),
        resume_columns=(past,) if cut is None else (cut, past),
    )
    cells = draw_axes(axes, marker)
    canvas = cells.part(0, left, canvas_width, rows)
    _draw_past(canvas.part(0, 0, past, rows), plot, scale, marker)
    _draw_ahead(canvas, past, plot, scale, marker)
    if cut is not None:
        _label(canvas, cut, HELD_OUT, past)
    _label(canvas, past, "ahead", canvas_width)
    return cells


def _extent(plot: PricePlot) -> tuple[float, float]:
    """The least and the greatest price in sight."""
    last = len(plot.observed)
    in_sight = (plot.observed[plot.first :], plot.predicted[max(plot.first - plot.cut, 0) : last], plot.ahead)
    values = np.concatenate(in_sight)
    known = values[np.isfinite(values)]
    return float(known.min()), float(known.max())


def _columns_ahead(plot: PricePlot, columns: int) -> int:
    days, past = len(plot.ahead), len(plot.observed) - plot.first
    share = columns * days // (past + days)
    return max(share, min(max(_A_DAY * days, _LEAST_AHEAD), columns // 3))


def _columns(plot: PricePlot, rows: NDArray[np.int64], columns: int) -> NDArray[np.int64]:
    """Which of so many columns rows of the table fall into."""
    span = max(len(plot.observed) - 1 - plot.first, 1)
    return (2 * (rows - plot.first) * (columns - 1) + span) // (2 * span)


def _ticks(plot: PricePlot, past: int, columns: int) -> tuple[tuple[int, str], ...]:
    """Those of the past, and the last day ahead at the end."""
    days = len(plot.observed)
    last = date_words(plot.dates[-1])
    at_end = columns - 1 - (len(last) - 1) // 2 - len(last) % 2
    ticks = date_ticks(plot.dates[:days], plot.first, _columns(plot, np.arange(plot.first, days), past))
    room = at_end - len(last) // 2 - 2
    return (*((at, text) for at, text in ticks if at + (len(text) + 1) // 2 < room), (at_end, last))


def _draw_past(canvas: Cells, plot: PricePlot, scale: Scale, marker: Marker) -> None:
    days = len(plot.observed)
    curves = (
        (OBSERVED, np.arange(plot.first, days), plot.observed[plot.first :]),
        (PREDICTED, np.arange(plot.cut, days), plot.predicted),
    )
    layers = []
    for number, rows, values in curves:
        layer = SeriesLayer(Pen(Role.SERIES + number, *_stroke(number, marker)))
        layer.lay_out(plot.first, days - 1, canvas.width, canvas.height)
        layer.follow(MetricCurve(Series().extended(rows, values)))
        layer.draw(scale)
        layers.append(layer)
    canvas.overlay_in_turns([layer.glyphs for layer in layers], [layer.pen.role for layer in layers])
    for place, layer in enumerate(layers):
        put_marks(canvas, layer, MARK_EVERY * place // len(layers))


def _draw_ahead(canvas: Cells, past: int, plot: PricePlot, scale: Scale, marker: Marker) -> None:
    """A broken line from the last observed day on, and a mark on each day ahead that has room for one."""
    stroke, mark = _stroke(AHEAD, marker)
    room = canvas.part(0, past - 1, canvas.width - past + 1, canvas.height)
    across, up = resolution(stroke)
    days = np.arange(len(plot.ahead) + 1)
    columns = days * (room.width - 1) // (len(days) - 1)
    values = np.concatenate((plot.observed[-1:], plot.ahead))
    known = np.isfinite(values)
    heights = steps_up(scale.fractions(values[known]), room.height, up).astype(np.int64)
    line = draw_line(columns[known] * across, heights, days[known] > 0, room.width, room.height, stroke)
    room.overlay(_broken(line), Role.SERIES + AHEAD)
    apart = 1 if len(plot.ahead) * 2 <= room.width else len(plot.ahead)
    for day in range(len(plot.ahead), 0, -apart):
        if known[day]:
            row = room.height - 1 - int(steps_up(scale.fractions(values[day : day + 1]), room.height)[0])
            room.write(row, int(columns[day]), mark, Role.SERIES + AHEAD)


def _broken(line: Glyphs) -> Glyphs:
    """Every second column of it."""
    line[:, ::2] = " "
    return line


def _stroke(number: int, marker: Marker) -> tuple[str, str]:
    """What a curve is drawn with, and its mark."""
    return (ASCII_STROKES[number], ASCII_GLYPHS[number]) if marker == "ascii" else (marker, GLYPHS[number])


def _label(canvas: Cells, column: int, text: str, end: int) -> None:
    """Beside a rule, where nothing is in the way: at the top, or else at the bottom."""
    for row in (0, canvas.height - 1):
        span = canvas.roles[row, column + 1 : min(column + len(text) + 3, end)]
        if len(span) >= len(text) + 1 and not span.any():
            canvas.write(row, column + 2, text, Role.LABEL)
            return
