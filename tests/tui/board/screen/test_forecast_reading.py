"""The predictions of a model of prices are read as they come: a word above the charts, and a panel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lstm_engine.forecast.predictions import PREDICTIONS
from tests.support.board_feed import FedSource, training
from tests.support.board_hands import BoardHands, board
from tests.support.script import until
from tests.support.untrained_price_runs import predicted, price_run, table_of
from tui.board.screen import renewed
from tui.board.widgets.board_panel import BoardPanel
from tui.board.widgets.panel_chart import PanelChart
from tui.state.told import PriceFiles


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewed, "_EVERY", 0.0)
    monkeypatch.setattr(renewed, "_REST", 0.0)


def fed(files: PriceFiles | None) -> FedSource:
    source = FedSource()
    source.feed(training(80), prices=files)
    return source


def shown(hands: BoardHands) -> str:
    cells = hands.screen.query_one(PanelChart)._cells
    return "\n".join(cells.text(row) for row in range(cells.height))


async def test_p_shows_them_and_they_follow_the_file(tmp_path: Path) -> None:
    table = table_of(100)
    files = price_run(tmp_path / "a", table)
    source = fed(files)
    async with board(source, (80, 24)) as hands:
        await until(lambda: "yesterday's price" in hands.text("#board-strip"))
        await hands.press("p")
        await until(lambda: "best epoch, 12" in shown(hands))
        source.feed(prices=predicted(files.directory, table, epoch=13))
        await until(lambda: "best epoch, 13" in shown(hands))
        await hands.press("p")
        assert not hands.screen.query_one(BoardPanel).display


async def test_what_is_damaged_is_said_until_it_is_whole_again(tmp_path: Path) -> None:
    table = table_of(100)
    files = price_run(tmp_path / "a", table)
    (files.directory / PREDICTIONS).write_bytes(b"x")
    source = fed(files)
    async with board(source, (80, 24)) as hands:
        await hands.press("p")
        await until(lambda: "is damaged" in hands.text("#panel-empty"))
        source.feed(prices=predicted(files.directory, table, epoch=13))
        await until(lambda: "best epoch, 13" in shown(hands))
        source.feed(prices=replace(files, mark=None))
        await hands.drawn()
        assert "best epoch, 13" in shown(hands)


async def test_of_another_run_there_is_nothing_to_show(tmp_path: Path) -> None:
    async with board(fed(None), (80, 24)) as hands:
        await hands.press("p")
        assert "no model of prices" in hands.notice
        assert not hands.screen.query_one(BoardPanel).display


async def test_n_and_the_arrows_choose_the_ticker(tmp_path: Path) -> None:
    files = price_run(tmp_path / "a", table_of(100, tickers=20))
    async with board(fed(files), (80, 24)) as hands:
        panel = hands.screen.query_one(BoardPanel)
        await hands.press("p")
        await until(lambda: "T000 · 1 of 20" in str(panel.border_title))
        await hands.press("n", "down")
        await until(lambda: "T002 · 3 of 20" in str(panel.border_title))
        await hands.press("up", "up", "up", "pagedown", "n")
        await until(lambda: "4 of 20" in str(panel.border_title))
        assert hands.rows[2].startswith(" T003")


async def test_of_one_ticker_there_is_no_next_one(tmp_path: Path) -> None:
    files = price_run(tmp_path / "a", table_of(100))
    async with board(fed(files), (80, 24)) as hands:
        await hands.press("p")
        await until(lambda: "best epoch" in shown(hands))
        await hands.press("n")
        assert hands.notice == "there is no other ticker"


async def test_the_keys_that_zoom_are_for_the_prices(tmp_path: Path) -> None:
    files = price_run(tmp_path / "a", table_of(100))
    async with board(fed(files), (80, 24)) as hands:
        await hands.press("p")
        await until(lambda: "best epoch" in shown(hands))
        before = hands.screen.seen.timeline
        await hands.press("plus")
        assert hands.notice == "the last 20 days"
        await hands.press("0")
        assert hands.notice == "the last 100 days"
        await hands.press("minus", "plus", "plus")
        assert hands.notice == "the last 25 days"
        assert hands.screen.seen.timeline == before
