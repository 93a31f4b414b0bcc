"""What is said of who attends: each word comes back, as a command or as an event."""

from __future__ import annotations

import msgspec
import pytest

from lstm_engine.protocol.attendance import CutOff, Detach, Detached, Join, Logged, Steered, Watchers
from lstm_engine.protocol.message import PROTOCOL
from lstm_engine.protocol.messages import Command, Event, decode_command, decode_event, encode


@pytest.mark.parametrize("command", [Join(), Join(protocol=7, owns=True), Detach()])
def test_a_command_comes_back_and_is_no_event(command: Command) -> None:
    assert decode_command(encode(command)) == command
    with pytest.raises(msgspec.ValidationError):
        decode_event(encode(command))


@pytest.mark.parametrize(
    "event",
    [
        Watchers(count=2),
        Steered(command="pause"),
        Logged(text="a\nb"),
        Detached(run="calm-lake", directory="/runs/calm-lake", epoch=5, target=10),
        CutOff(),
    ],
)
def test_an_event_comes_back_and_is_no_command(event: Event) -> None:
    assert decode_event(encode(event)) == event
    with pytest.raises(msgspec.ValidationError):
        decode_command(encode(event))


def test_who_joins_speaks_our_version_and_owns_nothing_unless_it_says_so() -> None:
    assert (Join().protocol, Join().owns) == (PROTOCOL, False)
