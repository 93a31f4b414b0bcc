"""What comes in from outside, checked."""

from __future__ import annotations

import json

import pytest

from lstm_engine.hook.lstm_tui_hook.steering.command import Command, read_command
from lstm_engine.script.vocabulary import commands as vocabulary
from lstm_engine.script.vocabulary.commands import (
    Go,
    Pause,
    SaveCheckpoint,
    ScaleLr,
    SetTarget,
    StopFit,
    WatchLayers,
    encode,
)


@pytest.mark.parametrize(
    "command",
    [
        Pause(id="1", at_epoch=True),
        Go(id="2"),
        SaveCheckpoint(id="3"),
        StopFit(id="4"),
        SetTarget(id="5", max_epochs=9, max_steps=-1),
        ScaleLr(id="6", factor=0.1),
        WatchLayers(id="7", seconds=2.5, updates=True, gates=True, sample=3),
    ],
)
def test_all_that_a_dashboard_can_say_is_understood(command: vocabulary.Command) -> None:
    read = read_command(encode(command))
    assert read is not None
    assert (read.id, read.problem) == (command.id, "")
    assert read.fields == {name: getattr(command, name) for name in command.__struct_fields__ if name != "id"}


@pytest.mark.parametrize("line", [b"", b"\xff", b"[]", b"3", b"{}", b'{"type": 3}', b"[" * 99_999, b'{"type": "go"'])
def test_what_is_no_command_is_none(line: bytes) -> None:
    assert read_command(line) is None


def test_what_is_not_on_the_list_is_refused() -> None:
    read = read_command(b'{"type": "exec", "id": "1", "code": "x"}')
    assert read == Command("exec", "1", problem="this hook does not know it: it is older or newer than what sent it")


@pytest.mark.parametrize(
    "said",
    [
        {"type": "scale_lr"},
        {"type": "scale_lr", "factor": "2"},
        {"type": "scale_lr", "factor": True},
        {"type": "scale_lr", "factor": 1e999},
        {"type": "scale_lr", "factor": 10**400},
        {"type": "set_target", "max_epochs": 1.5},
        {"type": "set_target", "max_steps": True},
        {"type": "pause", "at_epoch": 1},
        {"type": "watch_layers", "seconds": None},
        {"type": "watch_layers", "seconds": 1, "sample": "0"},
    ],
)
def test_a_field_of_another_kind_is_refused(said: dict[str, object]) -> None:
    read = read_command(json.dumps({**said, "id": "x"}).encode())
    assert read is not None
    assert (read.id, read.fields) == ("x", {})
    assert read.problem.startswith("its ")


def test_names_are_no_longer_than_an_answer_bears() -> None:
    read = read_command(json.dumps({"type": "t" * 999, "id": "i" * 999}).encode())
    assert read is not None
    assert (len(read.kind), len(read.id)) == (200, 200)
