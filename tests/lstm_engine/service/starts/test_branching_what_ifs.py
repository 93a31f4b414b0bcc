"""A what-if that becomes a branch: the new run begins with what was tried, and its parent stays as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.lstm.parameters import PARAMETERS, ModelName
from lstm_engine.lstm.trace import predictions
from lstm_engine.protocol.messages import (
    Branch,
    EngineReady,
    Epochs,
    OpenRun,
    Quit,
    Refused,
    RunFinished,
    RunOpened,
    Stopped,
    TrainingStarted,
)
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.run.records import Parent
from lstm_engine.store.directory import read_history, read_record
from tests.support.in_process import only, play, train

OTHER_DAYS = (0.9, 0.1, 0.2, 0.3)


def tried(root: Path, config: RunConfig, command: Branch) -> tuple[RunOpened, History, History]:
    """How the branch of a run of 30 epochs opened, its history at its end, and the parent's."""
    train(root, config, 30)
    (parent,) = root.iterdir()
    columns = Columns.of(config)
    before = read_history(parent, columns)
    events = play(root, [(EngineReady, OpenRun(source=parent.name)), (Epochs, command), (RunFinished, Quit())])
    opened = only(events, RunOpened)[-1]
    assert only(events, TrainingStarted)[-1].verified
    assert read_history(parent, columns).rows.tobytes() == before.rows.tobytes()
    return opened, read_history(root / opened.run, columns), before


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
@pytest.mark.parametrize("epoch", [7, 30])
def test_it_begins_with_the_values_that_were_tried(tmp_path: Path, model: ModelName, epoch: int) -> None:
    name = PARAMETERS[model][2].name
    asked = Branch(epoch=epoch, lr=0.01, epochs=5, parameters={name: 1.5})
    opened, ours, theirs = tried(tmp_path, RunConfig(model=model), asked)
    assert opened.parent is not None
    assert opened.parent.changed == {name: 1.5}
    assert opened.epoch == epoch
    assert ours.truncated(epoch - 1).rows.tobytes() == theirs.truncated(epoch - 1).rows.tobytes()
    expected = theirs.parameters_at(epoch).copy()
    expected[2] = 1.5
    np.testing.assert_array_equal(ours.parameters_at(epoch), expected)
    assert ours.predictions_at(epoch) == pytest.approx(predictions(model, expected, WALK_THROUGH.days), abs=1e-6)
    assert ours.loss[epoch] == theirs.loss[epoch]
    assert ours.last_epoch == epoch + 5
    assert not np.array_equal(ours.parameters_at(epoch + 1), expected)


@pytest.mark.parametrize("batch_size", [1, 2])
def test_it_trains_on_the_inputs_that_were_tried(tmp_path: Path, batch_size: int) -> None:
    asked = Branch(epoch=20, epochs=5, days={"A": OTHER_DAYS})
    opened, ours, theirs = tried(tmp_path, RunConfig(batch_size=batch_size), asked)
    assert opened.config.data.days == (OTHER_DAYS, WALK_THROUGH.days[1])
    assert opened.config.data.source == "walk-through, what-if"
    values = theirs.parameters_at(20)
    np.testing.assert_array_equal(ours.parameters_at(20), values)
    assert ours.predictions_at(20) == pytest.approx(predictions("by-hand", values, opened.config.data.days), abs=1e-6)
    assert not np.array_equal(ours.parameters_at(25), theirs.parameters_at(25))


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
def test_all_that_came_before_is_seen_on_the_inputs_that_were_tried(tmp_path: Path, model: ModelName) -> None:
    asked = Branch(epoch=20, epochs=5, days={"A": OTHER_DAYS})
    opened, ours, theirs = tried(tmp_path, RunConfig(model=model), asked)
    days = opened.config.data.days
    for epoch in range(26):
        expected = predictions(model, ours.parameters_at(epoch), days)
        assert ours.predictions_at(epoch) == pytest.approx(expected, abs=1e-6)
    assert ours.loss[:21].tobytes() == theirs.loss[:21].tobytes()
    assert ours.truncated(20).rows[:, 3:].tobytes() == theirs.truncated(20).rows[:, 3:].tobytes()


def test_a_branch_of_it_from_before_it_branched_off_predicts_on_its_inputs(tmp_path: Path) -> None:
    opened, ours, theirs = tried(tmp_path, RunConfig(), Branch(epoch=20, epochs=10, days={"A": OTHER_DAYS}))
    again = play(tmp_path, [(EngineReady, OpenRun(source=opened.run)), (Epochs, Branch(epoch=10)), (Epochs, Quit())])
    branch = only(again, RunOpened)[-1]
    earlier = read_history(tmp_path / branch.run, Columns.of(RunConfig()))
    np.testing.assert_array_equal(earlier.parameters_at(10), theirs.parameters_at(10))
    assert earlier.predictions_at(10) == pytest.approx(ours.predictions_at(10), abs=1e-6)
    assert earlier.predictions_at(10)[0] != pytest.approx(theirs.predictions_at(10)[0], abs=1e-3)


def test_a_branch_of_it_goes_on_from_it(tmp_path: Path) -> None:
    opened, ours, _ = tried(tmp_path, RunConfig(), Branch(epoch=20, epochs=10, parameters={"wlr1": -1.0}))
    again = play(
        tmp_path,
        [
            (EngineReady, OpenRun(source=opened.run)),
            (Epochs, Branch(epoch=25, epochs=5)),
            (RunFinished, Quit()),
        ],
    )
    branch = only(again, RunOpened)[-1]
    assert branch.parent == Parent(opened.run, 25)
    assert read_history(tmp_path / branch.run, Columns.of(RunConfig())).rows.tobytes() == ours.rows.tobytes()
    assert read_record(tmp_path / opened.run).parent.changed == {"wlr1": -1.0}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (Branch(epoch=5, parameters={"w9": 1.0}), "there is no parameter w9"),
        (Branch(epoch=5, days={"C": OTHER_DAYS}), "there is no company C"),
        (Branch(epoch=5, days={"A": (1.0,)}), "expected 4 finite numbers"),
        (Branch(epoch=0, parameters={"wlr1": 1.0}), "epoch 0"),
        (Branch(epoch=5, epochs=0), "epochs is 0"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path, asked: Branch, reason: str) -> None:
    train(tmp_path, RunConfig(), 10)
    (parent,) = tmp_path.iterdir()
    events = play(tmp_path, [(EngineReady, OpenRun(source=parent.name)), (Epochs, asked), (Refused, Quit())])
    assert reason in only(events, Refused)[0].reason
    assert only(events, Stopped)[0].run == parent.name
    assert list(tmp_path.iterdir()) == [parent]
