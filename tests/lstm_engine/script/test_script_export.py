"""A script's run as an event file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.script_export import script_export, script_metrics
from lstm_engine.script.vocabulary.fit_events import Steps
from tests.support.event_files import scalars_in


def test_all_that_it_was_told_of_is_there_and_the_run_is_left_as_it_is(tmp_path: Path) -> None:
    run, output = tmp_path / "run", tmp_path / "new" / "logs"
    run.mkdir()
    events = EventWriter(run)
    events.tell(Steps(first=1, step=2, epoch=0, batch=1, loss=(4.0, 3.0), metrics={"acc": 0.5}))
    before = sorted(path.name for path in run.iterdir())
    path = script_export(run, output)
    assert list(output.iterdir()) == [path]
    assert scalars_in(output) == {"loss": [(1, 4.0), (2, 3.0)], "acc": [(2, 0.5)]}
    assert sorted(path.name for path in run.iterdir()) == before
    with pytest.raises(UserError, match="has event files"):
        script_export(run, output)


def test_a_run_that_has_told_nothing_is_an_empty_log(tmp_path: Path) -> None:
    assert scalars_in(script_export(tmp_path, tmp_path / "logs").parent) == {}


def test_its_metrics_as_rows(tmp_path: Path) -> None:
    events = EventWriter(tmp_path)
    events.tell(Steps(first=1, step=2, epoch=0, batch=1, loss=(4.0, 3.0), metrics={"acc": 0.1}, lr={"lr-Adam": 0.01}))
    file = io.StringIO(newline="")
    script_metrics(tmp_path).write(file)
    assert file.getvalue().splitlines() == ["acc,loss,lr-Adam,step", ",4.0,,1", "0.1,3.0,0.01,2"]
