"""What a what-if changes in where a branch starts."""

import msgspec
import numpy as np
import pytest
import torch

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.errors import UserError
from lstm_engine.lstm.parameters import PARAMETERS, ModelName
from lstm_engine.models.base import row_of
from lstm_engine.models.build import build
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.service.starts.changed_start import ending_in, on_data, with_days, with_parameters
from lstm_engine.training.checkpoint import dumps, loads

DAYS = {"B": (1.0, 0.25, 0.25, 0.75)}
MODELS = list(PARAMETERS)


def checkpoint_of(config: RunConfig) -> bytes:
    return dumps({"state_dict": build(config).state_dict(), "optimizer_states": "as they were"})


def test_only_the_days_that_are_named_change() -> None:
    assert with_days(WALK_THROUGH, {}) is WALK_THROUGH
    changed = with_days(WALK_THROUGH, DAYS)
    assert changed.days == (WALK_THROUGH.days[0], DAYS["B"])
    assert (changed.source, changed.names, changed.targets) == (
        "walk-through, what-if",
        WALK_THROUGH.names,
        WALK_THROUGH.targets,
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"C": (0.0,) * 4}, "there is no company C: expected one of walk-through"),
        ({"A": (0.0,) * 3}, "expected 4 finite numbers"),
        ({"A": (0.0, 0.0, 0.0, float("inf"))}, "expected 4 finite numbers"),
        ({"A": (0.0, 0.0, 0.0, 1e39)}, "expected 4 finite numbers"),
    ],
)
def test_days_that_do_not_fit_are_refused(days: dict, expected: str) -> None:
    with pytest.raises(UserError, match=expected):
        with_days(WALK_THROUGH, days)


@pytest.mark.parametrize("model", MODELS)
def test_every_parameter_can_be_changed_alone(model: ModelName) -> None:
    config = RunConfig(model=model)
    before, data = build(config).values(), checkpoint_of(config)
    for place, spec in enumerate(PARAMETERS[model]):
        whole = loads(with_parameters(data, {spec.name: 0.5}, config), "it")
        changed = build(config)
        changed.load_state_dict(whole["state_dict"])
        assert changed.values() == [*before[:place], 0.5, *before[place + 1 :]]
        assert whole["optimizer_states"] == "as they were"
    assert with_parameters(data, {}, config) is data


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [({"w": 1.0}, "there is no parameter w: expected one of wlr1, "), ({"wlr1": float("nan")}, "wlr1 is nan")],
)
def test_parameters_that_do_not_fit_are_refused(parameters: dict[str, float], expected: str) -> None:
    with pytest.raises(UserError, match=expected):
        with_parameters(checkpoint_of(RunConfig()), parameters, RunConfig())


@pytest.mark.parametrize("model", MODELS)
def test_the_past_is_what_its_parameters_predict_on_the_data(model: ModelName) -> None:
    config = RunConfig(model=model)
    columns = Columns.of(config)
    rows = np.array([row_of(build(RunConfig(model=model, seed=seed)), seed) for seed in range(5)], np.float32)
    history = History.from_rows(columns, rows.copy())
    elsewhere = msgspec.structs.replace(config, data=with_days(config.data, DAYS))
    changed = on_data(history, elsewhere)
    for seed in range(5):
        expected = build(msgspec.structs.replace(elsewhere, seed=seed)).predictions()
        np.testing.assert_allclose(changed.predictions_at(seed), expected, rtol=1e-5, atol=1e-7)
    assert (changed.predictions[:, 1] != history.predictions[:, 1]).all()
    assert changed.loss.tobytes() == history.loss.tobytes()
    assert changed.parameters.tobytes() == history.parameters.tobytes()
    assert history.rows.tobytes() == rows.tobytes()


@pytest.mark.parametrize("model", MODELS)
def test_the_last_epoch_ends_in_what_the_checkpoint_holds(model: ModelName) -> None:
    config = RunConfig(model=model)
    columns = Columns.of(config)
    history = History.from_rows(columns, np.full((3, columns.width), 0.25, np.float32))
    ended = ending_in(history, checkpoint_of(config), config)
    assert ended.truncated(1).rows.tobytes() == history.truncated(1).rows.tobytes()
    assert torch.equal(torch.tensor(ended.rows[-1]), torch.tensor(row_of(build(config), 0.25)))
