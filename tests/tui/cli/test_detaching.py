"""`lstm-tui train --detach`: what it prints, when it returns, and how it exits; against an engine without PyTorch."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from lstm_engine.protocol.attendance import Detach, Detached
from lstm_engine.protocol.messages import Event, Failed, NewRun, Refused, Stopped, Train
from lstm_engine.run.config import RunConfig
from tests.support.fake_engine import Behaviour, options
from tests.support.script import DIRECTORY, READY, RUN, ScriptedEngine, epochs, finished, opened, started
from tests.support.training_options import train_options
from tui.cli.detaching import detach
from tui.client.connection import ProtocolError
from tui.client.engine_process import EngineProcess
from tui.options import TrainOptions

OPENING = NewRun(config=RunConfig())


class Engine(ScriptedEngine):
    pid = 4242


class Nonsense(Engine):
    async def events(self) -> AsyncIterator[Event]:
        yield READY
        raise ProtocolError("the engine sent a line that is no event: 'hello'")


@pytest.fixture
def wanted() -> TrainOptions:
    return train_options("good", Path(DIRECTORY).parent)


async def detached(engine: Engine, wanted: TrainOptions, *events: Event) -> tuple[int, str]:
    engine.feed(*events)
    engine.end(3)
    stream = io.StringIO()
    status = await detach(engine, OPENING, wanted, stream)  # type: ignore[arg-type]
    return status, stream.getvalue()


BEGUN: tuple[Event, ...] = (READY, opened(), epochs(0, 0), started(0, 2000))
LEFT = Detached(run=RUN, directory=DIRECTORY, epoch=0, target=2000)


async def test_it_returns_once_the_engine_trains_on_alone(wanted: TrainOptions) -> None:
    engine = Engine()
    status, output = await detached(engine, wanted, *BEGUN, epochs(1, 5), LEFT)
    assert status == 0
    assert engine.input_closed
    assert engine.commands == [OPENING, Train(epochs=2000), Detach()]
    command = f"lstm-tui attach {RUN} --checkpoints {Path(DIRECTORY).parent}"
    assert output == f"run {RUN} trains on to epoch 2000; look in with: {command}\n"


async def test_json_is_one_object(wanted: TrainOptions) -> None:
    status, output = await detached(Engine(), replace(wanted, json=True), *BEGUN, LEFT)
    assert status == 0
    assert output.count("\n") == 1
    assert json.loads(output) == {"run": RUN, "directory": DIRECTORY, "pid": 4242}


async def test_a_training_that_is_over_before_it_can_be_left_is_finished(wanted: TrainOptions) -> None:
    status, output = await detached(Engine(), wanted, *BEGUN, finished(2000))
    assert status == 0
    assert output.startswith(f"run {RUN} is finished at epoch 2000; open it with: lstm-tui resume {RUN}")


@pytest.mark.parametrize(
    ("events", "status", "words"),
    [
        ([READY, Refused(command="open_run", reason="there is no run 'lost'")], 2, "there is no run 'lost'"),
        ([*BEGUN, Failed(epoch=1, cause="it is on fire")], 1, "training failed in epoch 1: it is on fire"),
        (
            [READY, Stopped(run=None, directory=None, epoch=0, checkpoint=None)],
            1,
            "the engine was ended before training began",
        ),
        ([READY], 1, "the engine exited with status 3 before anything was trained"),
        ([*BEGUN, epochs(1, 5)], 1, f"status 3 near epoch 5; continue with: lstm-tui train --resume {RUN}"),
    ],
)
async def test_what_keeps_it_from_training_is_said(
    wanted: TrainOptions, capsys: pytest.CaptureFixture[str], events: list[Event], status: int, words: str
) -> None:
    engine = Engine()
    assert await detached(engine, wanted, *events) == (status, "")
    assert words in capsys.readouterr().err


async def test_a_run_at_its_target_has_nothing_to_train(
    wanted: TrainOptions, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = Engine()
    wanted = replace(wanted, source=RUN, epochs=None)
    assert await detached(engine, wanted, READY, opened(epoch=2000)) == (0, "")
    assert engine.commands == [OPENING]
    assert "2000" in capsys.readouterr().err


async def test_an_engine_that_talks_nonsense_fails_with_what_it_said(
    wanted: TrainOptions, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await detached(Nonsense(), wanted) == (1, "")
    assert "no event: 'hello'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [("die", "signal 9 (SIGKILL) near epoch 1000"), ("crash", "exited with status 3 near epoch 1000")],
)
async def test_a_process_that_dies_is_said_to(
    behaviour: Behaviour, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = await EngineProcess.start(options(behaviour, tmp_path))
    stream = io.StringIO()
    assert await detach(engine, OPENING, train_options(behaviour, tmp_path), stream) == 1
    assert stream.getvalue() == ""
    assert words in capsys.readouterr().err
