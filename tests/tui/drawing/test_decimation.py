"""Reducing a history to a pair of extremes per chart column."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.drawing.decimation import BLOCK, Envelope, Extremes, Values, column_edges, column_of

FLOATS = st.floats(width=32, allow_nan=True, allow_infinity=True)
AXES = st.tuples(st.integers(0, 500), st.integers(0, 900), st.integers(1, 60))


def strided(values: list[float]) -> Values:
    """The values as a column of a table, as a history hands them out."""
    table = np.full((len(values), 3), 7.0, np.float32)
    table[:, 1] = values
    return table[:, 1]


def naive(values: Values, x_start: int, x_end: int, columns: int) -> dict[int, tuple[float, float]]:
    """Column -> (minimum, maximum), by looking at every epoch."""
    found: dict[int, list[float]] = {}
    for epoch in range(x_start, min(x_end + 1, len(values))):
        found.setdefault(column_of(epoch, x_start, x_end, columns), []).append(float(values[epoch]))
    finite = {column: [v for v in inside if np.isfinite(v)] for column, inside in found.items()}
    return {column: (min(inside), max(inside)) if inside else (np.nan, np.nan) for column, inside in finite.items()}


def shown(envelope: Envelope) -> dict[int, tuple[float, float]]:
    """The same of an envelope."""
    return {
        column: (float(envelope.low[column]), float(envelope.high[column]))
        for column in np.flatnonzero(envelope.filled).tolist()
    }


def same(left: dict[int, tuple[float, float]], right: dict[int, tuple[float, float]]) -> bool:
    return left.keys() == right.keys() and all(
        np.array_equal(left[column], right[column], equal_nan=True) for column in left
    )


@given(st.lists(FLOATS, max_size=4 * BLOCK), AXES, st.lists(st.integers(0, 4 * BLOCK), max_size=5))
def test_growing_in_any_steps_equals_looking_at_every_epoch(
    numbers: list[float], axis: tuple[int, int, int], lengths: list[int]
) -> None:
    values, (x_start, span, columns) = strided(numbers), axis
    envelope = Envelope(Extremes(), x_start, x_start + span, columns)
    for length in [*sorted(lengths), len(values)]:
        envelope.update(values[:length])
    assert same(shown(envelope), naive(values, x_start, x_start + span, columns))


@given(st.lists(FLOATS, min_size=1, max_size=4 * BLOCK), AXES, st.data())
def test_a_history_may_lose_its_end_and_go_on_otherwise(
    numbers: list[float], axis: tuple[int, int, int], data: st.DataObject
) -> None:
    values, (x_start, span, columns) = strided(numbers), axis
    kept = data.draw(st.integers(0, len(values)))
    other = strided([*numbers[:kept], *data.draw(st.lists(FLOATS, max_size=2 * BLOCK))])
    envelope = Envelope(Extremes(), x_start, x_start + span, columns)
    for history in (values, values[:kept], other):
        envelope.update(history)
    assert same(shown(envelope), naive(other, x_start, x_start + span, columns))


@given(AXES)
def test_the_edges_of_the_columns_are_where_column_of_changes(axis: tuple[int, int, int]) -> None:
    x_start, span, columns = axis
    edges = column_edges(x_start, x_start + span, columns)
    assert edges[0] == x_start
    assert edges[-1] == x_start + span + 1
    for column in range(columns):
        inside = range(edges[column], edges[column + 1])
        assert {column_of(epoch, x_start, x_start + span, columns) for epoch in inside} <= {column}


def test_the_ends_of_the_axis_are_the_outer_columns() -> None:
    assert [column_of(epoch, 0, 3000, 100) for epoch in (0, 1500, 3000)] == [0, 50, 99]


def test_one_spike_among_a_million_epochs_is_kept() -> None:
    values = np.zeros(1_000_000, np.float32)
    values[654_321] = 9.0
    envelope = Envelope(Extremes(), 0, 999_999, 100)
    envelope.update(values)
    assert envelope.high.tolist().count(9.0) == 1
    assert envelope.high[column_of(654_321, 0, 999_999, 100)] == 9.0
    assert envelope.extent() == (0.0, 9.0)


def test_appending_reads_nothing_but_the_columns_it_reaches() -> None:
    """What makes a frame's cost independent of the history: epochs of earlier columns are not looked at again."""
    values = np.ones(10_000, np.float32)
    envelope = Envelope(Extremes(), 0, 9_999, 50)
    envelope.update(values[:9_000])
    values[:8_000] = 1e9
    envelope.update(values)
    assert envelope.extent() == (1.0, 1.0)


def test_a_gap_is_a_filled_column_without_a_value() -> None:
    values = np.array([1.0, np.nan, 3.0], np.float32)
    envelope = Envelope(Extremes(), 0, 4, 5)
    envelope.update(values)
    assert envelope.filled.tolist() == [True, True, True, False, False]
    assert np.isnan(envelope.low).tolist() == [False, True, False, True, True]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, -1.0, 0.5, 4.0], (0.5, 4.0)),
        ([-1.0, 0.0], None),
        ([np.nan], None),
        ([], None),
    ],
)
def test_the_extent_of_the_positive_values(values: list[float], expected: tuple[float, float] | None) -> None:
    envelope = Envelope(Extremes(), 0, 9, 10)
    envelope.update(np.array(values, np.float32))
    assert envelope.extent(positive=True) == expected
