"""The question for a sweep, beginning with the run that is open."""

from __future__ import annotations

from lstm_engine.run.config import RunConfig
from tui.sweep.sweep_question import sweep_question


def test_it_begins_with_the_run() -> None:
    config = RunConfig(lr=0.0012345678)
    question = sweep_question("calm-lake", config, 2000)
    found = question._parse(question._value)
    assert found.lr == (0.0012345678, 0.0123457)
    assert (found.count, found.init, found.epochs, found.data) == (400, ("normal", "uniform"), 2000, config.data)
    assert "Run calm-lake is saved and left; the sweep opens." in question._lines
    assert "All on walk-through, to epoch 2,000, side by side." in question._lines
    assert "Run" not in " ".join(sweep_question(None, config, 2000)._lines)
