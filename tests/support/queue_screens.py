"""The screen on a queue without a process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tui.queue.queue_standing import QueueStanding


class FakeQueueSource:
    """Tells what a test wants. asked: how often it was to pause or to go on."""

    def __init__(self, standing: QueueStanding) -> None:
        self.standing = standing
        self.asked = 0
        self._tell: Callable[[QueueStanding], None] = lambda _: None

    async def follow(self, tell: Callable[[QueueStanding], None]) -> None:
        self._tell = tell
        await asyncio.Event().wait()

    def pause_or_go_on(self) -> None:
        self.asked += 1

    def become(self, **changed: Any) -> None:
        self.standing = replace(self.standing, **changed)
        self._tell(self.standing)
