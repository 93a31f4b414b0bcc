"""A sweep's process and its folder, as what is told of them."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.sweep.results import Results, read_results
from lstm_engine.sweep.sweep_folder import read_settings
from tui.sweep.standing import Standing, State
from tui.sweep.sweep_command import Told, failure, sweep_command, was_saved

#: Seconds between two looks at what was saved, at least: all members of a large sweep take a while to read.
_REST = 0.5


class SweepSource:
    """Starts the process, follows it, and has it end.

    standing: as it is by now.
    """

    def __init__(self, folder: Path, workers: int | None = None, standing: Standing | None = None) -> None:
        """standing: where it was left, to go on from there at a key; None trains it at once.

        Raises UserError where the sweep's settings cannot be read.
        """
        self._folder = folder
        self._workers = workers
        self._tell: Callable[[Standing], None] = lambda _: None
        self._process: asyncio.subprocess.Process | None = None
        self._wanted = asyncio.Event()
        if standing is None:
            self._wanted.set()
        self.standing = standing or Standing(folder.name, read_settings(folder))

    async def follow(self, tell: Callable[[Standing], None]) -> None:
        """Train it, whenever that is wanted, until cancelled; tells where it stands."""
        self._tell = tell
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            self._become(replace(self.standing, state="starting", problem=""))
            await self._trained()

    def pause_or_go_on(self) -> None:
        """Save and end the process, or start it again."""
        if self.standing.state == "training" and self._process is not None:
            self._become(replace(self.standing, state="pausing"))
            self._terminate()
        elif self.standing.state in ("paused", "failed"):
            self._wanted.set()

    async def end(self) -> None:
        """Have it saved, and the process gone."""
        process = self._process
        if process is not None:
            self._terminate()
            self._become_ended(await process.wait(), "")

    async def _trained(self) -> None:
        """One process, from its start to its end."""
        words = sweep_command(self._folder, self._workers)
        pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        try:
            process = await asyncio.create_subprocess_exec(
                *words, stdin=nowhere, stdout=pipe, stderr=pipe, start_new_session=True
            )
        except OSError as error:
            self._become(replace(self.standing, state="failed", problem=f"no process could be started: {error}"))
            return
        self._process = process
        assert process.stdout is not None and process.stderr is not None  # noqa: S101, PT018 - they were asked for
        rested = -math.inf
        async for line in process.stdout:
            with contextlib.suppress(msgspec.DecodeError):
                told = msgspec.json.decode(line, type=Told)
                state: State = "pausing" if self.standing.state == "pausing" else "training"
                self._become(replace(self.standing, state=state, epoch=told.epoch, rate=told.rate))
                if time.monotonic() >= rested:
                    await self._read()
                    rested = time.monotonic() + _REST
        said = (await process.stderr.read()).decode(errors="replace")
        status = await process.wait()
        self._process = None
        await self._read()
        self._become_ended(status, said)

    async def _read(self) -> None:
        """What was saved, on a thread."""
        found = await asyncio.to_thread(_results, self._folder)
        if isinstance(found, Results):
            self._become(replace(self.standing, results=found, epoch=max(found.epoch, self.standing.epoch)))
        elif found:
            self._become(replace(self.standing, problem=found))

    def _become_ended(self, status: int, said: str) -> None:
        """As the process has ended."""
        if status == 0:
            self._become(replace(self.standing, state="finished", epoch=self.standing.settings.epochs))
        elif was_saved(status):
            self._become(replace(self.standing, state="paused"))
        else:
            self._become(replace(self.standing, state="failed", problem=failure(status, said)))

    def _become(self, standing: Standing) -> None:
        self.standing = standing
        self._tell(standing)

    def _terminate(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()


def _results(folder: Path) -> Results | str:
    """Them, or why there are none."""
    try:
        return read_results(folder)
    except UserError as error:
        return str(error)
