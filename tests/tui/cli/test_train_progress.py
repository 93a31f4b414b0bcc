"""How far a training without a screen has come, in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest

from lstm_engine.protocol.messages import Epochs, Event, RunOpened, Stopped, Train
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.fake_engine import RUN
from tests.support.script import done, epochs, finished, paused, ready, resumed, started, training
from tests.support.training_options import train_options
from tui.cli.train_progress import TrainProgress, advanced, interrupted_sentence, progress_line, train_command
from tui.state.reducer import reduce
from tui.state.session import Session


def test_a_line_of_progress() -> None:
    progress = TrainProgress(target=2000)
    for first in (1, 101, 501):
        losses: list[float | None] = [0.25] * 400
        predictions: dict[str, list[float | None]] = {"A": [0.4342] * 400, "B": [None] * 400}
        event = Epochs(first_epoch=first, seconds=1.0, train_loss=losses, predictions=predictions, parameters={})
        progress = advanced(progress, event)
    assert progress_line(progress) == ("epoch 900 of 2000, loss 0.2500, A 0.4342, B nan, 400 epochs/s, 3 s left")
    crowd = replace(progress, predictions=dict.fromkeys("ABCDEF", 0.5))
    assert "D 0.5000, ..., 400" in progress_line(crowd)


@pytest.mark.parametrize(
    ("epochs", "epoch", "target", "parent", "asked"),
    [
        (5, 0, 0, None, Train(epochs=5)),
        (5, 10, 20, None, Train(epochs=5)),
        (5, 20, 20, None, Train(epochs=5)),
        (None, 10, 20, None, Train()),
        (None, 20, 20, None, None),
        (None, 20, 20, Parent("old-oak", 10), None),
        (None, 20, 20, Parent("old-oak", 20), Train(epochs=2000)),
        (None, 0, 0, None, Train(epochs=2000)),
    ],
)
def test_how_many_epochs_are_asked_for(
    epochs: int | None, epoch: int, target: int, parent: Parent | None, asked: Train | None
) -> None:
    opened = RunOpened(
        run=RUN,
        directory=None,
        config=RunConfig(),
        parameters=(),
        initial={},
        epoch=epoch,
        target=target,
        parent=parent,
    )
    assert train_command(opened, epochs) == asked


def test_an_interruption_before_training_has_nothing_to_go_on_with(tmp_path: Path) -> None:
    sentence = interrupted_sentence(TrainProgress(), train_options("good", tmp_path))
    assert sentence == "interrupted before anything was trained"


def test_an_interruption_says_what_is_saved_and_what_could_not_be(tmp_path: Path) -> None:
    """As on a full disk: the epochs since the last checkpoint were seen, and are lost."""
    stopped = Stopped(run=RUN, directory=str(tmp_path / RUN), epoch=1711, checkpoint="epoch=1710-step=3422.ckpt")
    progress = TrainProgress(run=RUN, directory=stopped.directory, epoch=2739, target=100_000, ending=stopped)
    told = interrupted_sentence(progress, train_options("good", tmp_path))
    assert told.startswith(
        f"interrupted: run {RUN} is saved at epoch 1711 of 100000 (1028 later epochs could not be saved); continue"
    )


# --- the same as on screen -------------------------------------------------------------------------------------------

SCRIPTS = {
    "ready": ready(),
    "training": training(),
    "paused": paused(),
    "resumed": resumed(),
    "done": done(),
    "another stage": [*done(), started(2000, 3000), epochs(2001, 2500), epochs(2501, 3000), finished(3000)],
    "of another model": training(config=RunConfig(model="nn-lstm")),
}


def stands(reader: Session | TrainProgress) -> dict[str, object]:
    """Where training stands, as one of the two has it."""
    is_session = isinstance(reader, Session)
    return {
        "run": reader.run,
        "directory": reader.directory,
        "config": reader.config,
        "epoch": reader.epoch,
        "target": reader.target,
        "checkpoint": (reader.saved and reader.saved.checkpoint) if is_session else reader.checkpoint,
        "epochs per second": reader.pace.per_second,
    }


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_both_say_the_same_of_where_training_stands(script: list[Event]) -> None:
    sessions = accumulate(script, reduce, initial=Session.loading(RunConfig(), 2000))
    progresses = accumulate(script, advanced, initial=TrainProgress())
    for event, session, progress in zip([None, *script], sessions, progresses, strict=True):
        assert stands(session) == stands(progress), event
