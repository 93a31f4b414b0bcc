"""Smoothing as a growing series gets it is that of the whole."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.board.drawing.smoothed import Smoothed
from tui.board.state.series import Series


def by_the_book(values: list[float], weight: float) -> list[float]:
    smoothed, last, count = [], 0.0, 0
    for value in values:
        if math.isnan(value):
            smoothed.append(math.nan)
            continue
        last, count = weight * last + (1 - weight) * value, count + 1
        smoothed.append(last / (1 - weight**count))
    return smoothed


@settings(max_examples=30)
@given(
    st.lists(st.integers(0, 300), min_size=1, max_size=5),
    st.sampled_from([0.6, 0.9, 0.99]),
    st.integers(0, 2**32 - 1),
)
def test_in_pieces_or_at_once_it_is_the_average_of_what_was_before(sizes: list[int], weight: float, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=sum(sizes))
    values[::11] = np.nan
    smoothed, series, at = Smoothed(weight), Series(), 0
    for size in sizes:
        series = series.extended(np.arange(at, at + size), values[at : at + size])
        at += size
        result = smoothed.values(series)
    assert np.allclose(result, by_the_book(values.tolist(), weight), equal_nan=True)


def test_another_series_begins_anew() -> None:
    smoothed = Smoothed(0.9)
    smoothed.values(Series().extended([1, 2], [1.0, 2.0]))
    other = Series().extended([1, 2, 3], [9.0, 9.0, 9.0])
    assert smoothed.values(other).tolist() == pytest.approx([9.0, 9.0, 9.0])
    assert smoothed.values(other.truncated(1)).tolist() == pytest.approx([9.0])


def test_a_million_points_later_it_is_still_an_average() -> None:
    ones = Series().extended(np.arange(1_000_000), np.ones(1_000_000))
    assert np.allclose(Smoothed(0.99).values(ones), 1.0)
