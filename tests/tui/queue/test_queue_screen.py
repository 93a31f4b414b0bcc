"""The screen on a queue: what is on it, and each of its keys."""

from __future__ import annotations

from typing import Any, cast

import pytest
from textual.pilot import Pilot

from tests.support.queue_screens import FakeQueueSource
from tests.support.queues import queue_standing
from tests.support.script import press, until
from tests.support.snapshots import NARROW, SMALL, TOO_SMALL, WIDE, Snap
from tui.options import Marker
from tui.queue.queue_app import QueueApp
from tui.screens.help_screen import HelpScreen
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])


def app_on(source: FakeQueueSource, marker: Marker = "braille") -> QueueApp:
    return QueueApp(cast(Any, source), marker=marker, fps=1000)


async def drawn(app: QueueApp) -> None:
    await until(lambda: app.queue.is_mounted and app.is_drawn)


async def test_every_key() -> None:
    source = FakeQueueSource(queue_standing())
    app = app_on(source)
    async with app.run_test(size=NARROW) as pilot:
        await drawn(app)
        await press(pilot, "space")
        assert source.asked == 1
        for key, row in (("down", 1), ("up", 0), ("end", 3), ("home", 0)):
            await press(pilot, key)
            assert app.queue.query_one(RowList).cursor == row
        await press(pilot, "end")
        notice = app.queue.query_one("#queue-notice", Lines)
        await until(lambda: "luck-4: it diverged: the loss is no number" in notice._content().plain)
        theme = app.theme
        await press(pilot, "T")
        assert app.theme != theme
        await press(pilot, "question_mark")
        await until(lambda: isinstance(app.screen, HelpScreen))
        await press(pilot, "escape")
        await until(lambda: app.screen is app.queue)
        await press(pilot, "q")
        await until(lambda: not app.is_running)


def taken(snap: Snap, size: tuple[int, int], marker: Marker = "braille", **changed: Any) -> bool:
    app = app_on(FakeQueueSource(queue_standing(**changed)), marker)

    async def play(_: Pilot[None]) -> None:
        await drawn(app)

    return snap(app, terminal_size=size, run_before=play)


@SIZES
def test_picture(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, size)


def test_picture_of_a_failure_in_ascii(snap_compare: Snap) -> None:
    problem = "the scheduler at tcp://10.0.0.7:8786 is gone"
    assert taken(snap_compare, NARROW, "ascii", state="failed", problem=problem)


def test_picture_where_it_is_too_small(snap_compare: Snap) -> None:
    assert taken(snap_compare, TOO_SMALL)
