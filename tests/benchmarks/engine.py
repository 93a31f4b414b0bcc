"""The engine process, trained by commands and timed by itself."""

from __future__ import annotations

from lstm_engine.protocol.messages import Command, Event, RunFinished, decode_event
from tests.support.processes import EngineUnderTest

_EPOCHS = b'{"type":"epochs"'


class Engine(EngineUnderTest):
    """The real engine process. Epochs are let pass undecoded, so that watching takes nothing from training."""

    def __enter__(self) -> Engine:
        return self

    def trained(self, *commands: Command) -> tuple[RunFinished, list[Event]]:
        """How it ended, and all that was said before it but the epochs."""
        for command in commands:
            self.send(command)
        assert self.process.stdout is not None
        heard: list[Event] = []
        for line in self.process.stdout:
            if line.startswith(_EPOCHS):
                continue
            event = decode_event(line)
            if isinstance(event, RunFinished):
                return event, heard
            heard.append(event)
        raise RuntimeError(f"the engine ended: {self.errors()}")
