"""The link to the engine, with engines that cannot start, talk nonsense or have no history."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from lstm_engine.errors import UserError
from lstm_engine.protocol.messages import Event, NewRun
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import History
from tests.support.script import READY, ScriptedEngine, epochs, opened
from tui.client.connection import ProtocolError
from tui.client.engine_link import EngineLink, RunningEngine
from tui.state.reducer import reduce
from tui.state.session import Session
from tui.state.updates import EngineGone, HistoryRead, LineLogged, Said, Update

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
