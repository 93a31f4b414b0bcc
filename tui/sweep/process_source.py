"""A process that trains many runs, as what is told of it: started, followed, paused, ended."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from tui.sweep.sweep_command import failure, was_saved

#: Frozen data with a `state` and a `problem`, as `tui.sweep.standing.Standing` has them.
Standing = TypeVar("Standing", bound=Any)


class ProcessSource(Generic[Standing]):
    """Starts the process, follows it, and has it end.

    standing: as it is by now.
    """

    def __init__(self, command: Sequence[str], standing: Standing, *, begins: bool = True) -> None:
        """begins: it is started at once; else at a key."""
        self._command = command
        self._tell: Callable[[Standing], None] = lambda _: None
        self._process: asyncio.subprocess.Process | None = None
        self._wanted = asyncio.Event()
        if begins:
            self._wanted.set()
        self.standing = standing

    async def take(self, line: bytes) -> None:
        """What the process says, a line."""
        raise NotImplementedError

    async def take_end(self) -> None:
        """It has ended, and how is told next."""

    def finish(self) -> None:
        """All is trained."""
        self.become(state="finished")

    async def follow(self, tell: Callable[[Standing], None]) -> None:
        """Train it, whenever that is wanted, until cancelled; tells where it stands."""
        self._tell = tell
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            self.become(state="starting", problem="")
            await self._trained()

    def pause_or_go_on(self) -> None:
        """Have all saved and the process end, or start it again."""
        if self.standing.state == "training" and self._process is not None:
            self.become(state="pausing")
            self._terminate()
        elif self.standing.state in ("paused", "failed"):
            self._wanted.set()

    async def end(self) -> None:
        """Have all saved, and the process gone."""
        process = self._process
        if process is not None:
            self._terminate()
            self._become_ended(await process.wait(), "")

    def become(self, **changed: Any) -> None:
        """Tell where it stands, with that changed."""
        self.standing = replace(self.standing, **changed)
        self._tell(self.standing)

    async def _trained(self) -> None:
        """One process, from its start to its end."""
        pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=nowhere, stdout=pipe, stderr=pipe, start_new_session=True
            )
        except OSError as error:
            self.become(state="failed", problem=f"no process could be started: {error}")
            return
        self._process = process
        assert process.stdout is not None and process.stderr is not None  # noqa: S101, PT018 - they were asked for
        async for line in process.stdout:
            with contextlib.suppress(ValueError):  # msgspec's errors are ValueErrors
                await self.take(line)
        said = (await process.stderr.read()).decode(errors="replace")
        status = await process.wait()
        self._process = None
        await self.take_end()
        self._become_ended(status, said)

    def _become_ended(self, status: int, said: str) -> None:
        if status == 0:
            self.finish()
        elif was_saved(status):
            self.become(state="paused")
        else:
            self.become(state="failed", problem=failure(status, said))

    def _terminate(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
