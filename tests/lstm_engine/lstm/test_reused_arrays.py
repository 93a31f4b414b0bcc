"""The same memory for the same name."""

from __future__ import annotations

import numpy as np

from lstm_engine.lstm.reused_arrays import ReusedArrays

SINGLE, DOUBLE = np.dtype(np.float32), np.dtype(np.float64)


def test_an_array_is_where_the_one_before_it_was_if_it_has_room() -> None:
    arrays = ReusedArrays()
    first = arrays.array("z", (4, 3), SINGLE)
    assert (first.shape, first.dtype, first.flags.c_contiguous) == ((4, 3), SINGLE, True)
    smaller = arrays.array("z", (2, 5), SINGLE)
    assert smaller.ctypes.data == first.ctypes.data
    assert arrays.array("z", (12,), SINGLE).ctypes.data == first.ctypes.data
    assert smaller.shape == (2, 5)


def test_another_name_a_larger_one_and_another_precision_have_memory_of_their_own() -> None:
    arrays = ReusedArrays()
    first = arrays.array("z", (4,), SINGLE)
    others = [arrays.array("y", (4,), SINGLE), arrays.array("z", (5,), SINGLE), arrays.array("z", (2,), DOUBLE)]
    assert not any(np.shares_memory(first, other) for other in others)
    assert others[-1].dtype == DOUBLE
