"""What a record is, and how a file begins."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_engine.weight_history.layout import MAGIC, Layout, read_layout
from tests.support.weight_histories import SMALL


def test_a_header_is_read_as_it_was_made() -> None:
    header = SMALL.header(7)
    assert read_layout(header + b"records") == (SMALL, 7, len(header))


def test_values_become_tensors_in_their_order() -> None:
    tensors = SMALL.split(np.arange(9, dtype=np.float16))
    np.testing.assert_array_equal(tensors["w"], np.arange(8, dtype=np.float32).reshape(2, 4))
    np.testing.assert_array_equal(tensors["b"], np.array([8], np.float32))
    assert {each.dtype for each in tensors.values()} == {np.dtype(np.float32)}


def test_records_are_as_small_as_their_values() -> None:
    assert [SMALL.record(is_full=is_full).itemsize for is_full in (True, False)] == [16 + 36, 16 + 18]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        MAGIC,
        MAGIC + bytes(8),
        SMALL.header(0)[:-3],
        Layout(()).header(0),
        Layout((("w", (1, 2, 3)),)).header(0),
        Layout((("w", (0,)),)).header(0),
        Layout((("w", (-4,)),)).header(0),
    ],
)
def test_what_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - msgspec's too, in its words
        read_layout(data)
