"""What a terminal's bytes mean, wherever they are divided; and that those that mean nothing do nothing."""

from __future__ import annotations

from collections.abc import Iterable
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, MouseDown, MouseMove, Paste, Resize
from textual.message import Message

from tui.terminal.input_bytes import InputBytes


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def read(*pieces: bytes | float, told_sizes: bool = False) -> list[Message]:
    """What these bytes come to; a number is that many seconds of silence."""
    clock = Clock()
    source = InputBytes(lambda: told_sizes, clock)
    found: list[Message] = []
    with patch("textual._parser.get_time", clock):  # what Textual's parser waits by
        for piece in pieces:
            if isinstance(piece, bytes):
                found += source.feed(piece)
            else:
                clock.now += piece
                found += source.tick()
    return found


def told(messages: Iterable[Message]) -> list[str]:
    """Keys by name, pastes quoted, the rest by class."""
    return [
        message.key if isinstance(message, Key) else repr(message.text) if isinstance(message, Paste) else name
        for message in messages
        for name in [type(message).__name__]
    ]


@pytest.mark.parametrize(
    "dropped",
    [
        b"\xe9",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\x1b[M \xff\xc3",
        b"\x1b[M !!",
        b"\x1b[1114112;1u",
        b"\x1b[97;5;1114112u",
        b"\x1b[55296;1u",
        b"\x1b[" + b"9" * 5000 + b"u",
        b"\x1b[48;100000;100000;9;9t",
        b"\x1b[48;0;0;0;0t",
        b"\x1b[48;24;80;480;640t",
        b"\x1b[?62;22c",
        b"\x1b[12345z",
        b"\x1bOz",
        b"\x1b[201~",
    ],
)
def test_what_means_nothing_is_dropped_and_the_next_key_is_not(dropped: bytes) -> None:
    assert told(read(dropped + b"q")) == ["q"]
    assert told(read(*(bytes((byte,)) for byte in dropped), b"q")) == ["q"]


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"a\r\x7f\x15\t", ["a", "enter", "backspace", "ctrl+u", "tab"]),
        ("é東🔎".encode(), ["é", "東", "right_pointing_magnifying_glass"]),
        (b"\x1b[A\x1bOB\x1b[1;2C\x1b[5~\x1b[[A", ["up", "down", "shift+right", "pageup", "f1"]),
        (b"\x1b[97;5u\x1b[27u", ["ctrl+a", "escape"]),
        (b"\x1b\x1b[A", ["escape", "up"]),
        (b"a\x1b[200~300\n\x1b[31m\x1b[201~b", ["a", "'300\\n[31m'", "b"]),
        (b"\x1b[200~caf\xe9\x00\x1b[201~", ["'caf'"]),
    ],
)
def test_keys_and_pastes_wherever_they_are_divided(data: bytes, keys: list[str]) -> None:
    assert told(read(data)) == keys
    for cut in range(len(data)):
        assert told(read(data[:cut], data[cut:])) == keys, cut
    assert told(read(*(bytes((byte,)) for byte in data))) == keys


def test_a_sequence_that_a_slow_link_divides_is_one_key() -> None:
    assert told(read(b"\x1b[", 0.5, b"A")) == ["up"]
    assert told(read(b"\x1b[1;", 2.0, b"q")) == ["q"], "its end did not come"
    assert told(read(b"\x1b[M ", 2.0, b"q")) == ["q"]


@pytest.mark.parametrize("cut", [b"\x1b[M", b"\x1b[M ", b"\x1b[M  "])
def test_a_report_that_is_cut_short_takes_no_piece_of_the_key_behind_it(cut: bytes) -> None:
    """The rest would be keys of its own: D leaves the training."""
    assert told(read(cut + b"\x1b[1;2D\r")) == ["shift+left", "enter"]


def test_a_paste_without_an_end_swallows_keys_for_two_seconds() -> None:
    assert told(read(b"\x1b[200~300", 2.0, b"q")) == ["'300'", "q"]
    assert told(read(b"\x1b[200~" + b"3" * 20, 1.5, b"q", 0.5, b"q")) == [repr("3" * 20 + "q"), "q"]
    assert told(read(b"\x1b[200~" + b"3" * 20, 1.5, b"4" * 20, 1.5, b"5\x1b[201~")) == [
        repr("3" * 20 + "4" * 20 + "5")
    ]


def test_of_a_paste_a_megabyte_is_kept() -> None:
    (paste, key) = read(b"\x1b[200~" + b"x" * 3_000_000, b"\x1b[20", b"1~q")
    assert isinstance(paste, Paste)
    assert len(paste.text) == 1 << 20
    assert isinstance(key, Key)


def test_the_mouse_and_a_size_that_is_told() -> None:
    down, move, key = read(b"\x1b[<0;5;7M\x1b[<35;6;7Mq")
    assert isinstance(down, MouseDown)
    assert (down.x, down.y) == (4, 6)
    assert isinstance(move, MouseMove)
    assert isinstance(key, Key)
    (size,) = read(b"\x1b[48;24;80;480;640t", told_sizes=True)
    assert isinstance(size, Resize)
    assert size.size == (80, 24)
    assert read(b"\x1b[48;1000;80;480;640t\x1b[48;24;80;0;0t", told_sizes=True) == []


@given(
    st.lists(st.binary() | st.sampled_from([b"\x1b[", b"\x1b[M", b"\x1b[200~", b"\x1b[48;", b"\x1bO", b";1u", b"t"]))
)
def test_no_bytes_are_too_much_and_pieces_do_not_matter(pieces: list[bytes]) -> None:
    whole = told(read(b"".join(pieces), told_sizes=True))
    assert told(read(*pieces, told_sizes=True)) == whole
    assert told(read(*pieces, 5.0, b"q"))[-1:] == ["q"], "a key comes through in the end"
