"""A script's training as TensorBoard finds it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from lstm_engine.formats.event_file.new_event_file import FOLDER
from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.keeping.script_tensorboard import ScriptTensorboard
from lstm_engine.script.vocabulary.fit_events import EpochEnded, FitStarted, PhaseEnded, Steps


def scalars(run: Path) -> dict[str, list[tuple[int, float]]]:
    found = EventAccumulator(str(run / FOLDER), size_guidance={"scalars": 0})
    found.Reload()
    return {tag: [(event.step, event.value) for event in found.Scalars(tag)] for tag in found.Tags()["scalars"]}


def steps(first: int, step: int, *loss: float | None, **metrics: float) -> Steps:
    return Steps(first=first, step=step, epoch=0, batch=step - 1, loss=loss, metrics=metrics, lr={"Adam": 0.5})


def never(sentence: str) -> None:
    pytest.fail(sentence)


def test_every_value_is_at_its_step(tmp_path: Path) -> None:
    events, files = EventWriter(tmp_path), ScriptTensorboard(tmp_path, never)
    events.tell(FitStarted(epoch=0, step=0))
    events.tell(PhaseEnded(phase="sanity", step=0, epoch=0, metrics={"val_loss": 9.0}))
    events.tell(steps(1, 2, 4.0, 3.0, acc=0.25))
    files.look()
    events.tell(steps(3, 4, 2.0, None, 1.0, 0.5))  # two batches a step
    events.tell(PhaseEnded(phase="validate", step=4, epoch=0, metrics={"val_loss": 1e300}))
    events.tell(EpochEnded(epoch=0, step=4, metrics={"acc_epoch": 0.75}))
    files.end()
    found = scalars(tmp_path)
    assert found["loss"][:3] == [(1, 4.0), (2, 3.0), (3, 2.0)]
    assert math.isnan(found["loss"][3][1])
    assert found["loss"][4:] == [(4, 1.0), (4, 0.5)]
    assert found["acc"] == [(2, 0.25)]
    assert found["Adam"] == [(2, 0.5), (4, 0.5)]
    assert found["val_loss"] == [(4, math.inf)]
    assert (found["acc_epoch"], found["epoch"]) == ([(4, 0.75)], [(4, 0.0)])


def test_a_loss_that_the_script_logs_is_not_written_twice(tmp_path: Path) -> None:
    events, files = EventWriter(tmp_path), ScriptTensorboard(tmp_path, never)
    events.tell(steps(1, 2, 4.0, 3.0, loss=3.5))
    files.end()
    assert scalars(tmp_path)["loss"] == [(2, 3.5)]


def test_what_a_script_goes_on_from_makes_the_rest_void(tmp_path: Path) -> None:
    events, files = EventWriter(tmp_path), ScriptTensorboard(tmp_path, never, lambda: 1000.0)
    events.tell(steps(1, 2, 4.0, 3.0))
    events.tell(steps(3, 4, 2.0, 1.0))
    files.end()
    files = ScriptTensorboard(tmp_path, never, lambda: 2000.0)
    events.tell(FitStarted(epoch=0, step=2))
    events.tell(steps(3, 4, 0.2, 0.1))
    files.end()
    assert len(list((tmp_path / FOLDER).iterdir())) == 2
    assert scalars(tmp_path)["loss"] == [(1, 4.0), (2, 3.0), (3, pytest.approx(0.2)), (4, pytest.approx(0.1))]


def test_of_a_run_that_had_none_all_of_it_is_there(tmp_path: Path) -> None:
    events = EventWriter(tmp_path)
    events.tell(steps(1, 2, 4.0, 3.0))
    ScriptTensorboard(tmp_path, never).end()
    assert scalars(tmp_path)["loss"] == [(1, 4.0), (2, 3.0)]


def test_a_folder_that_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    (tmp_path / FOLDER).symlink_to(tmp_path)
    told: list[str] = []
    events, files = EventWriter(tmp_path), ScriptTensorboard(tmp_path, told.append)
    events.tell(steps(1, 2, 4.0, 3.0))
    files.look()
    files.end()
    assert told == [
        "the event files for TensorBoard cannot be written (Not a directory): training goes on without them"
    ]
