"""The line that says what the charts show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.board_feed import log_of, opening, training
from tests.support.untrained_price_runs import price_run, table_of
from tui.board.state.boards import Boards
from tui.board.state.forecast import Forecast
from tui.board.view.picture import picture
from tui.board.view.seen import Seen
from tui.board.view.strip import strip
from tui.client.logs.outlook_reader import OutlookReader
from tui.state.told import PriceFiles, Told
from tui.view.timeline import Timeline

ONE = Boards().after([Told("calm-lake", training(220))])


def line(seen: Seen, width: int = 100) -> str:
    now = picture(ONE, seen, 100, 2)
    return "".join(text for text, _ in strip(now, now.page(160, 40), width))


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Seen(), "4 charts · by step"),
        (Seen(by_epoch=True), "by epoch"),
        (Seen(log=True, smoothing=2), "log · smoothed 0.9"),
        (Seen(filter="loss"), "/loss · 1 chart"),
        (Seen(zoomed=True, chosen=1), "chart 2 of 4"),
        (Seen(timeline=Timeline(cursor=100)), " step 100  End returns"),
        (Seen(by_epoch=True, timeline=Timeline(cursor=2500)), " epoch 2.50 "),
    ],
)
def test_what_the_charts_show_is_said(seen: Seen, words: str) -> None:
    assert words in line(seen)


def test_of_no_charts_nothing_is_said() -> None:
    now = picture(Boards().after([Told("a", opening())]), Seen(), 100, 2)
    assert strip(now, now.page(160, 40), 100) == []


def test_an_axis_that_there_is_none_of_is_not_claimed() -> None:
    events = [event for event in log_of(0) if getattr(event, "name", "") != "epoch"]
    now = picture(Boards().after([Told("a", events)]), Seen(by_epoch=True), 100, 2)
    assert "by step: no epochs were told" in "".join(text for text, _ in strip(now, now.page(160, 40), 100))


def test_the_verdict_on_a_model_of_prices_stands_first(tmp_path: Path) -> None:
    files = price_run(tmp_path / "a", table_of(100))
    boards = Boards().after([Told("a", training(), prices=files)])
    forecast = Forecast(files, OutlookReader(files.directory).read())

    def text(seen: Seen, width: int, found: Forecast | None = forecast) -> str:
        now = picture(boards, seen, width, 2)
        return "".join(piece for piece, _ in strip(now, now.page(width, 40), width, found)).strip()

    assert forecast.outlook is not None
    first = forecast.outlook.words[0]
    assert "yesterday's price" in first
    assert text(Seen(), 100) == f"{first} · 4 charts · by step"
    assert text(Seen(), 60) == first
    assert text(Seen(panel="forecast"), 100) == "4 charts · by step"
    assert first not in text(Seen(timeline=Timeline(cursor=100)), 100)
    assert text(Seen(), 100, Forecast(PriceFiles(tmp_path / "b"), forecast.outlook)) == "4 charts · by step"
    assert text(Seen(), 100, Forecast(files, problem="damaged")) == "4 charts · by step"
