"""What keys do does not depend on how they come: in one packet, in any pieces, or one by one with pauses.

They come as bytes, through the reading of the terminal, to a dashboard on scripted events.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lstm_engine.protocol.messages import AddEpochs, Branch, Reseed
from tests.support.hands import dashboard
from tests.support.keys import KEYS, PHRASES
from tests.support.run_folders import ListedFolder, entry
from tests.support.script import RUN, Bench, done
from tests.support.typist import ESCAPE, Typist

FOLDER = ListedFolder.holding(entry("old-oak", "interrupted", 1200), entry(RUN), entry("calm-sea"), entry("grey-fox"))

#: Single keys; Esc as its own sequence, for alone it may be the beginning of another key.
SINGLE = tuple(ESCAPE if key == b"\x1b" else key for key in KEYS)

keys = st.lists(
    st.sampled_from(SINGLE) | st.sampled_from([phrase for phrase in PHRASES if b"\x1b" not in phrase]), max_size=12
)


async def outcome(pieces: Sequence[bytes], *, pausing: bool = False) -> dict[str, object]:
    async with dashboard(Bench(done(), folder=FOLDER)) as hands:
        typist = Typist(hands)
        await typist.type(pieces, pausing=pausing)
        return typist.outcome()


def one_by_one(data: bytes) -> list[bytes]:
    """The keys in some bytes, each by itself."""
    found: list[bytes] = []
    while data:
        size = 1
        if data[:1] == b"\x1b":
            size = 2 + next(number for number, byte in enumerate(data[2:], 1) if byte >= 0x40)
        found.append(data[:size])
        data = data[size:]
    return found


def check(typed: Sequence[bytes], cuts: Sequence[int] = ()) -> None:
    data = b"".join(typed)
    bounds = [0, *sorted({cut % (len(data) + 1) for cut in cuts}), len(data)]
    pieces = [data[begin:end] for begin, end in itertools.pairwise(bounds)]
    slowly = asyncio.run(outcome(one_by_one(data), pausing=True))
    assert asyncio.run(outcome([data])) == slowly
    assert asyncio.run(outcome(pieces)) == slowly


@pytest.mark.timeout(900)  # the sum of many
@settings(max_examples=6, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(keys, st.lists(st.integers(0, 99), max_size=6))
def test_keys_do_the_same_however_they_come(typed: list[bytes], cuts: list[int]) -> None:
    check(typed, cuts)


@pytest.mark.soak
@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(keys, st.lists(st.integers(0, 99), max_size=6))
def test_many_keys_do_the_same_however_they_come(typed: list[bytes], cuts: list[int]) -> None:
    check(typed, cuts)


@pytest.mark.parametrize(
    ("typed", "commands"),
    [
        (b"a300\r", [AddEpochs(epochs=300)]),
        (b"r7\r", [Reseed(seed=7)]),
        (b"a\x152000\r", [AddEpochs(epochs=2000)]),
        (b"a50\x7f\x7f70\r", [AddEpochs(epochs=70)]),
        (b"a12\x1b[D\x1b[D3\r", [AddEpochs(epochs=312)]),
        (b"a300\ra40\r", [AddEpochs(epochs=300), AddEpochs(epochs=40)]),
        (b"?qa5\r", [AddEpochs(epochs=5)]),
        (b"a\x1b[200~300\x1b[201~\r", [AddEpochs(epochs=300)]),
        (b"b0.05\t25\r", [Branch(epoch=2000, lr=0.05, epochs=25)]),
    ],
)
async def test_what_is_typed_ahead_is_what_is_asked_for(typed: bytes, commands: list[object]) -> None:
    found = await outcome([typed])
    assert found["commands"] == commands
    assert found["screens"] == ["Screen", "MainScreen"]


@pytest.mark.parametrize("key", "arbe")
async def test_enter_twice_closes_one_question(key: str) -> None:
    found = await outcome([f"{key}\r\r".encode()])
    assert found["screens"] == ["Screen", "MainScreen"]
    assert not found["failure"]


async def test_a_number_and_enter_twice_goes_to_that_epoch_and_no_further() -> None:
    assert (await outcome([b":500\r\r"]))["screens"] == ["Screen", "MainScreen"]


async def test_the_filter_of_the_list_has_what_was_typed() -> None:
    found = await outcome([b"o/seed 7\x7f\x7f\x7f\x7f\x7f\x7flr=0.001"])
    assert [value for _, value, _ in found["fields"]] == ["slr=0.001"[1:]]  # type: ignore[attr-defined]


async def test_a_list_is_read_before_a_run_is_chosen_in_it() -> None:
    found = await outcome([b"o\x1b[B\x1b[B\r"])
    assert found["screens"] == ["Screen", "MainScreen"]
    assert "opening" in str(found["session"])


async def test_the_palette_opened_while_it_leaves_is_no_error() -> None:
    found = await outcome([b"q\x10"])
    assert not found["failure"]
