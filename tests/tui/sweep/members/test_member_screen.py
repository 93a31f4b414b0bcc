"""The list of members: each of its keys, and what comes to its screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from textual.pilot import Pilot

from lstm_engine.errors import UserError
from lstm_engine.store.directory import create_run
from lstm_engine.sweep.settings import SweepSettings
from tests.support.script import press, until
from tests.support.snapshots import NARROW, SMALL, WIDE, Snap
from tests.support.sweeps import FakeSource, no_engine, results_of, standing
from tui.drawing.plotext_private import warm_up
from tui.options import EngineOptions, Marker
from tui.screens.comparison_screen import ComparisonScreen
from tui.screens.help_screen import HelpScreen
from tui.sweep.members.listed import Listed
from tui.sweep.members.member_order import MemberOrder
from tui.sweep.members.member_run import MemberRun
from tui.sweep.members.member_screen import MemberScreen
from tui.sweep.members.member_sheet import MemberSheet
from tui.sweep.members.recomputation import Brought
from tui.sweep.place import Place
from tui.sweep.standing import Standing
from tui.sweep.sweep_app import SweepApp
from tui.text.pieces import Piece
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList

LISTED = Listed("normal, lr 0.1", np.arange(100, 200))


def app_on(
    source: FakeSource, marker: Marker = "braille", engine: EngineOptions | None = None, listed: Listed = LISTED
) -> SweepApp:
    warm_up()
    place = Place(listed=listed)
    return SweepApp(cast(Any, source), engine or no_engine(), place=place, marker=marker, fps=1000)


async def drawn(app: SweepApp) -> None:
    await until(lambda: isinstance(app.screen, MemberScreen) and app.screen.is_attached and app.is_drawn)
    await until(lambda: app.screen.query_one(RowList).cursor >= 0)


@asynccontextmanager
async def shown(
    source: FakeSource, engine: EngineOptions | None = None, listed: Listed = LISTED
) -> AsyncIterator[tuple[SweepApp, Pilot[None], MemberScreen]]:
    app = app_on(source, engine=engine, listed=listed)
    async with app.run_test(size=WIDE) as pilot:
        await drawn(app)
        yield app, pilot, cast(MemberScreen, app.screen)


def text(app: SweepApp, name: str) -> str:
    return app.screen.query_one(f"#{name}", Lines)._content().plain


class Runs:
    """In place of the engine: every member is there at once, or there is a problem."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, root: Path = Path("/runs"), problem: str = "") -> None:
        self.asked: list[list[str]] = []
        self._root, self._problem = root, problem
        monkeypatch.setattr("tui.sweep.members.member_screen.brought", self._brought)

    async def _brought(
        self, runs: Sequence[MemberRun], _: EngineOptions, tell: Callable[[str], None]
    ) -> list[Brought]:
        self.asked.append([run.name for run in runs])
        tell("PyTorch is loading")
        if self._problem:
            raise UserError(self._problem)
        return [Brought(run, self._root / run.name, f"{run.words}: same bits", True) for run in runs]


async def test_moving_sorting_and_going_back() -> None:
    async with shown(FakeSource(standing())) as (app, pilot, screen):
        results = standing().results
        assert results is not None
        best = 100 + int(np.argmin(results.loss[100:200]))
        assert screen.listed.cursor == best
        await press(pilot, "s")
        assert screen.listed.order == MemberOrder("seed")
        assert screen.listed.cursor == best  # it stays on its member
        await press(pilot, "home", "down", "down")
        assert screen.listed.cursor == 102
        await press(pilot, "S")
        assert screen.listed.order == MemberOrder("seed", True)
        assert screen.query_one(RowList).cursor == 97
        await press(pilot, "question_mark")
        await until(lambda: isinstance(app.screen, HelpScreen))
        await press(pilot, "escape")
        await until(lambda: app.screen is screen)
        await press(pilot, "q")
        await until(lambda: app.screen is app.sweep)


async def test_what_is_told_is_shown_and_the_cursor_stays_on_its_member() -> None:
    source = FakeSource(standing())
    async with shown(source) as (app, pilot, screen):
        await press(pilot, "down", "down")
        cursor, results = screen.listed.cursor, standing().results
        assert results is not None
        source.become(results=replace(results, loss=-results.loss, reached=results.reached + 20))
        await until(lambda: "at epoch 1,220" in text(app, "members-title"))
        assert screen.listed.cursor == cursor
        assert screen.query_one(RowList).cursor == 97


async def test_as_long_as_it_trains_no_member_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Runs(monkeypatch)
    source = FakeSource(standing())
    async with shown(source) as (app, pilot, screen):
        await press(pilot, "enter")
        assert "the sweep is training: Esc, then space pauses it" in text(app, "said")
        for state, why in (("pausing", "the sweep is being saved"), ("starting", "the sweep is starting")):
            source.become(state=state)
            await until(lambda: screen._standing is source.standing)
            await press(pilot, "enter")
            assert why in text(app, "said")
        assert runs.asked == []


async def test_enter_leaves_for_the_member_s_run(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Runs(monkeypatch)
    async with shown(FakeSource(standing("paused")), listed=replace(LISTED, cursor=107)) as (app, pilot, _):
        await press(pilot, "enter")
        await until(lambda: not app.is_running)
    assert runs.asked == [["calm-sea-normal-0.1-seed7"]]
    assert app.brought is not None
    assert app.brought.directory == Path("/runs/calm-sea-normal-0.1-seed7")
    assert app.sweep.place.listed is not None
    assert app.sweep.place.listed.cursor == 107


async def test_why_a_member_cannot_be_opened_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    Runs(monkeypatch, problem="the disk is full")
    source = FakeSource(standing("finished"))
    async with shown(source) as (app, pilot, _):
        await press(pilot, "enter")
        await until(lambda: "the disk is full" in text(app, "said"))
        results = standing().results
        assert results is not None
        source.become(results=replace(results, reached=results.reached * 0))
        await until(lambda: "at epoch 0" in text(app, "members-title"))
        await press(pilot, "enter")
        assert "there is nothing of it to look at yet" in text(app, "said")


async def test_marked_members_are_compared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    runs = Runs(monkeypatch, tmp_path)
    results = results_of()
    for number in (103, 105):
        run = MemberRun.of("calm-sea", results, number)
        create_run(tmp_path, run.config, name=run.name)
    listed = replace(LISTED, order=MemberOrder("seed"), cursor=103)
    async with shown(FakeSource(standing("finished")), replace(no_engine(), checkpoints=tmp_path), listed) as (
        app,
        pilot,
        screen,
    ):
        await press(pilot, "c")
        assert "mark two or more" in text(app, "said")
        await press(pilot, "space")
        assert "calm-sea-normal-0.1-seed3 is marked: mark another" in text(app, "said")
        await press(pilot, "down", "down", "space")
        assert screen.listed.marked == (103, 105)
        assert "2 marked" in text(app, "members-title")
        await press(pilot, "c")
        await until(lambda: isinstance(app.screen, ComparisonScreen))
        assert runs.asked == [["calm-sea-normal-0.1-seed3", "calm-sea-normal-0.1-seed5"]]
        assert cast(ComparisonScreen, app.screen).compared.marks.runs == tuple(runs.asked[0])
        await press(pilot, "escape")
        await until(lambda: app.screen is screen)
        assert "all 2 have the same bits as in the sweep" in text(app, "said")
        await press(pilot, "space")
        assert screen.listed.marked == (103,)


async def test_thousands_of_members_are_drawn_by_rows_in_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = SweepSettings(seeds=tuple(range(20_000)), epochs=2000)
    now = Standing("calm-sea", settings, "finished", 2000, results=results_of(settings))
    lines: list[int] = []
    row = MemberSheet.row

    def counted(sheet: MemberSheet, line: int, width: int) -> list[Piece]:
        lines.append(line)
        return row(sheet, line, width)

    monkeypatch.setattr(MemberSheet, "row", counted)
    async with shown(FakeSource(now), listed=Listed("all", np.arange(20_000))) as (_, pilot, screen):
        await press(pilot, "end")
        assert screen.query_one(RowList).cursor == 19_999
        await until(lambda: 19_999 in lines)
        assert len(lines) < 1000


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])
def test_picture(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, size, "down", "space", "down", "space")


def test_picture_without_colour_in_ascii(snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken(snap_compare, NARROW, "s", "space", marker="ascii")


def taken(snap_compare: Snap, size: tuple[int, int], *keys: str, marker: Marker = "braille") -> bool:
    app = app_on(FakeSource(standing("finished")), marker)

    async def play(pilot: Pilot[None]) -> None:
        await drawn(app)
        await press(pilot, *keys)
        await drawn(app)

    return snap_compare(app, terminal_size=size, run_before=play)
