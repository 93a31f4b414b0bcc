"""Nothing that comes into the terminal ends the dashboard: random keys and random bytes, 150 of them a second."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tests.support.keys import ENDING, KEYS, PHRASES
from tests.support.processes import seeded
from tests.support.terminal import PATIENCE, Terminal

#: Seconds of input, in all of the sessions.
SHORT, LONG = (6, 6), (25,) * 12
SIZES = ((160, 48), (80, 24), (60, 20))
_PAUSE = 0.1
_AT_ONCE = 15

#: What is no key, or no longer one.
NOISE = (
    *(b"\xe9", b"\xc3", b"\xff\xfe", b"\x00", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
    *(
        b"\x1b[M \xff\xc3",
        b"\x1b[M",
        b"\x1b[1114112;1u",
        b"\x1b[55296;1u",
        b"\x1b[97;5;1114112u",
        b"\x1b[" + b"9" * 99,
    ),
    *(b"\x1b[48;100000;100000;9;9t", b"\x1b[48;0;0;0;0t", b"\x1b[<0;999999;999999M", b"\x1b[<35;0;-5M", b"\x1b[I"),
    *(b"\x1b[200~paste\x1b[201~", b"\x1b[200~never ends", b"\x1b[201~", b"\x1b]0;title", b"\x1b[?62;22c", b"\x1b[O"),
)


def piece(chance: random.Random) -> bytes:
    kind = chance.random()
    if kind < 0.6:
        return chance.choice(KEYS)
    if kind < 0.7:
        return chance.choice(PHRASES)
    if kind < 0.8:
        return chance.choice(NOISE)
    if kind < 0.9:
        button, column, row = chance.choice((0, 2, 35, 64, 65)), chance.randrange(1, 170), chance.randrange(1, 50)
        return b"\x1b[<%d;%d;%d%c" % (button, column, row, chance.choice(b"Mm"))
    return bytes(byte for byte in chance.randbytes(chance.randrange(1, 6)) if byte not in ENDING.encode() + b"\x10")


def check_session(root: Path, seconds: float, size: tuple[int, int], chance: random.Random) -> None:
    with Terminal("--checkpoints", str(root), "--start", "--epochs", "5000", size=size) as terminal:
        terminal.wait_for_engine()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            terminal.write(b"".join(piece(chance) for _ in range(_AT_ONCE)))
            terminal.read_for(_PAUSE)
            assert not terminal.has_ended, f"it has ended; the screen shows\n{terminal.text}"
        quit_it(terminal)
        assert terminal.wait_for_the_end() == 0, terminal.text
        for told in (b"Traceback", b"error of its own"):
            assert told not in terminal.received


def quit_it(terminal: Terminal) -> None:
    """Close whatever is open, then quit; a paste that has no end swallows keys for a while.

    A busy machine is still at the keys that came before: it has time for as long as something moves on the screen,
    but not for ever, for a training moves it, too.
    """
    end, before, last = 0.0, "", time.monotonic() + 4 * PATIENCE
    while not terminal.has_ended:
        if terminal.text != before:
            end, before = min(time.monotonic() + PATIENCE, last), terminal.text
        assert time.monotonic() < end, f"q does not end it; the screen shows\n{terminal.text}"
        for key in "\x1b\x1b\x1bq":
            if not terminal.has_ended:
                terminal.press(key)
                terminal.read_for(2 * _PAUSE)


def check(root: Path, sessions: tuple[int, ...], chance: random.Random) -> None:
    for number, seconds in enumerate(sessions):
        check_session(root, seconds, SIZES[number % len(SIZES)], chance)


def test_nothing_that_is_typed_ends_it(tmp_path: Path) -> None:
    with seeded(os.getpid()) as chance:
        check(tmp_path / "runs", SHORT, chance)


@pytest.mark.soak
def test_nothing_that_is_typed_for_five_minutes_ends_it(tmp_path: Path) -> None:
    with seeded(len(LONG)) as chance:
        check(tmp_path / "runs", LONG, chance)
