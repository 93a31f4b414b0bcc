"""Pictures of the dashboard on scripted events, to be compared with those that were taken before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from lstm_engine.protocol.messages import Event
from lstm_engine.run.config import RunConfig
from tests.support.script import (
    Bench,
    press,
    settled,
    until,
)
from tui.options import Marker
from tui.screens.main_screen import MainScreen
from tui.screens.questions import Question

WIDE, NARROW, SMALL, TOO_SMALL = (160, 48), (80, 24), (60, 20), (59, 12)
Snap = Callable[..., bool]


def taken(
    snap_compare: Snap,
    script: Iterable[Event],
    *keys: str,
    size: tuple[int, int] = WIDE,
    marker: Marker = "braille",
    config: RunConfig | None = None,
    modal: type[Screen[Any]] = MainScreen,
    last_epoch: int = 2000,
) -> bool:
    """Whether the screen after `script` and `keys`, which end on a screen of kind `modal`, is as in the picture."""
    bench = Bench(script, marker=marker, config=config, last_epoch=last_epoch)

    async def play(pilot: Pilot[None]) -> None:
        await until(lambda: bench.app.session is not None and bench.engine.drained)
        await until(lambda: isinstance(bench.app.screen, MainScreen))
        for key in keys:
            await press(pilot, key)
            await until(lambda: not isinstance(bench.app.screen, Question) or bench.app.focused is not None)
        await until(lambda: isinstance(bench.app.screen, modal) and bench.app.screen.is_attached)
        await settled(bench.app, pilot)
        await settled(bench.app, pilot)  # what a closed question led to is drawn after the layout came to rest

    asyncio.run(bench.link.start())
    return snap_compare(bench.app, terminal_size=size, run_before=play)
