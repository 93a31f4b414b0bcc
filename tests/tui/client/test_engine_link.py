"""The link to the engine, with engines that cannot start, talk nonsense or have no history."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from lstm_engine.errors import UserError
from lstm_engine.protocol.attendance import CutOff, Detach, Detached
from lstm_engine.protocol.messages import Command, Event, NewRun, OpenRun, Stopped, Train
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import History
from tests.support.script import DIRECTORY, READY, RUN, ScriptedEngine, epochs, history, opened, started, until
from tui.client.connection import ProtocolError
from tui.client.engine_link import EngineLink, RunningEngine
from tui.state.reducer import reduce
from tui.state.session import Session
from tui.state.updates import EngineFound, EngineGone, HistoryRead, LineLogged, Said, Update

OPENING = NewRun(config=RunConfig())


def unreadable(*_: object) -> History:
    raise UserError("the history is damaged")


class Nonsense(ScriptedEngine):
    async def events(self) -> AsyncIterator[Event]:
        yield READY
        raise ProtocolError("the engine sent a line that is no event: 'hello'")


def link(engine: ScriptedEngine, *, lines: tuple[str, ...] = ()) -> EngineLink:
    async def start(on_log: Callable[[str], None]) -> RunningEngine:
        for line in lines:
            on_log(line)
        return engine

    return EngineLink(start, unreadable, OPENING)


async def followed(made: EngineLink) -> list[Update]:
    await made.start()
    told: list[Update] = []
    await made.follow(told.append)
    return told


async def test_an_engine_that_cannot_be_started_is_gone_with_the_reason() -> None:
    async def start(_: Callable[[str], None]) -> RunningEngine:
        raise FileNotFoundError(2, "No such file or directory", "python")

    told = await followed(EngineLink(start, unreadable, OPENING))
    assert len(told) == 1
    assert isinstance(told[0], EngineGone)
    assert "No such file" in told[0].reason


async def test_what_the_engine_logs_before_the_screen_is_there_is_not_lost() -> None:
    engine = ScriptedEngine()
    engine.end(0)
    assert await followed(link(engine, lines=("warning",))) == [LineLogged("warning"), EngineGone(0)]


async def test_a_history_that_cannot_be_read_is_said_and_the_run_goes_on() -> None:
    engine = ScriptedEngine()
    engine.feed(READY, opened(epoch=10))
    engine.end(0)
    told = await followed(link(engine))
    assert [type(update) for update in told[-2:]] == [Said, EngineGone]
    assert not any(isinstance(update, HistoryRead) for update in told)
    assert Said("the run's history cannot be read: the history is damaged", alert=True) in told


async def test_an_engine_that_talks_nonsense_is_stopped() -> None:
    told = await followed(link(Nonsense()))
    assert isinstance(told[-1], EngineGone)
    assert "no event" in told[-1].reason


async def test_epochs_of_another_model_end_in_a_failure_not_in_a_traceback() -> None:
    engine = ScriptedEngine()
    engine.feed(READY, opened(), epochs(0, 0, RunConfig(model="nn-lstm")))
    made = link(engine)
    session = Session.loading(RunConfig(), 2000)

    def tell(update: Update) -> None:
        nonlocal session
        session = reduce(session, update)

    await made.start()
    await made.follow(tell)
    assert session.failure is not None
    assert "does not fit" in session.failure.cause


@pytest.mark.parametrize("commands", [0, 1])
async def test_nothing_is_sent_to_an_engine_that_is_gone(commands: int) -> None:
    engine = ScriptedEngine()
    if commands:
        engine.feed(READY)
    engine.end(0)
    made = link(engine)
    await followed(made)
    made.send(OPENING)
    assert len(engine.commands) == commands


# --- engines that run already ----------------------------------------------------------------------------------------


class Scene:
    """A link in a world where some runs are held by engines that can be found.

    held: the engine that is found by what a run is called; asked: what was looked for.
    """

    def __init__(self, opening: Command, train: int | None = None) -> None:
        self.own: list[ScriptedEngine] = []
        self.held: dict[str, ScriptedEngine] = {}
        self.asked: list[str] = []
        self.told: list[Update] = []
        self.link = EngineLink(self._start, lambda *_: history(1000), opening, train, self._find)

    async def _start(self, _: Callable[[str], None]) -> RunningEngine:
        self.own.append(ScriptedEngine())
        return self.own[-1]

    async def _find(self, source: str) -> RunningEngine | None:
        self.asked.append(source)
        return self.held.get(source)

    async def follow(self) -> None:
        await self.link.follow(self.told.append)

    def kinds(self) -> list[str]:
        return [type(update).__name__ for update in self.told]


async def test_a_run_that_is_held_is_attended_and_nothing_is_asked_of_its_engine() -> None:
    scene, engine = Scene(OpenRun(source=RUN), train=2000), ScriptedEngine()
    scene.held[RUN] = engine
    await scene.link.start()
    assert (scene.own, scene.link.is_attached) == ([], True)
    engine.feed(READY, opened(epoch=1000, target=2000), started(1000, 2000), epochs(1001, 1100))
    engine.end(0)
    await scene.follow()
    assert engine.commands == []
    assert scene.kinds() == [
        *("EngineFound", "EngineReady", "RunOpened", "HistoryRead", "TrainingStarted", "Epochs", "EngineGone"),
    ]


async def test_a_run_that_nobody_holds_is_opened_by_an_engine_of_its_own() -> None:
    scene = Scene(OpenRun(source=RUN), train=2000)
    await scene.link.start()
    assert (len(scene.own), scene.link.is_attached, scene.asked) == (1, False, [RUN])
    scene.own[0].feed(READY, opened(epoch=1000, target=2000))
    scene.own[0].end(0)
    await scene.follow()
    assert scene.own[0].commands == [OpenRun(source=RUN), Train()]


async def test_a_new_run_is_looked_for_nowhere() -> None:
    scene = Scene(OPENING)
    await scene.link.start()
    assert (len(scene.own), scene.asked) == (1, [])


async def test_who_is_cut_off_comes_back_before_it_leaves() -> None:
    scene, again = Scene(OPENING), ScriptedEngine()
    await scene.link.start()
    (first,) = scene.own
    closed_then: list[bool] = []

    async def find(source: str) -> RunningEngine | None:
        scene.asked.append(source)
        closed_then.append(first.input_closed)
        return again

    scene.link._find = find
    first.feed(READY, opened(epoch=1000, target=2000), started(1000, 2000), CutOff())
    again.feed(READY, opened(epoch=1000, target=2000), started(1000, 2000), epochs(1001, 1100))
    again.end(0)
    await scene.follow()
    assert scene.asked == [DIRECTORY]
    assert (closed_then, first.input_closed) == ([False], True), "an engine that nobody attends may end"
    assert again.commands == []
    assert scene.kinds()[4:] == ["EngineFound", "EngineReady", "RunOpened", "HistoryRead", "TrainingStarted", "Epochs",
                                 "EngineGone"]  # fmt: skip
    assert scene.told.count(EngineFound()) == 1
    session = Session.loading(RunConfig(), 2000)
    for update in scene.told[:-1]:
        session = reduce(session, update)
    assert (session.epoch, session.history.last_epoch, session.state) == (1100, 1100, "training")


async def test_who_is_cut_off_and_finds_no_way_back_says_why_it_ends() -> None:
    scene = Scene(OPENING)
    await scene.link.start()
    scene.own[0].feed(READY, opened(epoch=1000), CutOff())
    await scene.follow()
    assert scene.told[-1] == EngineGone(reason="this terminal did not read for so long that the engine cut it off")
    assert scene.own[0].input_closed


async def test_an_attended_engine_that_ends_without_a_word_is_said_to() -> None:
    scene = Scene(OpenRun(source=RUN))

    class Attended(ScriptedEngine):
        async def wait(self) -> None:  # type: ignore[override]
            """Its exit status is not for us to know."""

    engine = scene.held[RUN] = Attended()
    await scene.link.start()
    engine.feed(READY, opened(epoch=1000))
    engine.end(0)
    await scene.follow()
    assert scene.told[-1] == EngineGone(None, "the engine process has ended without a word")


@pytest.mark.parametrize("is_own", [True, False])
async def test_another_run_that_is_held_is_attended_and_the_engine_before_is_left(is_own: bool) -> None:
    scene = Scene(OPENING if is_own else OpenRun(source="first"))
    before, other = ScriptedEngine(), ScriptedEngine()
    scene.held = {"first": before, "other": other}
    await scene.link.start()
    before = scene.own[0] if is_own else before
    before.feed(READY, opened(epoch=1000, target=2000), started(1000, 2000))
    following = asyncio.create_task(scene.follow())
    await until(lambda: before.drained)
    await scene.link.open(OpenRun(source="other"), None, scene.told.append)
    assert before.input_closed
    before.feed(epochs(1001, 1100))  # it trains on
    other.feed(READY, opened(epoch=500, target=2000))
    await until(lambda: other.drained)
    assert scene.link.is_attached
    assert scene.kinds()[-4:] == ["EngineFound", "EngineReady", "RunOpened", "HistoryRead"]
    other.end(0)
    await following
    assert scene.kinds()[-1] == "EngineGone"


async def test_another_run_that_nobody_holds_needs_an_engine_of_its_own_where_this_one_is_somebody_else_s() -> None:
    scene = Scene(OpenRun(source=RUN))
    attended = scene.held[RUN] = ScriptedEngine()
    await scene.link.start()
    attended.feed(READY, opened(epoch=1000))
    following = asyncio.create_task(scene.follow())
    await until(lambda: attended.drained)
    await scene.link.open(OpenRun(source="other"), None, scene.told.append)
    attended.end(0)
    (own,) = scene.own
    own.feed(READY)
    own.end(0)
    await following
    assert (attended.commands, own.commands) == ([], [OpenRun(source="other")])
    assert not scene.link.is_attached


async def test_the_run_that_is_open_is_not_looked_for_elsewhere() -> None:
    scene = Scene(OPENING)
    await scene.link.start()
    own = scene.own[0]
    own.feed(READY, opened(epoch=1000))
    following = asyncio.create_task(scene.follow())
    await until(lambda: own.drained)
    for source in (RUN, DIRECTORY):
        await scene.link.open(OpenRun(source=source), None, scene.told.append)
    own.end(0)
    await following
    assert scene.asked == []
    assert own.commands[1:] == [OpenRun(source=RUN), OpenRun(source=DIRECTORY)]


@pytest.mark.parametrize(
    ("said", "is_gone"),
    [
        ([READY, opened(epoch=1000), Stopped(run=RUN, directory=DIRECTORY, epoch=1000, checkpoint=None)], True),
        ([READY, opened(epoch=1000), Detached(run=RUN, directory=DIRECTORY, epoch=1000, target=2000)], False),
    ],
)
async def test_at_the_end_it_waits_for_an_engine_that_ends_alone(said: list[Event], is_gone: bool) -> None:
    scene = Scene(OPENING)
    await scene.link.start()
    own = scene.own[0]
    own.feed(*said)
    following = asyncio.create_task(scene.follow())
    await until(lambda: own.drained)
    scene.link.send(Detach())
    assert await scene.link.end(60) is is_gone
    assert scene.link.is_detached is not is_gone
    own.end(0)
    await following
