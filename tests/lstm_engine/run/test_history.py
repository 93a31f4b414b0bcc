"""What a run has been through, in memory: what the columns are, and histories that grow and are cut."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.data.companies import Companies
from lstm_engine.lstm.parameters import BY_HAND, NN_LSTM, PARAMETERS, ModelName
from lstm_engine.models.base import row_of
from lstm_engine.models.build import build
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History, Named, as_sent

THREE = Companies("three.csv", ("North", "train_loss", "wlr1"), ((0.0, 0.5), (1.0, 0.5), (0.25, 0.5)), (0.0, 1.0, 0.5))
COLUMNS = Columns(("A", "B"), ("w", "b", "c"))


def rows(*epochs: int) -> np.ndarray:
    """Rows of `COLUMNS`, all different: in epoch 7 the columns hold 70, 71, 72, …"""
    return np.array([[10 * epoch + column for column in range(COLUMNS.width)] for epoch in epochs], np.float32)


@pytest.mark.parametrize("model", PARAMETERS)
@pytest.mark.parametrize("data", [RunConfig().data, THREE])
def test_every_column_is_of_one_thing_and_has_a_name_of_its_own(model: ModelName, data: Companies) -> None:
    columns = Columns.of(RunConfig(model=model, data=data))
    places = list(range(columns.width))
    assert [columns.loss_column, *places[columns.prediction_columns], *places[columns.parameter_columns]] == places
    assert len(places[columns.prediction_columns]) == len(data.names)
    assert len(places[columns.parameter_columns]) == len(PARAMETERS[model])
    assert len(set(columns.names)) == columns.width
    assert [columns.position(name) for name in columns.names] == places


def test_names_and_positions() -> None:
    assert COLUMNS.names == ("train_loss", "prediction A", "prediction B", "w", "b", "c")
    assert COLUMNS.position("prediction B") == 2
    assert COLUMNS.position("b") == 4
    with pytest.raises(KeyError):
        COLUMNS.position("B")


@pytest.mark.parametrize(("model", "specs"), [("by-hand", BY_HAND), ("nn-lstm", NN_LSTM)])
def test_a_models_row_has_every_number_where_its_column_is(model: ModelName, specs: tuple) -> None:
    config = RunConfig(model=model, data=THREE)
    untrained, columns = build(config), Columns.of(config)
    row = row_of(untrained, 0.5)
    assert row[columns.loss_column] == 0.5
    assert row[columns.prediction_columns] == untrained.predictions()
    assert row[columns.parameter_columns] == untrained.values()
    assert columns.named(row).predictions == dict(zip(THREE.names, untrained.predictions(), strict=True))
    assert row[columns.position(specs[3].name)] == untrained.values()[3]


@given(st.lists(st.floats(allow_nan=False), min_size=COLUMNS.width, max_size=COLUMNS.width))
def test_named_and_in_order_are_opposites(values: list[float]) -> None:
    assert COLUMNS.in_order(COLUMNS.named(values)) == values


def test_what_is_named_needs_no_order_but_all_of_it() -> None:
    named = Named("loss", {"B": "of B", "A": "of A", "other": "-"}, {"c": "3", "b": "2", "w": "1"})
    assert COLUMNS.in_order(named) == ["loss", "of A", "of B", "1", "2", "3"]
    with pytest.raises(KeyError):
        COLUMNS.in_order(Named("loss", {"A": "of A"}, named.parameters))
    with pytest.raises(ValueError, match="shorter"):
        COLUMNS.named(["loss", "of A", "of B", "1"])


def test_a_history_gives_out_its_columns() -> None:
    history = History.from_rows(COLUMNS, rows(0, 1, 2))
    assert history.last_epoch == 2
    assert history.loss.tolist() == [0, 10, 20]
    assert history.predictions.tolist() == [[1, 2], [11, 12], [21, 22]]
    assert history.parameters.tolist() == [[3, 4, 5], [13, 14, 15], [23, 24, 25]]
    assert history.prediction(1).tolist() == [2, 12, 22]
    assert history.parameter(2).tolist() == [5, 15, 25]
    assert history.predictions_at(1).tolist() == [11, 12]
    assert history.parameters_at(-1).tolist() == [23, 24, 25]


def test_an_empty_history_has_its_columns_too() -> None:
    history = History(COLUMNS)
    assert (history.length, history.last_epoch) == (0, -1)
    assert (history.rows.shape, history.predictions.shape, history.parameters.shape) == ((0, 6), (0, 2), (0, 3))


def test_rows_of_other_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="for 6 columns"):
        History.from_rows(COLUMNS, np.zeros((3, 5), np.float32))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), max_size=30))
def test_no_history_changes_under_another_that_goes_on_from_it(steps: list[tuple[int, int]]) -> None:
    """Each step cuts one of the histories so far, and goes on from there with other epochs."""
    kept = [(History(COLUMNS), rows().reshape(0, COLUMNS.width))]
    for number, (cut, added) in enumerate(steps):
        history, expected = kept[cut % len(kept)]
        more = rows(*range(1000 * number, 1000 * number + added)).reshape(-1, COLUMNS.width)
        kept.append((history.truncated(cut).extended(more), np.concatenate([expected[: cut + 1], more])))
    for history, expected in kept:
        np.testing.assert_array_equal(history.rows, expected)


def test_what_is_not_finite_is_sent_as_none() -> None:
    assert as_sent(np.array([0.5, np.nan, np.inf, -np.inf, 0], np.float32)) == [0.5, None, None, None, 0.0]
