"""The real engine process, spoken to over its pipes."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import Command, Event, decode_event, encode

#: Seconds to wait for an event; only a defect takes that long.
LIMIT = 180.0


class EngineUnderTest:
    """`python -m lstm_engine` on a checkpoints folder; killed when the test leaves its `with` block."""

    def __init__(self, root: Path, *options: str, environment: Mapping[str, str] | None = None) -> None:
        command = [sys.executable, "-m", "lstm_engine", "--checkpoints", str(root), *options]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env=os.environ | (environment or {}),
        )
        self.heard: list[Event] = []

    def __enter__(self) -> EngineUnderTest:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def send(self, command: Command) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(encode(command))
        self.process.stdin.flush()

    def hear(self, until: type[Message] | Callable[[Event], bool], limit: float = LIMIT) -> Event | None:
        """Reads events until one of this kind, and returns it; None where the engine's stream ended before. Kills the
        engine and fails where neither came within `limit` seconds.
        """
        too_late = threading.Event()

        def give_up() -> None:
            too_late.set()
            self.process.kill()

        timer = threading.Timer(limit, give_up)
        timer.start()
        try:
            event = self._next(until)
        finally:
            timer.cancel()
        assert event is not None or not too_late.is_set(), f"waited {limit} s for {until}; heard {self._kinds()}"
        return event

    def _next(self, until: type[Message] | Callable[[Event], bool]) -> Event | None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if not line.endswith(b"\n"):
                return None  # the engine was killed while it wrote
            event = decode_event(line)
            self.heard.append(event)
            if isinstance(event, until) if isinstance(until, type) else until(event):
                return event
        return None

    def must_hear(self, until: type[Message] | Callable[[Event], bool], limit: float = LIMIT) -> Event:
        """As `hear`, for an engine that must live."""
        event = self.hear(until, limit)
        assert event is not None, f"the engine ended: {self.errors()}; heard {self._kinds()}"
        return event

    def _kinds(self) -> list[str]:
        return [type(event).__name__ for event in self.heard]

    def errors(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()


@contextlib.contextmanager
def seeded(seed: int) -> Iterator[random.Random]:
    """Chance of that seed, which is told with whatever fails under it: nobody can repeat a failure otherwise."""
    try:
        yield random.Random(seed)
    except BaseException as error:
        error.add_note(f"seed {seed}")
        raise
