"""The panel of a model of prices."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.untrained_price_runs import price_run, table_of
from tui.board.state.board import Board
from tui.board.state.forecast import Forecast
from tui.board.view.panels.forecast_panel import forecast_panel, plot_of
from tui.board.view.panels.panel import Panel
from tui.client.logs.outlook_reader import OutlookReader
from tui.drawing.plotext_private import warm_up
from tui.options import Marker
from tui.state.told import PriceFiles


def read(folder: Path, tickers: int = 1) -> tuple[Board, Forecast]:
    files = price_run(folder / "a", table_of(200, tickers=tickers))
    return Board("a", prices=files), Forecast(files, OutlookReader(files.directory).read())


def text(panel: Panel, width: int, lines: int, marker: Marker = "braille") -> str:
    warm_up()
    assert panel.picture is not None
    cells = panel.picture.draw(width, panel.picture.lines(lines), marker)
    return "\n".join(cells.text(row).rstrip() for row in range(cells.height))


@pytest.mark.parametrize(("width", "lines"), [(78, 40), (78, 17), (58, 13), (58, 9)])
@pytest.mark.parametrize("tickers", [1, 20])
def test_the_verdict_is_there_at_every_size(tmp_path: Path, width: int, lines: int, tickers: int) -> None:
    board, forecast = read(tmp_path, tickers)
    assert forecast.outlook is not None
    shown = " ".join(text(forecast_panel(board, forecast, 0, 0), width, lines).split())
    for phrase in (*forecast.outlook.words, "at its best epoch, 12", "the model", "tomorrow = today"):
        assert phrase in shown


def test_curves_are_named_with_the_last_day_s_prices(tmp_path: Path) -> None:
    board, forecast = read(tmp_path)
    assert forecast.outlook is not None
    last = forecast.outlook.table.prices[-1, 0]
    first_line = text(forecast_panel(board, forecast, 0, 0), 78, 30).splitlines()[0]
    assert first_line.startswith(f" ■ observed {last:.2f}   ● predicted ")
    assert "▲ ahead" in first_line
    assert "o predicted" in text(forecast_panel(board, forecast, 0, 0), 78, 30, "ascii")


def test_of_one_ticker_there_is_no_table(tmp_path: Path) -> None:
    board, forecast = read(tmp_path)
    panel = forecast_panel(board, forecast, 0, 0)
    assert panel.title == "prices · T000"
    assert panel.count == 0
    assert panel.picture is not None
    assert panel.picture.lines(40) == 40


def test_the_table_s_rows_are_worked_out_as_they_come_into_sight(tmp_path: Path) -> None:
    board, forecast = read(tmp_path, 500)
    panel = forecast_panel(board, forecast, 7, 0)
    assert panel.title == "prices · T007 · 8 of 500"
    assert panel.count == 500
    assert forecast._figures == {}
    row = "".join(part for part, _ in panel.row(3, 78)).split()
    figures = forecast.figures(3)
    assert row[:4] == ["T003", f"{figures.last:.2f}", f"{figures.ahead[0]:.2f}", "+0.20%"]
    assert set(forecast._figures) == {3}
    assert panel.heading(78)[0][0].split() == ["ticker", "last", "next", "change", "MAE", "ratio"]
    assert panel.heading(40)[0][0].split() == ["ticker", "last", "next"]
    assert panel.picture is not None
    assert (panel.picture.lines(40), panel.picture.lines(17), panel.picture.lines(13)) == (30, 13, 13)


def test_another_ticker_other_days_and_other_predictions_are_other_pictures(tmp_path: Path) -> None:
    board, forecast = read(tmp_path, 3)
    newer = Forecast(PriceFiles(forecast.files.directory, (13,)), forecast.outlook)
    keys = [
        (panel.picture.asked, panel.picture.shown)
        for panel in (
            forecast_panel(board, forecast, 0, 0),
            forecast_panel(board, forecast, 1, 0),
            forecast_panel(board, forecast, 0, 50),
            forecast_panel(board, newer, 0, 0),
        )
        if panel.picture is not None
    ]
    assert len(set(keys)) == 4


def test_the_chart_is_of_the_ticker_and_the_days(tmp_path: Path) -> None:
    _, forecast = read(tmp_path, 3)
    assert forecast.outlook is not None
    plot = plot_of(forecast.outlook, 2, 50)
    assert (plot.first, plot.cut) == (150, 160)
    assert plot.observed.tolist() == forecast.outlook.table.prices[:, 2].tolist()
    assert len(plot.dates) == 205


@pytest.mark.parametrize(
    ("files", "forecast", "words"),
    [
        (None, None, "of no model of prices"),
        (PriceFiles(Path("/a")), None, "nothing was predicted"),
        (PriceFiles(Path("/a"), (1,)), None, "is being read"),
        (PriceFiles(Path("/a"), (1,)), Forecast(PriceFiles(Path("/a"), (1,)), problem="it is damaged"), "is damaged"),
        (PriceFiles(Path("/a"), (1,)), Forecast(PriceFiles(Path("/b"), (1,)), problem="it is damaged"), "being read"),
    ],
)
def test_where_there_is_nothing_it_says_why(files: PriceFiles | None, forecast: Forecast | None, words: str) -> None:
    panel = forecast_panel(Board("a", state="finished", prices=files), forecast, 0, 0)
    assert panel.picture is None
    assert words in panel.empty
    assert "first validation" in forecast_panel(Board("a", prices=PriceFiles(Path("/a"))), None, 0, 0).empty
