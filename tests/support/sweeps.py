"""Sweeps that nobody trained, and a source that tells of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from lstm_engine.sweep.results import Results
from lstm_engine.sweep.settings import SweepSettings
from tui.options import EngineOptions
from tui.sweep.standing import Standing

SETTINGS = SweepSettings(seeds=tuple(range(100)), lr=(0.001, 0.1), init=("normal", "uniform"), epochs=2000)


def results_of(settings: SweepSettings = SETTINGS, recorded: int = 61) -> Results:
    """Losses that fall, of each member at its own pace, and some that stay where they are."""
    pace = np.linspace(0.5, 3.0, settings.count)
    pace[:: max(len(settings.seeds) // 5, 1)] = 0.01
    losses = (0.5 * 10 ** (-pace[None] * np.linspace(0, 1, 101)[:, None])).astype(np.float32)[:recorded]
    solved = losses[-1] < 0.05
    companies = len(settings.data.names)
    return Results(
        settings=settings,
        epoch=(recorded - 1) * 20,
        reached=np.full(settings.count, (recorded - 1) * 20),
        weights=np.zeros((12, settings.count), np.float32),
        loss=losses[-1],
        losses=losses,
        predictions=np.zeros((companies, settings.count), np.float32),
        solved=solved,
    )


def standing(state: Any = "training", **changed: Any) -> Standing:
    """Of a sweep in the middle of it."""
    given = {"epoch": 1200, "rate": 250_000.0, "results": results_of(), **changed}
    return Standing("calm-sea", SETTINGS, state, **given)


class FakeSource:
    """Tells what it is fed; `asked` counts the keys that reach it."""

    def __init__(self, first: Standing) -> None:
        self.standing = first
        self.asked = 0
        self._tell: Callable[[Standing], None] = lambda _: None

    async def follow(self, tell: Callable[[Standing], None]) -> None:
        self._tell = tell
        tell(self.standing)
        await asyncio.Event().wait()

    def become(self, **changed: Any) -> None:
        self.standing = replace(self.standing, **changed)
        self._tell(self.standing)

    def pause_or_go_on(self) -> None:
        self.asked += 1


def no_engine() -> EngineOptions:
    """What must not be started."""
    return EngineOptions(Path("/runs"), command=("/no/such/engine",))
