"""A script's training as TensorBoard finds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.formats.event_file.new_event_file import FOLDER
from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.keeping.script_tensorboard import ScriptTensorboard
from lstm_engine.script.vocabulary.fit_events import FitStarted, Steps
from tests.support.event_files import scalars_in


def steps(first: int, step: int, *loss: float | None, **metrics: float) -> Steps:
    return Steps(first=first, step=step, epoch=0, batch=step - 1, loss=loss, metrics=metrics, lr={"Adam": 0.5})


def never(sentence: str) -> None:
    pytest.fail(sentence)


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
    assert scalars_in(tmp_path / FOLDER)["loss"] == [
        (1, 4.0),
        (2, 3.0),
        (3, pytest.approx(0.2)),
        (4, pytest.approx(0.1)),
    ]


def test_of_a_run_that_had_none_all_of_it_is_there(tmp_path: Path) -> None:
    events = EventWriter(tmp_path)
    events.tell(steps(1, 2, 4.0, 3.0))
    ScriptTensorboard(tmp_path, never).end()
    assert scalars_in(tmp_path / FOLDER)["loss"] == [(1, 4.0), (2, 3.0)]


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
