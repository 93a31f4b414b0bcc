"""Every action has somebody who carries it out, or is refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lstm_engine.protocol.messages import Event, RunFinished, Stopped
from tests.support.script import DIRECTORY, RUN, checkpoint, done, training
from tui.actions import ACTIONS, BY_ID, refusal
from tui.app.controls import Controls
from tui.client.engine_link import EngineLink, RunningEngine
from tui.options import DashboardOptions, EngineOptions
from tui.terminal.output import Output

OPTIONS = DashboardOptions(epochs=2000, engine=EngineOptions(checkpoints=Path("/runs")))
#: Actions that are about what is seen: the screen carries them out.
SEEN = [action.id for action in ACTIONS if action.group in ("view", "time", "inside")]


class Stage:
    """A host that notes whether it was left; and controls whose program notes its actions."""

    def __init__(self, *events: Event) -> None:
        self.is_leaving = False
        self.left = 0
        self.drawn = 0
        self.done: list[str] = []
        self.output = Output(lambda _: None, self._draw, 1000, lambda *_: None)
        program = {name: self._note(name) for name in ("theme", "help", "palette", "suspend")}
        link = EngineLink.for_options(OPTIONS, self._start)
        self.controls = Controls(self, link, self.output, OPTIONS, None, program)  # type: ignore[arg-type]
        for event in events:
            self.controls.store.apply(event)

    def _draw(self) -> None:
        self.drawn += 1

    def _note(self, name: str) -> Callable[[], None]:
        return lambda: self.done.append(name)

    async def _start(self, _: Callable[[str], None]) -> RunningEngine:
        raise AssertionError("no key of these tests starts an engine")

    def leave(self) -> None:
        self.left += 1
