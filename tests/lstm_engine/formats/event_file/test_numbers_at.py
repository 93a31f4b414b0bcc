"""Numbers from anywhere in some bytes, against the standard library's way to one."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from lstm_engine.formats.event_file.numbers_at import numbers_at

DATA = np.random.default_rng(1).bytes(101)


@pytest.mark.parametrize(("kind", "form"), [("<f8", "<d"), ("<f4", "<f"), ("<u4", "<I"), ("<u8", "<Q")])
def test_at_every_byte(kind: str, form: str) -> None:
    at = np.arange(len(DATA) - struct.calcsize(form) + 1)
    expected = [struct.unpack_from(form, DATA, place)[0] for place in at]
    np.testing.assert_array_equal(numbers_at(DATA, at, kind), expected)


def test_bytes_too_few_for_one() -> None:
    assert numbers_at(b"abc", np.empty(0, np.int64), "<u4").tolist() == []
