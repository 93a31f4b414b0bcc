"""What somebody who looks elsewhere is told, and what is no news."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable

import msgspec
import pytest

from lstm_engine.protocol.attendance import Steered
from lstm_engine.protocol.messages import Failed, Pause, Paused, Quit, Refused, Stopped
from tests.support.script import (
    DIRECTORY,
    READY,
    RUN,
    checkpoint,
    done,
    epochs,
    finished,
    opened,
    paused,
    ready,
    resumed,
    session_after,
    started,
    training,
)
from tui.state.news import news
from tui.state.reducer import reduce
from tui.state.updates import CommandSent, EngineGone, EngineStarting, Said, Update

FULL = Paused(epoch=1200, target=2000, cause="could not write: No space left on device")
STOPPED = Stopped(run=RUN, directory=DIRECTORY, epoch=1200, checkpoint=checkpoint(1200))
OTHER = msgspec.structs.replace(opened(epoch=1000), run="bright-bear", directory="/runs/bright-bear")
SAID_FULL = "run calm-lake paused at epoch 1200: could not write: No space left on device"
SAID_DONE = "run calm-lake finished at epoch 2000, loss 0.1676"


def told(script: Iterable[Update]) -> list[str]:
    """All that is news in the script."""
    updates = list(script)
    sessions = [functools.reduce(reduce, updates[:end], session_after([])) for end in range(len(updates) + 1)]
    return [sentence for pair in itertools.pairwise(sessions) if (sentence := news(*pair))]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (done(), [SAID_DONE]),
        ([*training(), FULL], [SAID_FULL]),
        ([*training(), Failed(epoch=1200, cause="boom")], ["run calm-lake failed: boom"]),
        ([*training(), EngineGone(-9)], ["run calm-lake failed: the engine process was ended by signal 9"]),
        (
            [*training(), STOPPED, EngineGone(0)],
            ["run calm-lake stopped: the engine ended by itself after saving epoch 1200"],
        ),
        (
            [*training(), msgspec.structs.replace(STOPPED, signal="SIGTERM"), EngineGone(0)],
            ["run calm-lake stopped: the engine was ended (SIGTERM) after saving epoch 1200"],
        ),
    ],
    ids=["finished", "full disk", "failed", "engine killed", "engine ended", "engine ended by a signal"],
)
def test_an_ending_is_told_once(script: list[Update], expected: list[str]) -> None:
    assert told(script) == expected
    assert told([*script, Said("pressed a key"), Said("and another")]) == expected


def test_what_comes_after_a_pause_for_a_full_disk_is_told_too() -> None:
    assert told([*training(), FULL, OTHER]) == [SAID_FULL]
    rest = [started(1200, 2000), epochs(1201, 2000), finished(2000)]
    assert told([*training(), FULL, FULL, *rest]) == [SAID_FULL, SAID_DONE]
    at_the_end = Paused(epoch=2000, target=2000, cause="could not write")
    assert told([*training(2000), at_the_end, finished(2000)])[1:] == [SAID_DONE]


def test_each_training_has_its_ending() -> None:
    assert told([*resumed(), epochs(2601, 3000), finished(3000)])[0] == SAID_DONE
    assert len(told([*resumed(), epochs(2601, 3000), finished(3000)])) == 2


@pytest.mark.parametrize(
    "script",
    [
        [*training(), CommandSent(Pause()), *paused()[len(training()) :]],
        [*training(), CommandSent(Quit()), STOPPED, EngineGone(0)],
        [*training(), Steered(command="quit"), STOPPED, EngineGone(0)],
        [READY, opened(epoch=2000)],
        [READY, opened(epoch=2000), finished(2000)],
        [READY, opened(epoch=1200, target=2000), FULL],
        [READY, Refused(command="open_run", reason="there is no such run")],
        [*ready(), EngineGone(1)],
        [EngineGone(1), EngineStarting(), *ready()],
        [*training(), OTHER, EngineGone(1)],
    ],
    ids=["paused", "quit", "quit from another terminal", "opened", "attached to a finished one",
         "attached to a paused one", "not opened", "idle", "started anew", "another run"],
)  # fmt: skip
def test_what_the_user_did_is_no_news(script: list[Update]) -> None:
    assert told(script) == []
