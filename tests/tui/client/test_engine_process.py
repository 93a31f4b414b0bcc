"""The client side of the engine process, against an engine without PyTorch."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
from pathlib import Path

import pytest

from lstm_engine.data.companies import Companies
from lstm_engine.protocol.messages import EngineReady, Epochs, Event, NewRun, Notice, RunFinished, Stopped, Train
from lstm_engine.run.config import RunConfig
from tests.support.fake_engine import Behaviour, options
from tui.client.connection import ProtocolError
from tui.client.engine_process import EngineProcess
from tui.options import EngineOptions


async def collected(engine: EngineProcess) -> list[Event]:
    return [event async for event in engine.events()]


async def started(behaviour: Behaviour, folder: Path, epochs: int = 4) -> EngineProcess:
    """An engine that is told to train and that its input then ends."""
    engine = await EngineProcess.start(options(behaviour, folder))
    engine.send(NewRun(config=RunConfig()))
    engine.send(Train(epochs=epochs))
    engine.close_input()
    return engine


async def test_commands_go_in_and_events_come_out(tmp_path: Path) -> None:
    engine = await started("good", tmp_path)
    events = await collected(engine)
    assert isinstance(events[0], EngineReady)
    assert events[0].pid == engine.pid
    epochs = [epoch for event in events if isinstance(event, Epochs) for epoch in event.train_loss]
    assert len(epochs) == 5
    assert isinstance(events[-2], RunFinished)
    assert isinstance(events[-1], Stopped)
    assert await engine.wait() == 0


async def test_a_line_of_several_megabytes_arrives_whole(tmp_path: Path) -> None:
    engine = await started("huge", tmp_path)
    texts = [event.text for event in await collected(engine) if isinstance(event, Notice)]
    assert [len(text) for text in texts] == [5_000_000]


async def test_a_command_larger_than_the_pipe_arrives_whole(tmp_path: Path) -> None:
    count = 20_000
    names = tuple(f"company {number}" for number in range(count))
    data = Companies("many.csv", names, ((0.25,),) * count, (0.0,) * count)
    engine = await EngineProcess.start(options("good", tmp_path))
    engine.send(NewRun(config=RunConfig(data=data)))
    engine.close_input()
    predictions = [event.predictions for event in await collected(engine) if isinstance(event, Epochs)]
    assert [tuple(by_name) for by_name in predictions] == [names]


async def test_a_line_that_is_no_event_is_an_error_that_quotes_it(tmp_path: Path) -> None:
    engine = await started("garbage", tmp_path)
    with pytest.raises(ProtocolError, match=r"no event: 'Epoch 3: 100%"):
        await collected(engine)
    assert await engine.stop(patience=60) == 0


async def test_the_log_keeps_the_last_500_lines_and_every_line_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    engine = await EngineProcess.start(options("noisy", tmp_path), told.append)
    engine.close_input()
    await engine.wait()
    assert told == [f"line {number}" for number in range(2000)]
    assert list(engine.log) == told[-500:]


@pytest.mark.parametrize(("behaviour", "status"), [("die", -9), ("crash", 3)])
async def test_a_dead_engine_ends_the_stream_and_tells_its_status(
    behaviour: Behaviour, status: int, tmp_path: Path
) -> None:
    engine = await started(behaviour, tmp_path)
    assert isinstance((await collected(engine))[-1], Epochs)
    assert await engine.wait() == status
    assert engine.log


async def test_wait_does_not_need_a_reader_of_the_events(tmp_path: Path) -> None:
    engine = await started("huge", tmp_path)
    assert await engine.wait() == 0


async def test_sending_to_an_engine_that_is_gone_does_nothing(tmp_path: Path) -> None:
    engine = await started("die", tmp_path)
    await engine.wait()
    for _ in range(10):
        engine.send(Train(epochs=1))
    engine.close_input()
    assert await engine.stop(patience=60) == -9


async def test_stop_lets_the_engine_finish(tmp_path: Path) -> None:
    engine = await EngineProcess.start(options("good", tmp_path))
    assert await engine.stop(patience=60) == 0
    assert isinstance((await collected(engine))[-1], Stopped)


async def test_stop_kills_an_engine_that_does_not_listen(tmp_path: Path) -> None:
    engine = await EngineProcess.start(options("stubborn", tmp_path))
    assert await engine.stop(patience=0) == -9


async def test_the_engine_ignores_the_signals_of_our_terminal(tmp_path: Path) -> None:
    engine = await EngineProcess.start(options("good", tmp_path))
    assert os.getsid(engine.pid) == engine.pid != os.getsid(0)
    await engine.stop(patience=60)


async def test_a_program_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await EngineProcess.start(EngineOptions(tmp_path, command=(str(tmp_path / "no-such-program"),)))


def test_an_engine_outlives_a_client_that_forgets_it(tmp_path: Path) -> None:
    """Where the dashboard crashes, nothing kills the engine: its input ends, and it exits by itself."""

    async def forget() -> subprocess.Popen[bytes]:
        return (await EngineProcess.start(options("good", tmp_path)))._process

    process = asyncio.run(forget())
    gc.collect()
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=60) == 0


def test_the_command_line_of_the_engine(tmp_path: Path) -> None:
    argv = EngineOptions(tmp_path, save_every=0.5, keep=3).argv
    assert argv[1:] == [
        *("-P", "-m", "lstm_engine", "--checkpoints", str(tmp_path), "--save-every", "0.5", "--keep", "3"),
    ]
