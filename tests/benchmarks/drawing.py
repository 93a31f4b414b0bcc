"""The dashboard on made-up histories: the processor time of its frames, and its memory. To be run in a terminal.

    python -m tests.benchmarks.drawing FRAMES ROUNDS GROWN RESULT.json HISTORY …

The real dashboard with its real link, on an engine that says what a training would; nothing but the dashboard runs
here, so that the process's own clock is the dashboard's.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from functools import cache
from pathlib import Path

import msgspec

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.protocol.epochs import epochs_event
from lstm_engine.protocol.messages import Command, EngineReady, Event, RunOpened, TrainingStarted, encode
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History, Rows
from tests.benchmarks.histories import going_on, made_up
from tests.benchmarks.proc import memory
from tui.app.dashboard import Dashboard
from tui.client.connection import event_of
from tui.client.engine_link import EngineLink
from tui.options import DashboardOptions, EngineOptions

CONFIG = RunConfig()
COLUMNS = Columns.of(CONFIG)
#: Epochs that a frame adds: a tenth of a second's.
BATCH = 100
#: Frames that are drawn before those that count: caches, and the first growth of the history's buffer.
_SETTLING = 5
#: Seconds between frames: enough for one to be drawn and written before the next.
_PACE = 0.045
_DIRECTORY = "/runs/long"
_GROWN_AT_ONCE = 1000


class Drawn(msgspec.Struct, frozen=True):
    """Processor seconds a frame, one entry a round, and memory.

    flat: by length of history, all on the axis of the longest one, so that a frame changes as many cells in each.
    lively: on the shortest history, on its own axis, where a frame's epochs fill more than a column.
    grown: bytes an epoch.
    """

    flat: dict[int, list[float]]
    lively: list[float]
    grown: float


class MadeUpEngine:
    """Says the lines it is given."""

    def __init__(self) -> None:
        self._lines: asyncio.Queue[bytes] = asyncio.Queue()

    def say(self, *lines: bytes) -> None:
        for line in lines:
            self._lines.put_nowait(line)

    async def events(self) -> AsyncIterator[Event]:
        while True:
            yield event_of(await self._lines.get())

    def send(self, command: Command) -> None:
        """Nobody listens."""

    def close_input(self) -> None:
        """Nobody listens."""

    async def wait(self) -> int:
        return 0

    async def stop(self, _patience: float) -> int:
        return 0


class Scenario:
    """What is told to the dashboard, and what is measured meanwhile."""

    def __init__(self, frames: int, rounds: int, grown: int, histories: Sequence[int]) -> None:
        self._frames, self._rounds, self._grown, self._histories = frames, rounds, grown, histories
        self._engine = MadeUpEngine()
        options = DashboardOptions(config=CONFIG, epochs=2000, engine=EngineOptions(Path("/runs")), fps=60)
        self._length = 0
        link = EngineLink.for_options(options, self._start, lambda *_: History.from_rows(COLUMNS, rows(self._length)))
        self.link, self.app = link, Dashboard(options, link)
        self.app.output.take_over()

    async def _start(self, _on_log: Callable[[str], None]) -> MadeUpEngine:
        return self._engine

    async def play(self) -> Drawn:
        """All of it, and the app's end."""
        self._engine.say(encode(EngineReady(pid=os.getpid(), host="", torch="", lightning="")))
        grown = await self._grow()
        drawn = Drawn({length: [] for length in self._histories}, [], grown)
        for _ in range(self._rounds):
            for length in self._histories:
                drawn.flat[length].append(await self._draw(length, max(self._histories)))
            drawn.lively.append(await self._draw(min(self._histories), min(self._histories)))
        self.app.exit()
        return drawn

    async def _grow(self) -> float:
        """Bytes an epoch that the dashboard's memory grows by while it is told of many."""
        await self._open(0, self._grown)
        before = memory(os.getpid())
        for first in range(1, self._grown, _GROWN_AT_ONCE):
            self._engine.say(*batches(rows(1)[-1], first, 1, _GROWN_AT_ONCE))
            await self._until(first + _GROWN_AT_ONCE - 1)
        return (memory(os.getpid()) - before) / self._grown

    async def _draw(self, length: int, axis: int) -> float:
        """Processor seconds a frame over a history of that length, on an axis of `axis` epochs and those that come."""
        count = _SETTLING + self._frames
        await self._open(length, axis + count * BATCH)
        lines = batches(rows(length)[-1], length + 1, count, BATCH)
        begun = 0.0
        for number, line in enumerate(lines):
            if number == _SETTLING:
                begun = time.process_time()
            self._engine.say(line)
            await asyncio.sleep(_PACE)
        return (time.process_time() - begun) / self._frames

    async def _open(self, epoch: int, target: int) -> None:
        self._length = epoch
        specs = PARAMETERS[CONFIG.model]
        opened = RunOpened(
            run="long", directory=_DIRECTORY, config=CONFIG, parameters=specs, initial={}, epoch=epoch, target=target
        )
        started = TrainingStarted(run="long", directory=_DIRECTORY, epoch=epoch, target=target)
        self._engine.say(encode(opened))
        if epoch == 0:
            self._engine.say(encode(epochs_event(0, 0.0, rows(0), COLUMNS)))
        await self._until(epoch)
        self._engine.say(encode(started))
        await asyncio.sleep(10 * _PACE)

    async def _until(self, epoch: int) -> None:
        """Until the dashboard's history ends at that epoch."""
        while self.app.session is None or self.app.session.history.last_epoch != epoch:
            await asyncio.sleep(0.001)


@cache
def rows(epochs: int) -> Rows:
    """Rows of epoch 0 to `epochs`; not to be written to, for they are handed out again."""
    return made_up(COLUMNS, epochs)


def batches(last: Rows, first: int, count: int, size: int) -> list[bytes]:
    """Lines of `size` epochs each, from epoch `first` on, after one that ended in the row `last`."""
    values = going_on(COLUMNS, last, count * size)
    return [
        encode(epochs_event(first + begin, 0.1, values[begin : begin + size], COLUMNS))
        for begin in range(0, count * size, size)
    ]


async def _run(scenario: Scenario) -> Drawn:
    await scenario.link.start()
    screen = asyncio.create_task(scenario.app.run_async())
    story = asyncio.create_task(scenario.play())
    await asyncio.wait((screen, story), return_when=asyncio.FIRST_COMPLETED)
    if not story.done():
        sys.exit("the dashboard ended before its time")
    await screen
    return story.result()


def main() -> None:
    frames, rounds, grown = map(int, sys.argv[1:4])
    scenario = Scenario(frames, rounds, grown, [int(length) for length in sys.argv[5:]])
    Path(sys.argv[4]).write_bytes(msgspec.json.encode(asyncio.run(_run(scenario))))


if __name__ == "__main__":
    main()
