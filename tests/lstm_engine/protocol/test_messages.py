"""Commands and events as lines: each comes back as it was, and what is none is refused."""

from __future__ import annotations

import msgspec
import pytest

from lstm_engine.protocol.messages import (
    AddEpochs,
    Branch,
    Command,
    Failed,
    NewRun,
    Notice,
    OpenRun,
    Pause,
    Quit,
    Reseed,
    Save,
    Train,
    decode_command,
    decode_event,
    encode,
)
from lstm_engine.run.config import RunConfig
from tests.support.script import companies, done, paused, resumed

COMMANDS: tuple[Command, ...] = (
    NewRun(config=RunConfig(data=companies(3))),
    OpenRun(source="runs/calm-lake"),
    Train(),
    Train(epochs=7),
    AddEpochs(epochs=1),
    Pause(),
    Save(),
    Reseed(),
    Reseed(seed=0),
    Branch(epoch=5, lr=0.1, epochs=7, parameters={"wlr1": -1.0}, days={"A": (1.0, 0.5)}),
    Quit(),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_a_command_is_one_line_and_comes_back(command: Command) -> None:
    line = encode(command)
    assert (line.count(b"\n"), line[-1:]) == (1, b"\n")
    assert decode_command(line) == command


def test_an_event_is_one_line_and_comes_back() -> None:
    for event in [*done(), *paused(), *resumed(), Failed(epoch=1, cause="a\nb"), Notice(text="\x1b\u2028漢")]:
        line = encode(event)
        assert (line.count(b"\n"), line[-1:]) == (1, b"\n")
        assert decode_event(line) == event


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"[]", b'{"type":"fly"}', b'{"type":"train","epochs":"7"}', b"\xff", b"{"]
)
def test_what_is_none_is_refused(line: bytes) -> None:
    for decode in (decode_command, decode_event):
        with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
            decode(line)


def test_an_event_is_no_command() -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_command(encode(Notice(text="hello")))
