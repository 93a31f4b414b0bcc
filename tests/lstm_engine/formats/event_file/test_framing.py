"""Records out of bytes: all that are whole, none that is not, and where the first damage is."""

from __future__ import annotations

import pytest

from lstm_engine.formats.event_file.crc32c import crc32c, masked
from lstm_engine.formats.event_file.framing import FOOT, HEAD, LARGEST, Framing, framed
from tests.support.event_files import record_places

RECORDS = [b"first", b"", b"the third one", b"the fourth !!", b"x" * 3000]
DATA = b"".join(map(framed, RECORDS))
PLACES = list(record_places(DATA))


def cut(data: bytes, offset: int = 0) -> tuple[list[bytes], int, int, str]:
    found = Framing().frames(data, offset)
    records = [data[start:end] for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True)]
    return records, found.used, found.wanted, found.problem


def test_whole_records() -> None:
    assert cut(DATA) == (RECORDS, len(DATA), HEAD, "")


def test_cut_at_every_byte() -> None:
    for length in range(len(DATA)):
        whole = sum(end <= length for _, end in PLACES)
        begin, end = PLACES[whole]
        wanted = end - begin if length - begin >= HEAD else HEAD
        assert cut(DATA[:length]) == (RECORDS[:whole], begin, wanted, "")


@pytest.mark.parametrize("index", range(len(RECORDS)))
def test_a_flipped_bit_is_told_with_its_place_and_nothing_behind_it_is_read(index: int) -> None:
    begin, end = PLACES[index]
    for at in [*range(begin, end)][:40] + [*range(begin, end)][-FOOT - 1 :]:
        data = bytearray(DATA)
        data[at] ^= 0x10
        records, used, _, problem = cut(bytes(data), 1000)
        assert (records, used) == (RECORDS[:index], begin)
        assert f"the record at byte {1000 + begin} is damaged" in problem


def test_a_record_too_large_for_memory_is_told() -> None:
    head = _head(LARGEST + 1)
    records, used, _, problem = cut(framed(b"one") + head)
    assert records == [b"one"]
    assert used == len(framed(b"one"))
    assert str(LARGEST) in problem


def _head(length: int) -> bytes:
    data = length.to_bytes(8, "little")
    return data + masked(crc32c(data)).to_bytes(4, "little")
