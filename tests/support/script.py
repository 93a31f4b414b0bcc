"""A dashboard on scripted events: no engine process, no clock, no path of this machine.

The numbers are the walk-through's: its parameters every 50 epochs, straight lines between them, and what the unit
makes of those.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from textual.geometry import Region
from textual.pilot import Pilot

from lstm_engine.data.companies import Companies
from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.lstm.trace import Values, trace
from lstm_engine.protocol.epochs import rows_of
from lstm_engine.protocol.messages import (
    CheckpointSaved,
    Command,
    EngineReady,
    Epochs,
    Event,
    NewRun,
    OpenRun,
    Paused,
    RunFinished,
    RunOpened,
    TrainingStarted,
)
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from tui.app.dashboard import Dashboard
from tui.client.engine_link import EngineLink, RunningEngine
from tui.options import DashboardOptions, EngineOptions, Marker
from tui.runs.run_folder import RunFolder
from tui.state.reducer import reduce
from tui.state.session import Session
from tui.terminal.serial_keys import busy_pumps
from tui.terminal.terminal_app import TerminalApp

RUN = "calm-lake"
DIRECTORY = "/runs/calm-lake"
#: Seconds to wait for what must come; only a defect takes that long.
PATIENCE = 60.0

Epoch = NDArray[np.int64]

#: The walk-through's parameters, every 50 epochs.
_WALK_THROUGH = np.genfromtxt(Path(__file__).with_name("parameters.csv"), delimiter=",", names=True)


def checkpoint(epoch: int) -> str:
    return f"epoch={epoch - 1}-step={2 * epoch}.ckpt"


def loss(epoch: int, config: RunConfig | None = None) -> float | None:
    """The mean over the companies, as if an epoch were one step."""
    return losses(np.array([epoch]), config or RunConfig())[0] if epoch else None


def losses(epochs: Epoch, config: RunConfig) -> list[float]:
    residuals = predictions(epochs - 1, config) - np.array(config.data.targets)[:, None]
    losses: list[float] = (residuals**2).mean(axis=0).tolist()
    return losses


def prediction(epoch: int, company: int = 0, config: RunConfig | None = None) -> float:
    return float(predictions(np.array([epoch]), config or RunConfig())[company, 0])


def predictions(epochs: Epoch, config: RunConfig) -> Values:
    """Shape (companies, epochs)."""
    values = np.stack([parameters(spec.name, epochs) for spec in PARAMETERS[config.model]], axis=-1)
    return np.stack([trace(config.model, values, days).hidden[-1] for days in config.data.days])


def parameter(name: str, epoch: int) -> float:
    return float(parameters(name, np.array([epoch]))[0])


def parameters(name: str, epochs: Epoch) -> Values:
    """The walk-through's value at each of the epochs; a curve of its own for the built-in model."""
    if name in (_WALK_THROUGH.dtype.names or ()):
        return np.interp(epochs, _WALK_THROUGH["epoch"], _WALK_THROUGH[name])
    return 0.1 + 0.8 * (1 - np.exp(-epochs / 2000))


def epochs(first: int, last: int, config: RunConfig | None = None, per_second: float = 400.0) -> Epochs:
    """The epochs `first` to `last` in one batch."""
    config = config or RunConfig()
    span = np.arange(first, last + 1)
    return Epochs(
        first_epoch=first,
        seconds=len(span) / per_second,
        train_loss=[None] * (first == 0) + losses(span[span > 0], config),
        predictions=dict(zip(config.data.names, predictions(span, config).tolist(), strict=True)),
        parameters={spec.name: parameters(spec.name, span).tolist() for spec in PARAMETERS[config.model]},
    )


def batched(after: int, until: int, config: RunConfig | None = None) -> list[Epochs]:
    """The epochs up to `until` that a Trainer trains: its first batch is the warm-up, from the others comes the speed.

    No more batches than that: each is a frame, which takes its time in every test.
    """
    ends = [after, min(after + 100, until), until]
    return [epochs(begin + 1, end, config) for begin, end in itertools.pairwise(ends) if begin < end]


def opened(config: RunConfig | None = None, epoch: int = 0, target: int | None = None) -> RunOpened:
    config = config or RunConfig()
    specs = PARAMETERS[config.model]
    return RunOpened(
        run=RUN if epoch else None,
        directory=DIRECTORY if epoch else None,
        config=config,
        parameters=specs,
        initial={spec.name: parameter(spec.name, 0) for spec in specs},
        epoch=epoch,
        target=epoch if target is None else target,
        checkpoint=checkpoint(epoch) if epoch else None,
    )


def started(epoch: int, target: int) -> TrainingStarted:
    return TrainingStarted(
        run=RUN,
        directory=DIRECTORY,
        epoch=epoch,
        target=target,
        resumed_from=checkpoint(epoch) if epoch else None,
        verified=epoch > 0,
    )


def finished(epoch: int) -> RunFinished:
    return RunFinished(
        run=RUN,
        epoch=epoch,
        seconds=epoch / 400,
        train_loss=loss(epoch),
        predictions={},
        parameters={},
        checkpoint=f"{DIRECTORY}/{checkpoint(epoch)}",
    )


READY = EngineReady(pid=4242, host="bench", torch="2.x", lightning="2.x")


def ready(config: RunConfig | None = None) -> list[Event]:
    """From the start to an untrained model."""
    return [READY, opened(config), epochs(0, 0, config)]


def training(until: int = 1200, target: int = 2000, config: RunConfig | None = None) -> list[Event]:
    """From the start to the middle of the first training."""
    batches = batched(0, until, config)
    saved = CheckpointSaved(checkpoint=checkpoint(until - 200), epoch=until - 200, reason="timed")
    return [*ready(config), started(0, target), *batches, saved]


def done(config: RunConfig | None = None) -> list[Event]:
    """From the start to 2000 epochs."""
    saved = CheckpointSaved(checkpoint=checkpoint(2000), epoch=2000, reason="stage")
    return [*training(2000, config=config), saved, finished(2000)]


def paused(epoch: int = 1200, target: int = 2000) -> list[Event]:
    """From the start to a pause."""
    saved = CheckpointSaved(checkpoint=checkpoint(epoch), epoch=epoch, reason="pause")
    return [*training(epoch, target), saved, Paused(epoch=epoch, target=target)]


def resumed() -> list[Event]:
    """Two stages: 2000 epochs, and into 1000 more."""
    return [*done(), started(2000, 3000), *batched(2000, 2600)]


def session_after(script: Iterable[Event], config: RunConfig | None = None) -> Session:
    """What a dashboard shows after the script."""
    return functools.reduce(reduce, script, Session.loading(config or RunConfig(), 2000))


def companies(count: int) -> Companies:
    """Many companies, four days each."""
    return Companies(
        source="many.csv",
        names=tuple(f"company {number}" for number in range(count)),
        days=tuple((number % 7 / 6, 0.5, 0.25, 1.0) for number in range(count)),
        targets=tuple(number % 5 / 4 for number in range(count)),
    )


def history(last_epoch: int, config: RunConfig | None = None) -> History:
    """What a run's history on disk would hold."""
    config = config or RunConfig()
    columns = Columns.of(config)
    rows = rows_of(epochs(0, last_epoch, config), columns)
    return History.from_rows(columns, np.ascontiguousarray(rows))


@dataclass
class ScriptedEngine:
    """Says what it is fed, and remembers what it was told."""

    commands: list[Command] = field(default_factory=list)
    input_closed: bool = False
    killed: bool = False
    status: int = 0
    _unsaid: asyncio.Queue[Event | None] = field(default_factory=asyncio.Queue)
    _open: int = 0

    def feed(self, *events: Event) -> None:
        for event in events:
            self._open += 1
            self._unsaid.put_nowait(event)

    def end(self, status: int) -> None:
        """Its output ends, and it exits with that status."""
        self.status = status
        self._unsaid.put_nowait(None)

    @property
    def drained(self) -> bool:
        """All it was fed was said, and taken in."""
        return self._open == 0

    def send(self, command: Command) -> None:
        self.commands.append(command)

    async def events(self) -> AsyncIterator[Event]:
        while (event := await self._unsaid.get()) is not None:
            yield event
            self._open -= 1

    def close_input(self) -> None:
        self.input_closed = True

    async def wait(self) -> int:
        return self.status

    async def stop(self, patience: float) -> int:
        self.killed = patience == 0
        return self.status


class Bench:
    """A dashboard with scripted engines; `engines` grows when a new one is started."""

    def __init__(
        self,
        script: Iterable[Event] = (),
        *,
        config: RunConfig | None = None,
        source: str | None = None,
        start: bool = False,
        marker: Marker = "braille",
        last_epoch: int = 2000,
        folder: RunFolder | None = None,
        tour: bool = False,
        bell: bool = True,
    ) -> None:
        config = config or RunConfig()
        self.engines: list[ScriptedEngine] = []
        self.logs: list[Callable[[str], None]] = []
        self._script = list(script)
        options = DashboardOptions(
            config=config,
            epochs=2000,
            engine=EngineOptions(checkpoints=Path("/runs")),
            start=start,
            fps=1000,
            marker=marker,
            source=source,
            tour=tour,
            bell=bell,
        )
        self.link = EngineLink.for_options(options, self._start, lambda *_: history(last_epoch, config))
        self.app = Dashboard(options, self.link, folder)

    async def _start(self, on_log: Callable[[str], None]) -> RunningEngine:
        engine = ScriptedEngine()
        self.engines.append(engine)
        self.logs.append(on_log)
        engine.feed(*self._script)
        self._script = []
        return engine

    @property
    def engine(self) -> ScriptedEngine:
        return self.engines[-1]

    @property
    def asked(self) -> list[Command]:
        """What the engine was told after it was told which run to open."""
        return [command for command in self.engine.commands if not isinstance(command, NewRun | OpenRun)]


async def until(condition: Callable[[], object], what: str = "", patience: float = PATIENCE) -> None:
    """Wait for a condition; fails with TimeoutError, which says what was waited for."""
    try:
        async with asyncio.timeout(patience):
            while not condition():
                await asyncio.sleep(0.002)
    except TimeoutError as error:
        raise TimeoutError(f"waited {patience:g} s for {what or 'a condition'}") from error


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each of them once what the one before it does is done.

    Pilot's own `press` (Textual 8.2.8) waits for a moment in which the process does little. A starved process does
    little all the time.
    """
    for key in keys:
        await pilot.press(key)
        await handled(pilot)


async def handled(pilot: Pilot[None]) -> None:
    """Wait until what was posted has gone its whole way: down to a widget, up to the app, and what that led to.

    In each round every widget handles all that is in its queue, which brings a message one widget further. There are
    no more rounds where nobody has anything left.
    """
    app = pilot.app
    if isinstance(app, TerminalApp):
        await until(lambda: app.keys.is_idle)
    stack = app.screen_stack if app.is_running else []
    depth = max((len(node.ancestors_with_self) for screen in stack[-1:] for node in screen.walk_children()), default=1)
    for _ in range(2 * depth):
        await pilot._wait_for_screen(PATIENCE)
        if not (app.is_running and app.screen_stack and busy_pumps(app, app.screen)):
            break


async def resize(pilot: Pilot[None], size: tuple[int, int]) -> None:
    """Resize the terminal, and wait until the screen has taken the size on: Textual passes it on after a while."""
    await pilot.resize_terminal(*size)
    await until(lambda: pilot.app.screen.outer_size == size)
    await at_rest(pilot)


async def at_rest(pilot: Pilot[None]) -> None:
    """Wait until the layout has come to rest."""
    regions: list[Region] = []
    before: list[Region] | None = None
    while regions != before:
        await handled(pilot)
        await pilot.pause()
        regions, before = [widget.region for widget in pilot.app.screen.query("*")], regions


async def settled(app: Dashboard, pilot: Pilot[None]) -> None:
    """Wait until the screen shows the session, in a layout that has come to rest."""
    await until(lambda: app.is_drawn)
    await at_rest(pilot)


def attached(script: list[Event]) -> Bench:
    """A dashboard on a run that another process trains: it is found, and nothing is asked of it."""
    bench = Bench(script, source=RUN)

    async def find(_: str) -> RunningEngine:
        return await bench._start(lambda _: None)

    bench.link._find = find
    return bench
