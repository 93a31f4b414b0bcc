"""A model of prices: the chart of a ticker by date, the verdict below it, and a table of all tickers."""

from __future__ import annotations

from functools import partial

import numpy as np

from lstm_engine.forecast.outlook import Outlook
from lstm_engine.text import printable
from tui.board.drawing.price_picture import AHEAD, OBSERVED, PREDICTED, price_picture
from tui.board.drawing.price_plot import PricePlot
from tui.board.state.board import Board
from tui.board.state.forecast import Forecast, TickerFigures
from tui.board.view.days_in_sight import days_in_sight
from tui.board.view.panels.panel import Panel, PanelPicture
from tui.board.view.panels.verdict_lines import price, verdict_lines
from tui.drawing.cells import Cells, Role
from tui.drawing.palette import ASCII_GLYPHS, GLYPHS
from tui.options import Marker
from tui.text.numbers import figure
from tui.text.pieces import Piece
from tui.text.widths import cut, flush_left

#: Lines of a chart: at least, with a legend, and where there is room for all words beside it.
_LEAST_CHART, _WITH_LEGEND, _SPACIOUS = 4, 6, 9
#: Lines of a panel with a table of the tickers, and of that table, its heading included, at least.
_WITH_TABLE, _LEAST_TABLE = 16, 4
_TICKER, _NUMBER = 14, 11


def forecast_panel(board: Board, forecast: Forecast | None, ticker: int, days: int) -> Panel:
    """What was predicted of the ticker of that number. forecast: what was read. days: in sight; 0 as at first."""
    if board.prices is None:
        return Panel("prices", empty="this run is of no model of prices")
    if forecast is None or forecast.files.directory != board.prices.directory:
        return Panel("prices", empty=_yet(board))
    outlook = forecast.outlook
    if outlook is None:
        return Panel("prices", empty=forecast.problem or _yet(board))
    tickers = outlook.table.tickers
    number = min(max(ticker, 0), len(tickers) - 1)
    several = len(tickers) > 1
    place = f" · {number + 1} of {len(tickers)}" if several else ""
    plot = plot_of(outlook, number, days)

    def draw(width: int, height: int, marker: Marker) -> Cells:
        return _picture(outlook, forecast.figures(number), plot, width, height, marker)

    return Panel(
        f"prices · {printable(tickers[number])}{place}",
        heading=_heading if several else lambda _: [],
        count=len(tickers) if several else 0,
        row=lambda row, width: _row(forecast, outlook, row, width),
        picture=PanelPicture(draw, partial(_lines_of, len(tickers)), (number, plot.first), (forecast.files,)),
    )


def plot_of(outlook: Outlook, ticker: int, days: int) -> PricePlot:
    """The chart of the ticker of that number. days: in sight, the last ones; 0 as at first."""
    table, predictions = outlook.table, outlook.predictions
    return PricePlot(
        np.concatenate((table.dates, outlook.dates_ahead)),
        table.prices[:, ticker],
        predictions.held_out[:, ticker],
        predictions.ahead[:, ticker],
        len(table.dates) - days_in_sight(outlook, days),
    )


def _yet(board: Board) -> str:
    if board.prices is not None and board.prices.mark is not None:
        return "is being read"
    return "the first validation brings predictions" if board.is_alive else "nothing was predicted before it ended"


def _lines_of(tickers: int, height: int) -> int:
    """The picture's, of so many that the panel has: the rest is for the table of the tickers, where there is room."""
    if tickers == 1 or height < _WITH_TABLE:
        return height
    return height - min(max(height // 4, _LEAST_TABLE), tickers + 1)


# --- the picture -----------------------------------------------------------------------------------------------------


def _picture(
    outlook: Outlook, figures: TickerFigures, plot: PricePlot, width: int, height: int, marker: Marker
) -> Cells:
    """The chart under its legend, and the verdict below it, which is there in any case."""
    lines = verdict_lines(outlook, figures, width, is_short=False)
    if height - len(lines) < _SPACIOUS:
        lines = verdict_lines(outlook, figures, width, is_short=True)
    cells = Cells.blank(width, height)
    room = height - len(lines)
    gap = int(room > _SPACIOUS)
    legend = int(room >= _WITH_LEGEND)
    if room >= _LEAST_CHART:
        chart = price_picture(plot, width, room - legend - gap, marker)
        part = cells.part(legend, 0, width, chart.height)
        part.glyphs[:], part.roles[:] = chart.glyphs, chart.roles
        if legend:
            _write_legend(cells, plot, marker)
    for row, line in enumerate(lines[:height], start=max(room, 0)):
        column = 0
        for text, role in line:
            column += cells.write(row, column, text, role)
    return cells


def _write_legend(cells: Cells, plot: PricePlot, marker: Marker) -> None:
    """Each curve's glyph and name; of the last day the price, and what was predicted of it."""
    last = (f" {price(float(values[-1]))}" for values in (plot.observed, plot.predicted))
    curves = zip((OBSERVED, PREDICTED, AHEAD), ("observed", "predicted", "ahead"), (*last, ""), strict=True)
    glyphs, column = ASCII_GLYPHS if marker == "ascii" else GLYPHS, 1
    for number, name, text in curves:
        column += cells.write(0, column, f"{glyphs[number]} {name}", Role.SERIES + number)
        column += cells.write(0, column, f"{text}   ", Role.TEXT)


# --- the table of the tickers ----------------------------------------------------------------------------------------

_COLUMNS = ("last", "next", "change", "MAE", "ratio")


def _heading(width: int) -> list[Piece]:
    text = flush_left(" ticker", _TICKER) + "".join(f"{name:>{_NUMBER}}" for name in _COLUMNS[: _fitting(width)])
    return [(cut(text, width), "$quiet")]


def _fitting(width: int) -> int:
    return max((width - _TICKER) // _NUMBER, 0)


def _row(forecast: Forecast, outlook: Outlook, number: int, width: int) -> list[Piece]:
    figures = forecast.figures(number)
    ratio, following = figures.verdict.ratio, figures.ahead[0]
    change = f"{following / figures.last - 1:+.2%}" if figures.last else "–"
    numbers = (
        *(price(figures.last), price(following), change, price(figures.verdict.model.mae)),
        "–" if ratio is None else figure(ratio, _NUMBER - 1, 2),
    )
    name = flush_left(cut(f" {printable(outlook.table.tickers[number])}", _TICKER - 1), _TICKER)
    text = "".join(f"{each:>{_NUMBER}}" for each in numbers[: _fitting(width)])
    return [(name, "bold"), (text, "")]
