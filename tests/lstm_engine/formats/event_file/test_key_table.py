"""Keys in the midst of other bytes: those that are known are found, and no others."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.formats.event_file.key_table import KeyTable

#: Many that are alike, of lengths around a word's and two words'.
KEYS = st.text("ab", max_size=18).map(str.encode)


@given(st.lists(KEYS, unique=True, max_size=30), st.lists(KEYS, max_size=40), st.integers(0, 30))
def test_what_is_known_is_found_under_its_number(keys: list[bytes], asked: list[bytes], first: int) -> None:
    table = KeyTable()
    table.add(keys[:first])
    table.add(keys[first:])
    asked += keys
    ends = 3 + np.cumsum([len(key) for key in asked], dtype=np.int64)
    starts = ends - np.array([len(key) for key in asked], np.int64)
    found = table.numbers(b"..." + b"".join(asked), starts, ends)
    assert found.tolist() == [keys.index(key) if key in keys and len(key) >= 8 else -1 for key in asked]
