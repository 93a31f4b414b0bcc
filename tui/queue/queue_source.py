"""A queue's process, as what is told of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec

from tui.queue.queue_standing import QueueStanding
from tui.queue.told_member import ToldMember
from tui.sweep.sweep_command import failure, was_saved


class QueueSource:
    """Starts the process, follows it, and has it end.

    standing: as it is by now.
    """

    def __init__(self, command: Sequence[str], standing: QueueStanding) -> None:
        self._command = command
        self._tell: Callable[[QueueStanding], None] = lambda _: None
        self._process: asyncio.subprocess.Process | None = None
        self._wanted = asyncio.Event()
        self._wanted.set()
        self.standing = standing

    async def follow(self, tell: Callable[[QueueStanding], None]) -> None:
        """Train it, whenever that is wanted, until cancelled; tells where it stands."""
        self._tell = tell
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            self._become(replace(self.standing, state="starting", problem=""))
            await self._trained()

    def pause_or_go_on(self) -> None:
        """Have the members saved and the process end, or start it again."""
        if self.standing.state == "training":
            self._become(replace(self.standing, state="pausing"))
            self._terminate()
        elif self.standing.state in ("paused", "failed"):
            self._wanted.set()

    async def end(self) -> None:
        """Have the members saved, and the process gone."""
        process = self._process
        if process is not None:
            self._terminate()
            self._become_ended(await process.wait(), "")

    async def _trained(self) -> None:
        """One process, from its start to its end."""
        pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=nowhere, stdout=pipe, stderr=pipe, start_new_session=True
            )
        except OSError as error:
            self._become(replace(self.standing, state="failed", problem=f"no process could be started: {error}"))
            return
        self._process = process
        assert process.stdout is not None and process.stderr is not None  # noqa: S101, PT018 - they were asked for
        async for line in process.stdout:
            with contextlib.suppress(msgspec.DecodeError):
                told = self.standing.telling(msgspec.json.decode(line, type=ToldMember))
                self._become(replace(told, state="pausing" if told.state == "pausing" else "training"))
        said = (await process.stderr.read()).decode(errors="replace")
        status = await process.wait()
        self._process = None
        self._become_ended(status, said)

    def _become_ended(self, status: int, said: str) -> None:
        if status == 0:
            self._become(replace(self.standing, state="finished"))
        elif was_saved(status):
            self._become(replace(self.standing, state="paused"))
        else:
            self._become(replace(self.standing, state="failed", problem=failure(status, said)))

    def _become(self, standing: QueueStanding) -> None:
        self.standing = standing
        self._tell(standing)

    def _terminate(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
