"""Whoever comes late to an engine, or loses it for a while, knows what one knows who heard all: bit for bit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_engine.protocol import standing as standings
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import (
    AddEpochs,
    CheckpointSaved,
    EngineReady,
    Epochs,
    Event,
    NewRun,
    Pause,
    Paused,
    Quit,
    Reseed,
    RunFinished,
    RunOpened,
    Save,
    Train,
    TrainingStarted,
)
from lstm_engine.protocol.standing import Standing
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import read_history
from tests.support.engine_streams import Disk, StreamedEngine, heard
from tests.support.in_process import only, play
from tui.state.session import Session


def known(session: Session) -> dict[str, Any]:
    """What must not depend on when somebody came."""
    return {
        "history": session.history.rows.tobytes(),
        "columns": session.history.columns,
        "epoch": session.epoch,
        "target": session.target,
        "state": session.state,
        "resumes": session.resumes,
        "saved": session.saved,
        "run": (session.run, session.directory, session.config, session.specs, session.parent),
        "problem": (session.save_problem, session.failure, session.lost, session.stopped),
        "alive": session.engine_alive,
    }


def standing_after(said: Sequence[Message]) -> Standing:
    standing = Standing()
    for event in said:
        standing = standing.after(event)
    return standing


def check(said: Sequence[Event], disk: Disk, joins: int, lost_at: int | None) -> None:
    """Who hears all, and who comes at event number `joins`, know the same then and at the end.

    lost_at: up to which event that one heard the engine before; None where it never did.
    """
    before = None if lost_at is None else heard(said[:lost_at], disk)
    greeting = tuple(standing_after(said[:joins]).greeting())
    for ends in (joins, len(said)):
        late = heard([*greeting, *said[joins:ends]], disk, before, is_found=True)
        assert known(late) == known(heard(said[:ends], disk))


NAMES = tuple(StreamedEngine().steps)
#: More of what makes a long run, and less of what begins another one.
LIKELY = (*NAMES, *("start", "train", "train", "train", "save", "save") * 2)
STEPS = st.lists(st.tuples(st.sampled_from(LIKELY), st.integers(0, 9)), max_size=25)


@settings(max_examples=300)
@given(steps=STEPS, is_stopped=st.booleans(), data=st.data(), batch=st.sampled_from([1, 3, 2000]))
def test_a_late_client_knows_what_one_knows_who_heard_all(
    steps: list[tuple[str, int]], is_stopped: bool, data: st.DataObject, batch: int
) -> None:
    engine = StreamedEngine()
    engine.new(1)
    for name, number in steps:
        engine.steps[name](number)
    if is_stopped:
        engine.stop()
    joins = data.draw(st.integers(1, len(engine.said) - is_stopped), "joins")  # nobody comes after its last word
    lost_at = data.draw(st.none() | st.integers(0, joins), "lost_at")
    with patch.object(standings, "_BATCH", batch):
        check(engine.said, engine.disk, joins, lost_at)


def test_that_holds_of_a_real_engine_at_every_event(tmp_path: Path) -> None:
    def reached(epoch: int):
        return lambda event: isinstance(event, Epochs) and event.first_epoch + len(event.train_loss) > epoch

    config = RunConfig()
    said = play(
        tmp_path,
        [
            (EngineReady, NewRun(config=config)),
            (Epochs, Train(epochs=100_000)),
            (reached(100), Save()),
            (reached(200), Pause()),
            (Paused, Train()),
            (reached(300), AddEpochs(epochs=5)),
            (lambda event: isinstance(event, TrainingStarted) and event.target > 100_000, Pause()),
            (Paused, Reseed(seed=7)),
            (lambda event: isinstance(event, RunOpened) and event.config.seed == 7, Train(epochs=40)),
            (RunFinished, Train(epochs=20)),
            (RunFinished, Quit()),
        ],
        save_every=0.05,
    )
    directories = {event.directory for event in only(said, TrainingStarted)}
    assert len(directories) == 2
    assert len(only(said, CheckpointSaved)) > 5
    disk = {directory: read_history(Path(directory), Columns.of(config)) for directory in directories}
    for joins in range(1, len(said)):
        check(said, disk, joins, None)
        check(said, disk, joins, joins // 2)


@pytest.mark.parametrize("at", ["before anything was said", "before a run is open"])
def test_before_a_run_is_open_there_is_little_to_tell(at: str) -> None:
    said = StreamedEngine().said if at == "before a run is open" else []
    assert list(standing_after(said).greeting()) == said


def test_what_is_heard_is_what_the_engine_streamed(tmp_path: Path) -> None:
    """The check notices: an epoch left out, told twice, or of another Trainer, is seen."""
    engine = StreamedEngine()
    engine.new(1)
    engine.start(9)
    engine.train(4)
    engine.save(0)
    engine.train(2)
    greeting = [*standing_after(engine.said).greeting()]
    whole = known(heard(engine.said, engine.disk))
    assert known(heard(greeting, engine.disk, is_found=True)) == whole
    (unsaved,) = only(greeting, Epochs)
    assert (unsaved.first_epoch, len(unsaved.train_loss)) == (6, 3)
    without = [event for event in greeting if event is not unsaved]
    assert known(heard(without, engine.disk, is_found=True)) != whole
