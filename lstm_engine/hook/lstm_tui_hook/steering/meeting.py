"""How all processes of a distributed training come to carry out a command behind the same step."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .command import Command
from .letterbox import Letterbox

#: Seconds between two meetings, as near as whole batches come to it: each makes all processes wait for each other.
_INTERVAL = 0.25
_MOST_BATCHES = 10_000
#: Seconds between two meetings of a pause: a process group ends a training in which one waits too long.
_HEARTBEAT = 5.0
#: Seconds in which a pause notices that the process is to end.
_NOTICE = 0.5


class Meeting:
    """The first process reads the commands and hands them to the others, which have no letterbox.

    open: not after the first process's last word, which it says where the others wait for it: nowhere else would they
    hear it, and what they wait for there would be something else.
    """

    def __init__(self, trainer: Any, letterbox: Letterbox | None) -> None:
        self._letterbox = letterbox
        self._several = bool(trainer.world_size > 1)
        self._left = 1
        self._batches = 1
        self._since = time.monotonic()
        self._leaving = False
        self.open = True

    @property
    def several(self) -> bool:
        return self._several

    def behind_batch(self, trainer: Any) -> list[Command]:
        """The commands to carry out now. To be called behind every batch, in every process."""
        if not self._several:
            return self._letterbox.commands() if self._letterbox is not None else []
        self._left -= 1
        if self._left > 0 or not self.open:
            return []
        found = self._read(trainer, lambda letterbox: letterbox.commands())
        now = time.monotonic()
        # The first process's clock decides for all when the next one is.
        a_batch = max((now - self._since) / self._batches, 1e-6)
        batches = min(max(round(_INTERVAL / a_batch), 1), _MOST_BATCHES)
        return self._hand_out(trainer, found, batches)

    def in_pause(self, trainer: Any) -> list[Command]:
        """Waits for commands, some seconds at most. To be called again and again, in every process."""
        end = time.monotonic() + (_HEARTBEAT if self._several else _NOTICE)

        def wait(letterbox: Letterbox) -> list[Command]:
            found: list[Command] = []
            while not found and time.monotonic() < end and not trainer.received_sigterm:
                found = letterbox.wait(_NOTICE)
            return found

        found = self._read(trainer, wait)
        return self._hand_out(trainer, found, 1) if self._several else found

    def leave(self) -> None:
        """This process hands out nothing more: from the next meeting on, which hears that, none of them meets."""
        self._leaving = True
        if not self._several:
            self.open = False

    def _read(self, trainer: Any, read: Callable[[Letterbox], list[Command]]) -> list[Command]:
        if self._letterbox is None or self._leaving:
            return []
        try:
            return read(self._letterbox)
        except Exception:
            self.leave()
            if self._several:
                # The others wait already.
                self._hand_out(trainer, [], 1)
            raise

    def _hand_out(self, trainer: Any, commands: list[Command], batches: int) -> list[Command]:
        said = trainer.strategy.broadcast(None if self._leaving else (commands, batches), src=0)
        self._since = time.monotonic()
        if said is None:
            self.open = False
            return []
        handed, self._batches = said
        self._left = self._batches
        return list(handed)
