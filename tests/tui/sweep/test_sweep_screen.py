"""The screen on a sweep: what is on it, and each of its keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import numpy as np
import pytest
from textual.pilot import Pilot

from tests.support.script import press, until
from tests.support.snapshots import NARROW, SMALL, TOO_SMALL, WIDE, Snap
from tests.support.sweeps import FakeSource, no_engine, standing
from tui.board.widgets.metric_chart import MetricChart
from tui.drawing.plotext_private import warm_up
from tui.options import Marker
from tui.screens.help_screen import HelpScreen
from tui.sweep.members.listed import Listed
from tui.sweep.members.member_order import MemberOrder
from tui.sweep.members.member_screen import MemberScreen
from tui.sweep.place import Place
from tui.sweep.sweep_app import SweepApp
from tui.widgets.lines import Lines


def app_on(source: FakeSource, marker: Marker = "braille", place: Place | None = None) -> SweepApp:
    warm_up()
    return SweepApp(cast(Any, source), no_engine(), place=place, marker=marker, fps=1000)


async def drawn(app: SweepApp) -> None:
    await until(lambda: app.sweep.is_mounted and app.is_drawn)


@asynccontextmanager
async def shown(source: FakeSource, size: tuple[int, int] = WIDE) -> AsyncIterator[tuple[SweepApp, Pilot[None]]]:
    app = app_on(source)
    async with app.run_test(size=size) as pilot:
        await drawn(app)
        yield app, pilot


def text(app: SweepApp, name: str) -> str:
    return app.sweep.query_one(f"#sweep-{name}", Lines)._content().plain


async def test_every_key() -> None:
    source = FakeSource(standing())
    async with shown(source) as (app, pilot):
        await press(pilot, "space")
        assert source.asked == 1
        for key, chosen in (("n", 0), ("down", 1), ("N", 0), ("up", -1), ("up", 3)):
            await press(pilot, key)
            assert app.sweep.place.chosen == chosen
        await until(lambda: "uniform, lr 0.1" in app.sweep.query_one(MetricChart).title)
        theme = app.theme
        await press(pilot, "T")
        assert app.theme != theme
        await press(pilot, "question_mark")
        await until(lambda: isinstance(app.screen, HelpScreen))
        await press(pilot, "escape")
        await until(lambda: app.screen is app.sweep)
        await press(pilot, "q")
        await until(lambda: not app.is_running)


async def test_the_cursor_goes_over_shares_and_losses() -> None:
    async with shown(FakeSource(standing())) as (app, pilot):
        await press(pilot, "tab")
        assert app.sweep.place.is_on_losses
        assert text(app, "histogram").startswith("▸")
        await press(pilot, "down", "down", "up")
        assert app.sweep.place == Place(is_on_losses=True, bin_=1)
        await press(pilot, "up", "up")
        assert app.sweep.place.bin_ == 0
        await press(pilot, "n")
        assert app.sweep.place == Place(0, is_on_losses=True)
        await press(pilot, "shift+tab", "down")
        assert app.sweep.place == Place(1)


async def test_enter_lists_the_members_of_a_row_or_of_a_bin() -> None:
    async with shown(FakeSource(standing())) as (app, pilot):
        await press(pilot, "n", "enter")
        await until(lambda: isinstance(app.screen, MemberScreen))
        listed = cast(MemberScreen, app.screen).listed
        assert (listed.what, listed.members.tolist()) == ("normal, lr 0.001", list(range(100)))
        await press(pilot, "escape")
        await until(lambda: app.screen is app.sweep and app.sweep.place.listed is None)
        await press(pilot, "tab", "enter")
        await until(lambda: isinstance(app.screen, MemberScreen))
        listed = cast(MemberScreen, app.screen).listed
        assert listed.what.startswith("normal, lr 0.001, last loss ")
        results = standing().results
        assert results is not None
        assert 0 < len(listed.members) < 100
        assert results.loss[listed.members].min() > np.median(results.loss[:100])


async def test_a_list_is_open_again_where_it_was_left() -> None:
    place = Place(0, listed=Listed("normal, lr 0.001", np.arange(100), MemberOrder("seed", True), cursor=42))
    app = app_on(FakeSource(standing("finished")), place=place)
    async with app.run_test(size=WIDE):
        await until(lambda: isinstance(app.screen, MemberScreen) and app.screen.is_attached)
        listed = cast(MemberScreen, app.screen).listed
        assert (listed.cursor, listed.order) == (42, MemberOrder("seed", True))


async def test_what_is_told_is_shown() -> None:
    source = FakeSource(standing("starting", results=None, epoch=0))
    async with shown(source) as (app, _):
        assert "starting" in text(app, "header")
        source.become(state="training", epoch=1200, results=standing().results)
        await until(lambda: "normal, lr 0.001" in text(app, "shares"))
        assert "1,200/2,000" in text(app, "progress")
        source.become(state="failed", problem="the disk is full")
        await until(lambda: "the disk is full" in text(app, "notice"))


async def test_a_terminal_that_grows() -> None:
    async with shown(FakeSource(standing()), TOO_SMALL) as (app, pilot):
        assert app.sweep.has_class("-too-small")
        await pilot.resize_terminal(*WIDE)
        await until(lambda: not app.sweep.has_class("-too-small", "-narrow"))


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])
def test_picture(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, size)


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])
def test_picture_of_the_cursor_on_a_bin(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, size, "n", "tab", "down")


def test_picture_of_one_combination_in_light(snap_compare: Snap) -> None:
    assert taken(snap_compare, NARROW, "n", "T")


def test_picture_without_colour_in_ascii(snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken(snap_compare, NARROW, marker="ascii")


def taken(snap_compare: Snap, size: tuple[int, int], *keys: str, marker: Marker = "braille") -> bool:
    app = app_on(FakeSource(standing()), marker)

    async def play(pilot: Pilot[None]) -> None:
        await drawn(app)
        await press(pilot, *keys)
        await until(lambda: app.sweep.query_one("#sweep-histogram").size.height > 0)
        await pilot.pause()
        app.sweep.draw()
        await drawn(app)

    return snap_compare(app, terminal_size=size, run_before=play)
