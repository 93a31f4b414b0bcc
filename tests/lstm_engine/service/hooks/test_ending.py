"""Which events end a training, and what a command is told of it."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import Failed, Notice, Paused
from lstm_engine.service.hooks.ending import Ending, Training
from tests.support.script import (
    DIRECTORY,
    RUN,
    done,
    epochs,
    finished,
    loss,
    opened,
    ready,
    resumed,
    started,
    training,
)

FULL = Paused(epoch=1200, target=2000, cause="could not write: No space left on device")


def endings(script: Iterable[Message]) -> list[Ending]:
    heard, told = Training(), []
    for event in script:
        if (ending := heard.ended_by(event)) is not None:
            told.append(ending)
        heard = heard.after(event)
    return told


def ending(state: str, epoch: int, cause: str | None = None) -> Ending:
    return Ending(run=RUN, directory=DIRECTORY, state=state, epoch=epoch, loss=loss(epoch), cause=cause)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (done(), [ending("finished", 2000)]),
        ([*training(), FULL], [ending("paused", 1200, FULL.cause)]),
        ([*training(), FULL, FULL, Paused(epoch=1200, target=2000)], [ending("paused", 1200, FULL.cause)]),
        (
            [*training(), FULL, started(1200, 2000), epochs(1201, 2000), finished(2000)],
            [ending("paused", 1200, FULL.cause), ending("finished", 2000)],
        ),
        ([*training(), Failed(epoch=0, cause="boom")], [ending("failed", 1200, "boom")]),
        ([*resumed(), epochs(2601, 3000), finished(3000)], [ending("finished", 2000), ending("finished", 3000)]),
        ([*training(), Paused(epoch=1200, target=2000)], []),
        ([*training(), opened(epoch=1000)], []),
        ([opened(epoch=2000), Notice(text="hello")], []),
        ([opened(epoch=1200), FULL], []),
    ],
)
def test_an_ending_that_nobody_asked_for_is_told_once(script: list[Message], expected: list[Ending]) -> None:
    assert endings(script) == expected


def test_a_training_that_fails_before_anything_is_written_is_told() -> None:
    (told,) = endings([*ready(), Failed(epoch=0, cause="no room for a model")])
    assert told == Ending(run=None, directory=None, state="failed", epoch=0, loss=None, cause="no room for a model")
    assert told.environment == {
        "LSTM_TUI_RUN": "",
        "LSTM_TUI_DIRECTORY": "",
        "LSTM_TUI_STATE": "failed",
        "LSTM_TUI_EPOCH": "0",
        "LSTM_TUI_LOSS": "",
        "LSTM_TUI_CAUSE": "no room for a model",
    }


def test_the_environment_and_the_json_say_the_same() -> None:
    (told,) = endings(done())
    said = json.loads(told.json)
    assert told.json.endswith(b"}\n")
    assert said == {
        "run": RUN,
        "directory": DIRECTORY,
        "state": "finished",
        "epoch": 2000,
        "loss": loss(2000),
        "cause": None,
    }
    assert told.environment == {
        f"LSTM_TUI_{name.upper()}": "" if value is None else str(value) for name, value in said.items()
    }


def test_a_cause_is_printable_and_bounded() -> None:
    (told,) = endings([*training(), Failed(epoch=0, cause="\x1b[2J\0\n" + "x" * 1_000_000)])
    assert told.cause is not None
    assert told.cause.startswith("?[2J??xxx")
    assert told.cause.endswith("x…")
    assert len(told.cause) == 1000
