"""The app around the screen on a sweep: what it is told is drawn, and its own keys."""

from __future__ import annotations

from typing import Any, cast

from tests.support.script import press, until
from tests.support.sweeps import FakeSource, no_engine, standing
from tui.drawing.plotext_private import warm_up
from tui.sweep.sweep_app import SweepApp


async def test_what_is_told_is_drawn_until_it_is_left() -> None:
    warm_up()
    source = FakeSource(standing())
    app = SweepApp(cast(Any, source), no_engine(), fps=1000)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(lambda: app.sweep.is_mounted and app.is_drawn)
        source.become(state="paused")
        await until(lambda: app.sweep._standing.state == "paused")
        theme = app.theme
        await press(pilot, "T")
        assert app.theme != theme
        await press(pilot, "ctrl+q")
        await until(lambda: not app.is_running)
    source.become(state="finished")  # what comes later finds no screen any more
