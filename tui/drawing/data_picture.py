"""The companies' values over the days as a picture of cells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lstm_engine.data.companies import Companies
from tui.drawing.cells import Cells, Glyphs, Role
from tui.drawing.decimation import column_of
from tui.drawing.palette import ASCII_GLYPHS, ASCII_STROKES, GLYPHS, SERIES_SHOWN
from tui.drawing.plotting import Axes, draw_axes, draw_line, resolution
from tui.drawing.scales import Scale, epoch_ticks, steps_up, value_scale
from tui.options import Marker
from tui.text.widths import cut_together

#: Of more companies only the number is shown.
COMPANIES_SHOWN = SERIES_SHOWN
#: The smallest (width, height) with each part.
LEGEND_FROM = (16, 5)
AXES_FROM = (24, 7)
#: Columns left free beside the first and the last day, for glyphs of several companies side by side.
MARGIN = 2
#: Where days are nearer to each other than this many columns, they have no glyph of their own on the line.
COLUMNS_PER_GLYPH = 4
COLUMNS_PER_LABEL = 8
#: Cells to which a name in the legend is cut at most.
_LEAST_NAME = 3
#: By company: the days that go in, and the day to predict.
_BY_COMPANY = (GLYPHS, "○△□◇▽☆")
_ASCII_BY_COMPANY = (ASCII_GLYPHS, "OXH*A$")


def data_picture(companies: Companies, chosen: Sequence[int] | None, width: int, height: int, marker: Marker) -> Cells:
    """Each company's days as a line, the day to predict as a hollow glyph, a legend on top.

    chosen: the numbers of the companies to draw, by default all; at most `COMPANIES_SHOWN` are drawn.
    """
    numbers = list(range(len(companies.names)) if chosen is None else chosen)
    shown = numbers[:COMPANIES_SHOWN]
    if not shown:
        return Cells.blank(width, height)
    table = np.array([(*companies.days[number], companies.targets[number]) for number in shown])
    has_legend = width >= LEGEND_FROM[0] and height >= LEGEND_FROM[1]
    legend = Cells.blank(width, 1 if has_legend else 0)
    if has_legend:
        _write_legend(legend, [companies.names[number] for number in shown], len(companies.names), marker)
    chart = _chart(table, width, height - legend.height, marker)
    return Cells(np.vstack((legend.glyphs, chart.glyphs)), np.vstack((legend.roles, chart.roles)))


def _chart(table: NDArray[np.float64], width: int, height: int, marker: Marker) -> Cells:
    """The chart of `table`, shape (companies, days + 1), without its legend."""
    axes, scale = _axes(table, width, height)
    cells = draw_axes(axes, marker)
    canvas = cells.part(0, axes.left, axes.canvas_width, axes.canvas_height)
    margin = MARGIN if axes.canvas_width > 4 * MARGIN else 0
    inner = canvas.part(0, margin, canvas.width - 2 * margin, canvas.height)
    strokes = ASCII_STROKES if marker == "ascii" else [marker] * COMPANIES_SHOWN
    lines = [_line(values, scale, inner, stroke) for values, stroke in zip(table, strokes, strict=False)]
    inner.overlay_in_turns(lines, [Role.SERIES + number for number in range(len(lines))])
    days = table.shape[1]
    first = 0 if inner.width >= COLUMNS_PER_GLYPH * (days - 1) else days - 1
    for day in range(first, days):
        column = margin + column_of(day, 0, days - 1, inner.width)
        rows = [canvas.height - 1 - int(step) for step in steps_up(scale.fractions(table[:, day]), canvas.height)]
        _put_glyphs(canvas, column, rows, _glyphs(marker)[day == days - 1])
    return cells


def _axes(table: NDArray[np.float64], width: int, height: int) -> tuple[Axes, Scale]:
    has_axes = width >= AXES_FROM[0] and height >= AXES_FROM[1]
    below = 2 if has_axes else 0
    rows = height - below
    scale = value_scale(float(table.min()), float(table.max()), rows)
    left = max(len(label) for _, label in scale.ticks) + 1 if has_axes else 0
    columns = width - left - 2 * MARGIN
    days = table.shape[1]
    ticks = epoch_ticks(1, days, columns, COLUMNS_PER_LABEL) if has_axes else ()
    return (
        Axes(
            width=width,
            height=height,
            left=left,
            below=below,
            value_ticks=tuple((rows - 1 - int(steps_up(np.array(at), rows)), label) for at, label in scale.ticks),
            epoch_ticks=tuple((MARGIN + column_of(day, 1, days, columns), f"day {label}") for day, label in ticks),
        ),
        scale,
    )


def _line(values: NDArray[np.float64], scale: Scale, canvas: Cells, stroke: str) -> Glyphs:
    """The line through one company's values, shape of the canvas; stroke: a marker or a character."""
    across, up = resolution(stroke)
    last = len(values) - 1
    columns = [column_of(day, 0, last, canvas.width * across) for day in range(len(values))]
    heights = steps_up(scale.fractions(values), canvas.height, up).astype(np.int64)
    return draw_line(columns, heights, [day > 0 for day in range(len(values))], canvas.width, canvas.height, stroke)


def _put_glyphs(cells: Cells, column: int, rows: Sequence[int], glyphs: str) -> None:
    """Each company's glyph at its row of a column; those of one row stand side by side."""
    for row in dict.fromkeys(rows):
        here = [number for number, other in enumerate(rows) if other == row]
        begin = min(max(column - len(here) // 2, 0), max(cells.width - len(here), 0))
        for offset, number in enumerate(here):
            if begin + offset < cells.width:
                cells.write(row, begin + offset, glyphs[number], Role.SERIES + number)


def _write_legend(cells: Cells, names: Sequence[str], total: int, marker: Marker) -> None:
    """One line: each company's glyph and name, how many more there are, and what the hollow glyphs are."""
    inputs, targets = _glyphs(marker)
    more = f"and {total - len(names)} more  " if total > len(names) else ""
    meaning = f"{targets[: len(names)]} to predict"
    room = cells.width - 2 - len(more) - len(meaning) - len("X   ") * len(names)
    column = 1
    for number, name in enumerate(cut_together(list(names), room, _LEAST_NAME)):
        column += cells.write(0, column, f"{inputs[number]} {name}", Role.SERIES + number) + 2
    column += cells.write(0, column, more, Role.LABEL)
    if column + len(meaning) < cells.width:
        cells.write(0, cells.width - len(meaning) - 1, meaning, Role.LABEL)


def _glyphs(marker: Marker) -> tuple[str, str]:
    """By company: what stands for it, and for the day to predict."""
    return _ASCII_BY_COMPANY if marker == "ascii" else _BY_COMPANY
