"""A script's training as scalars by step."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from lstm_engine.formats.event_file.new_event_file import FOLDER, new_event_file
from lstm_engine.formats.event_file.writer import EventFileWriter
from lstm_engine.script.script_scalars import ScriptScalars
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import EpochEnded, FitOpened, FitStarted, PhaseEnded, Steps
from tests.support.event_files import scalars_in


def steps(first: int, step: int, *loss: float | None, **metrics: float) -> Steps:
    return Steps(first=first, step=step, epoch=0, batch=step - 1, loss=loss, metrics=metrics, lr={"Adam": 0.5}, at=9.0)


def written(run: Path, events: Iterable[Event]) -> dict[str, list[tuple[int, float]]]:
    file, _ = new_event_file(run, 1000.0)
    with file:
        scalars = ScriptScalars(EventFileWriter(file))
        for event in events:
            scalars.take(event)
    return scalars_in(run / FOLDER)


def test_every_value_is_at_its_step(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        [
            FitOpened(
                fit=0, stage="fit", trainer="l", version="", torch="", model="M", pid=1, hyperparameters={"lr": 0.5}
            ),
            FitStarted(epoch=0, step=0),
            PhaseEnded(phase="sanity", step=0, epoch=0, metrics={"val_loss": 9.0}),
            steps(1, 2, 4.0, 3.0, acc=0.25),
            steps(3, 4, 2.0, None, 1.0, 0.5),  # two batches a step
            PhaseEnded(phase="validate", step=4, epoch=0, metrics={"val_loss": 1e300}),
            EpochEnded(epoch=0, step=4, metrics={"acc_epoch": 0.75}),
        ],
    )
    assert found["loss"][:3] == [(1, 4.0), (2, 3.0), (3, 2.0)]
    assert math.isnan(found["loss"][3][1])
    assert found["loss"][4:] == [(4, 1.0), (4, 0.5)]
    assert found["acc"] == [(2, 0.25)]
    assert found["Adam"] == [(2, 0.5), (4, 0.5)]
    assert found["val_loss"] == [(4, math.inf)]
    assert (found["acc_epoch"], found["epoch"]) == ([(4, 0.75)], [(4, 0.0)])


def test_a_loss_that_the_script_logs_is_not_written_twice(tmp_path: Path) -> None:
    assert written(tmp_path, [steps(1, 2, 4.0, 3.0, loss=3.5)])["loss"] == [(2, 3.5)]


def test_what_is_gone_on_from_makes_the_rest_void(tmp_path: Path) -> None:
    found = written(
        tmp_path, [steps(1, 2, 4.0, 3.0), steps(3, 4, 2.0, 1.0), FitStarted(epoch=0, step=2), steps(3, 3, 0.5)]
    )
    assert found["loss"] == [(1, 4.0), (2, 3.0), (3, 0.5)]
