"""Telling two history columns apart by a few samples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.drawing.fingerprint import Fingerprint, sample_epochs


@given(st.integers(1, 10_000_000))
def test_samples_reach_from_the_first_epoch_to_the_last(length: int) -> None:
    epochs = sample_epochs(length)
    assert epochs[0] == 0
    assert epochs[-1] == length - 1
    assert len(set(epochs)) == min(length, 5)


def test_samples_tell_two_columns_apart() -> None:
    table = np.array([[1, 2], [1, 2], [1, 3]], np.float32)
    assert Fingerprint.of(table[:, 0]) != Fingerprint.of(table[:, 1])
    assert Fingerprint.of(table[:, 0]) == Fingerprint.of(table[:, 0].copy())
    assert Fingerprint.of(table[:0, 0]) == Fingerprint()


@given(st.integers(0, 200), st.integers(0, 200))
def test_two_columns_of_other_lengths_are_not_the_same(length: int, other: int) -> None:
    flat = np.ones(200, np.float32)
    assert (Fingerprint.of(flat[:length]) == Fingerprint.of(flat[:other])) == (length == other)


@pytest.mark.parametrize("length", [0, 1, 3, 100, 500, 900])
def test_a_column_goes_on_in_a_longer_or_a_shorter_one_but_not_in_another(length: int) -> None:
    values = np.linspace(0, 1, 900, dtype=np.float32)
    assert Fingerprint.of(values[:500]).goes_on_in(values[:length])
    assert Fingerprint.of(values[:500]).goes_on_in(values[:length] + 1) == (length == 0)
