"""Which of many places in some bytes hold a key that is known, and which one: asked of all of them at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_engine.formats.event_file.crc32c import Indices
from lstm_engine.formats.event_file.numbers_at import numbers_at

Words = NDArray[np.uint64]

#: Bytes of a word; shorter keys are not taken.
_WORD = 8


@dataclass(frozen=True)
class _Keys:
    """Keys of one length. sums: of each, ascending. words: of each, shape (words, keys). numbers: the keys' own."""

    sums: Words
    words: Words
    numbers: Indices


class KeyTable:
    """Keys, numbered in the order in which they came."""

    def __init__(self) -> None:
        self._keys: list[bytes] = []
        self._tables: dict[int, _Keys] = {}

    def add(self, keys: list[bytes]) -> None:
        """Takes keys that it does not have."""
        self._keys += keys
        for length in {len(key) for key in keys if len(key) >= _WORD}:
            numbers = np.array([number for number, key in enumerate(self._keys) if len(key) == length], np.int64)
            words = _words(
                b"".join(self._keys[number] for number in numbers), np.arange(len(numbers)) * length, length
            )
            sums = _sums(words)
            order = np.argsort(sums, kind="stable")
            self._tables[length] = _Keys(sums[order], words[:, order], numbers[order])

    def numbers(self, data: bytes, starts: Indices, ends: Indices) -> Indices:
        """Which key lies in `data` from each start to its end; -1 where it may be none. Shapes (places,)."""
        found: Indices = np.full(len(starts), -1, np.int64)
        lengths = ends - starts
        for length, keys in self._tables.items():
            places = np.flatnonzero(lengths == length)
            if not len(places):
                continue
            words = _words(data, starts[places], length)
            sums = _sums(words)
            at = np.minimum(np.searchsorted(keys.sums, sums), len(keys.sums) - 1)
            is_key = (keys.words[:, at] == words).all(axis=0)
            found[places[is_key]] = keys.numbers[at[is_key]]
        return found


def _words(data: bytes, starts: Indices, length: int) -> Words:
    """The bytes from each start on as words, the last of them over the one before; shape (words, places)."""
    offsets = [*range(0, length - _WORD, _WORD), length - _WORD]
    return np.array([numbers_at(data, starts + offset, "<u8") for offset in offsets], np.uint64)


def _sums(words: Words) -> Words:
    """A number for each column, most likely another one for other words; shape (places,)."""
    factors = np.random.default_rng(len(words)).integers(2**63, size=(len(words), 1), dtype=np.uint64)
    sums: Words = (words * (factors | np.uint64(1))).sum(axis=0, dtype=np.uint64)
    return sums
