"""Where a run stands by its events; that a late client knows all is in tests/tui/state/test_late_clients.py."""

from __future__ import annotations

import msgspec
import pytest

from lstm_engine.protocol.attendance import Logged, Steered, Watchers
from lstm_engine.protocol.epochs import rows_of
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import CheckpointSaved, Epochs, Failed, Notice, Refused, Stopped
from lstm_engine.protocol.standing import Standing
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from tests.support.script import READY, checkpoint, done, epochs, opened, paused, ready, resumed, started, training


def after(*said: Message) -> Standing:
    standing = Standing()
    for event in said:
        standing = standing.after(event)
    return standing


@pytest.mark.parametrize(
    ("said", "epoch", "is_training"),
    [
        ([], 0, False),
        (ready(), 0, False),
        (training(1200), 1200, True),
        (paused(1200), 1200, False),
        (done(), 2000, False),
        (resumed(), 2600, True),
        ([*training(1200), Failed(epoch=1201, cause="no")], 1200, False),
    ],
)
def test_it_knows_the_epoch_and_whether_a_trainer_runs(said: list[Message], epoch: int, is_training: bool) -> None:
    standing = after(*said)
    assert (standing.epoch, standing.is_training) == (epoch, is_training)
    assert (standing.per_second is not None) == is_training
    assert standing.ended == (said[-1] if said and not is_training and said[-1] not in ready() else None)


def test_the_newest_loss_and_the_speed_are_known_while_it_trains() -> None:
    standing = after(*ready(), started(0, 2000), epochs(1, 100, per_second=400))
    assert standing.train_loss == epochs(100, 100).train_loss[0]
    assert standing.per_second == pytest.approx(400)
    faster = standing.after(epochs(101, 200, per_second=900))
    assert faster.per_second is not None
    assert 400 < faster.per_second < 900


def test_only_what_no_checkpoint_has_is_kept() -> None:
    standing = after(*training(1200))
    assert (standing.first_unsaved, standing.unsaved.length) == (1001, 200)
    saved = standing.after(CheckpointSaved(checkpoint=checkpoint(1200), epoch=1200, reason="timed"))
    assert (saved.first_unsaved, saved.unsaved.length) == (1201, 0)
    assert not [event for event in saved.greeting() if isinstance(event, Epochs)]
    assert (standing.first_unsaved, standing.unsaved.length) == (1001, 200), "the one before is as it was"


def test_what_a_greeting_tells_keeps_its_bits_in_batches_of_a_bounded_size() -> None:
    said = [*ready(), started(0, 9000), *(epochs(first, first + 999) for first in range(1, 5001, 1000))]
    batches = [event for event in after(*said).greeting() if isinstance(event, Epochs)]
    assert [(event.first_epoch, len(event.train_loss)) for event in batches] == [(0, 2000), (2000, 2000), (4000, 1001)]
    columns = Columns.of(RunConfig())
    told = b"".join(rows_of(event, columns).tobytes() for event in batches)
    assert told == b"".join(rows_of(event, columns).tobytes() for event in said if isinstance(event, Epochs))


def test_a_greeting_is_of_the_moment_it_was_asked_for_however_late_it_is_read() -> None:
    standing = after(*training(1200))
    greeting = standing.greeting()
    expected = list(standing.greeting())
    standing.after(epochs(1201, 1300)).after(CheckpointSaved(checkpoint=checkpoint(1300), epoch=1300, reason="user"))
    standing.after(epochs(1101, 1150))
    assert list(greeting) == expected


def test_a_trainer_that_has_come_on_is_told_from_its_last_checkpoint() -> None:
    fresh = [READY, opened(epoch=1000, target=2000), started(1000, 2000)]
    assert list(after(*fresh).greeting())[2] == started(1000, 2000)
    later = after(*fresh, epochs(1001, 1100), CheckpointSaved(checkpoint="x.ckpt", epoch=1100, reason="timed"))
    _, run, begun = later.greeting()
    assert (run.epoch, run.checkpoint, run.resumes) == (1100, "x.ckpt", (1000,))  # type: ignore[attr-defined]
    assert begun == msgspec.structs.replace(started(1000, 2000), epoch=1100, resumed_from=None)


def test_how_it_ended_is_told() -> None:
    for said in (paused(), done(), [*training(), Failed(epoch=1201, cause="no")]):
        assert list(after(*said).greeting())[-1] == said[-1]
    stopped = Stopped(run=None, directory=None, epoch=0, checkpoint=None)
    assert after(*ready(), stopped).ended == stopped


@pytest.mark.parametrize(
    "event",
    [
        Notice(text="a"),
        Logged(text="a"),
        Watchers(count=2),
        Steered(command="save"),
        Refused(command="save", reason="no"),
    ],
)
def test_what_is_only_talk_changes_nothing(event: Message) -> None:
    standing = after(*training())
    assert standing.after(event) is standing


def test_what_comes_before_a_run_is_open_is_no_run() -> None:
    for event in (epochs(1, 5), started(0, 5), CheckpointSaved(checkpoint="x", epoch=5, reason="user")):
        assert list(after(READY, event).greeting()) == [READY]
