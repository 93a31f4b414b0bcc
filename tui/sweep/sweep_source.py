"""A sweep's process and its folder, as what is told of them."""

from __future__ import annotations

import asyncio
import math
import time
from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.sweep.results import Results, read_results
from lstm_engine.sweep.sweep_folder import read_settings
from tui.sweep.process_source import ProcessSource
from tui.sweep.standing import Standing
from tui.sweep.sweep_command import Told, sweep_command

#: Seconds between two looks at what was saved, at least: all members of a large sweep take a while to read.
_REST = 0.5


class SweepSource(ProcessSource[Standing]):
    """Reads what was saved as well."""

    def __init__(self, folder: Path, workers: int | None = None, standing: Standing | None = None) -> None:
        """standing: where it was left, to go on from there at a key; None trains it at once.

        Raises UserError where the sweep's settings cannot be read.
        """
        now = standing or Standing(folder.name, read_settings(folder))
        super().__init__(sweep_command(folder, workers), now, begins=standing is None)
        self._folder = folder
        self._rested = -math.inf

    async def take(self, line: bytes) -> None:
        told = msgspec.json.decode(line, type=Told)
        state = "pausing" if self.standing.state == "pausing" else "training"
        self.become(state=state, epoch=told.epoch, rate=told.rate)
        if time.monotonic() >= self._rested:
            await self._read()
            self._rested = time.monotonic() + _REST

    async def take_end(self) -> None:
        self._rested = -math.inf
        await self._read()

    def finish(self) -> None:
        self.become(state="finished", epoch=self.standing.settings.epochs)

    async def _read(self) -> None:
        """What was saved, on a thread."""
        found = await asyncio.to_thread(_results, self._folder)
        if isinstance(found, Results):
            self.become(results=found, epoch=max(found.epoch, self.standing.epoch))
        elif found:
            self.become(problem=found)


def _results(folder: Path) -> Results | str:
    """Them, or why there are none."""
    try:
        return read_results(folder)
    except UserError as error:
        return str(error)
