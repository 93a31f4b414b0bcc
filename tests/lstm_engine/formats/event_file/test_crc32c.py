"""Checksums against the standard's own examples, and all ways to one against each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.formats.event_file.crc32c import crc32c, crc32c_each, masked, masked_each

#: RFC 3720, B.4, and the check value of the catalogue of checksums.
EXAMPLES = [
    (bytes(32), 0x8A9136AA),
    (b"\xff" * 32, 0x62A8AB43),
    (bytes(range(32)), 0x46DD794E),
    (bytes(range(31, -1, -1)), 0x113FDB5C),
    (b"123456789", 0xE3069283),
    (b"", 0),
]


@pytest.mark.parametrize(("data", "checksum"), EXAMPLES)
def test_the_standard_s_examples(data: bytes, checksum: int) -> None:
    assert crc32c(data) == checksum


def test_masked_as_tensorflow_masks() -> None:
    """The first record of every file, `brain.Event:2`, is of 24 bytes; the checksum of that length is well known."""
    assert masked(crc32c((24).to_bytes(8, "little"))) == int.from_bytes(b"\xa3\x7f\x4b\x22", "little")


@pytest.mark.parametrize("length", [16383, 16384, 16385, 70000])
def test_a_long_text_goes_through_in_blocks_to_the_same_end(length: int) -> None:
    """A text's checksum is known from its parts' too: that of a text with its own behind it is the same for all."""
    data = np.random.default_rng(length).bytes(length)
    whole = data + crc32c(data).to_bytes(4, "little")
    assert crc32c(whole) == crc32c(b"abc" + crc32c(b"abc").to_bytes(4, "little")) == 0x48674BC7


@given(st.lists(st.binary(max_size=40) | st.binary(min_size=2000, max_size=2100), max_size=30))
def test_many_at_once_are_as_one_by_one(texts: list[bytes]) -> None:
    data = np.frombuffer(b"".join(texts), np.uint8)
    ends = np.cumsum([0, *map(len, texts)])
    each = crc32c_each(data, ends[:-1], ends[1:])
    assert each.tolist() == list(map(crc32c, texts))
    assert masked_each(each).tolist() == [masked(crc32c(text)) for text in texts]
