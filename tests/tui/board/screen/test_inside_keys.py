"""The keys that look into a model of prices."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from lstm_engine.script.vocabulary.commands import WatchLayers
from tests.support.board_feed import FedSource, gates, training
from tests.support.board_hands import BoardHands, board
from tests.support.inside_runs import inside_run, told_of
from tests.support.recomputed import FakeEpochs
from tests.support.script import until
from tests.support.snapshots import SMALL, WIDE
from tui.board.screen import renewed
from tui.board.widgets.panel_chart import PanelChart
from tui.widgets.screen_keys import ScreenKeys

#: How the titles of the panels begin, by key.
PANELS = {"w": "layers", "g": "gates", "p": "prices"}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewed, "_EVERY", 0.0)
    monkeypatch.setattr(renewed, "_REST", 0.0)


def heading(hands: BoardHands) -> str:
    """The first line over the maps."""
    return hands.screen.query_one(PanelChart)._cells.text(0).strip()


def keys(hands: BoardHands) -> str:
    """The bottom line."""
    return hands.screen.query_one(ScreenKeys).render_line(0).text


def title(hands: BoardHands) -> str:
    return str(hands.screen.panel.border_title)


async def opened(hands: BoardHands, key: str) -> None:
    await until(lambda: title(hands).startswith(PANELS[key]) and hands.screen.query_one(PanelChart).display)


@asynccontextmanager
async def looking(
    folder: Path, tickers: int = 3, epochs: int = 12, lost: tuple[int, ...] = ()
) -> AsyncIterator[BoardHands]:
    """At the gates of a run, once they are there. lost: epochs whose parameters are not kept."""
    files = inside_run(folder / "a", [each for each in range(1, epochs + 1) if each not in lost], tickers)
    source = FedSource()
    source.feed(told_of(epochs), prices=files)
    async with board(source, WIDE) as hands:
        await hands.press("g")
        await until(lambda: f"epoch {epochs}" in heading(hands))
        yield hands


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["160x48", "60x20"])
async def test_any_panel_opens_from_any_other(tmp_path: Path, size: tuple[int, int]) -> None:
    source = FedSource()
    source.feed(told_of(12), prices=inside_run(tmp_path / "a", range(1, 13)))
    async with board(source, size) as hands:
        for before, after in itertools.permutations("wgp", 2):
            await hands.press(before)
            await opened(hands, before)
            # The map of the last matrix has one line.
            await hands.press(*["down"] * 4, after)
            await opened(hands, after)
            await hands.press(after)
        assert hands.app.is_running


async def test_days_and_windows_back_and_on(tmp_path: Path) -> None:
    async with looking(tmp_path) as hands:
        assert heading(hands).endswith("2024-05-03 to 2024-05-16 · for 2024-05-17")
        await hands.press("greater_than_sign")
        assert hands.notice == "there is no later day with a price"
        await hands.press("less_than_sign")
        assert heading(hands).endswith("2024-05-02 to 2024-05-15 · for 2024-05-16")
        await hands.press("left_curly_bracket")
        assert heading(hands).endswith("for 2024-05-02")
        await hands.press("right_curly_bracket", "greater_than_sign")
        assert heading(hands).endswith("for 2024-05-17")
        await hands.press(*["left_curly_bracket"] * 9)
        assert heading(hands).endswith("2024-01-02 to 2024-01-15 · for 2024-01-16")
        await hands.press("less_than_sign")
        assert hands.notice == "there is no earlier window"


async def test_the_epoch_is_that_of_the_time_cursor(tmp_path: Path) -> None:
    async with looking(tmp_path) as hands:
        await hands.press("left_square_bracket", "left_square_bracket")
        assert "epoch 10 " in heading(hands)
        await hands.press("end")
        assert "epoch 12 " in heading(hands)


async def test_the_ticker_is_that_of_the_prices(tmp_path: Path) -> None:
    async with looking(tmp_path) as hands:
        await hands.press("n")
        assert title(hands) == "gates · T001 · 2 of 3"
        await hands.press("p")
        await until(lambda: title(hands) == "prices · T001 · 2 of 3")
        await hands.press("n", "g")
        assert title(hands) == "gates · T002 · 3 of 3"
        await hands.press("n")
        assert title(hands) == "gates · T000 · 1 of 3"


async def test_one_ticker_alone_has_no_next(tmp_path: Path) -> None:
    async with looking(tmp_path, tickers=1) as hands:
        await hands.press("n")
        assert hands.notice == "there is no other ticker"


async def test_enter_opens_the_present_unit_and_esc_closes_it(tmp_path: Path) -> None:
    async with looking(tmp_path) as hands:
        await hands.press("down", "down", "enter")
        assert title(hands).startswith("unit 3 of 8 · T000 · epoch 12 · for 2024-05-17")
        assert hands.rows[0].split()[0] == "2024-05-03"
        await hands.press("down", "less_than_sign", "left_square_bracket")
        assert title(hands).startswith("unit 3 of 8 · T000 · epoch 11 · for 2024-05-16")
        assert hands.rows[0].split()[0] == "2024-05-02"
        await hands.press("escape")
        assert title(hands) == "gates · T000 · 1 of 3"
        assert hands.screen.panel.rows.cursor == 2
        await hands.press("enter", "enter")
        assert title(hands) == "gates · T000 · 1 of 3"


async def test_e_has_the_epoch_computed_and_shows_it_exactly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = FakeEpochs(monkeypatch)
    async with looking(tmp_path, lost=(10, 9)) as hands:
        await hands.press("left_square_bracket", "left_square_bracket")
        assert "≈ epoch 11 " in heading(hands)
        assert "e exactly" in keys(hands)
        await hands.press("e")
        assert hands.notice == "epoch 10 is computed again: e or esc cancels that"
        assert process.asked == [(tmp_path / "a", 10)]
        assert title(hands) == "gates · computing epoch 10 exactly"
        process.tell(3, 4)
        await hands.drawn()
        assert title(hands) == "gates · computing epoch 10 exactly, 3 of 4"
        assert "e cancel" in keys(hands)
        await hands.press("w")
        assert title(hands) == "layers · computing epoch 10 exactly, 3 of 4"
        await hands.press("p")
        assert title(hands).startswith("prices")
        await hands.press("w")
        process.finish(9, 10)
        await until(lambda: hands.notice == "epoch 10 was computed: it is there in all its bits")
        await hands.drawn()
        assert title(hands).startswith("layers · 5 at epoch 10")
        # Of the tensor's values and of what the epoch changed, it is the exact ones that are shown.
        await until(lambda: "largest 19.94" in hands.screen.query_one(PanelChart)._cells.text(1))
        assert hands.rows[0].split()[2:4] == ["3.78e+01", "5.26e-02"]
        await hands.press("g", "enter")
        await until(lambda: title(hands).startswith("unit 1 of 8 · T000 · epoch 10 · for"))
        await hands.press("escape", "e")
        assert hands.notice == "epoch 10 is shown in all its bits already"
        assert "e exactly" not in keys(hands)
        await hands.press("left_square_bracket")
        assert " · epoch 9 · " in heading(hands)
        await hands.press("end", "e")
        assert hands.notice == "epoch 12 is shown in all its bits already"
        assert len(process.asked) == 1


@pytest.mark.parametrize("key", ["e", "escape"])
async def test_e_and_esc_cancel_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    process = FakeEpochs(monkeypatch)
    async with looking(tmp_path, lost=(10,)) as hands:
        await hands.press("left_square_bracket", "left_square_bracket", "e", key)
        await until(lambda: hands.notice == "epoch 10 is computed no more")
        assert process.is_cancelled
        assert title(hands) == "gates · T000 · 1 of 3"
        assert "≈ epoch 9 " in heading(hands)
        await hands.press("e")
        assert len(process.asked) == 2
        process.fail("epoch 10 cannot be computed again: its data are gone")
        await until(lambda: hands.notice == "epoch 10 cannot be computed again: its data are gone")
        await hands.press("escape")
        assert not hands.screen.seen.panel


async def test_e_without_parameters_says_what_it_is_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = FakeEpochs(monkeypatch)
    for_ = "e is for the layers and gates of a model of prices: w and g show them"
    async with looking(tmp_path, lost=(10,)) as hands:
        await hands.press("p", "e")
        assert hands.notice == for_
    source = FedSource()
    source.feed([*training(80), gates(80)])
    async with board(source) as hands:
        await hands.press("g", "e")
        assert hands.notice == for_
    assert process.asked == []


async def test_the_training_is_not_asked_for_what_is_known(tmp_path: Path) -> None:
    async with looking(tmp_path) as hands:
        hands.source.sent.clear()
        hands.screen._steering._watch_until = 0.0
        await hands.press("n")
        assert hands.source.sent == []
        await hands.press("w")
        assert [type(each) for each in hands.source.sent] == [WatchLayers]


async def test_of_another_model_they_say_so(tmp_path: Path) -> None:
    source = FedSource()
    source.feed([*training(80), gates(80)])
    async with board(source) as hands:
        for key in ("less_than_sign", "right_curly_bracket"):
            await hands.press("g", key)
            assert hands.notice == "< and > are for the gates of a model of prices: g shows them"
