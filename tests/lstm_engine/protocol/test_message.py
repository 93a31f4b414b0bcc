"""What all messages have in common."""

from __future__ import annotations

import msgspec
import pytest

from lstm_engine.protocol.message import Message


class OpenDoor(Message, frozen=True):
    width: int = 1


def test_a_message_is_tagged_by_its_name_in_snake_case() -> None:
    assert msgspec.json.encode(OpenDoor()) == b'{"type":"open_door","width":1}'
    assert OpenDoor.__struct_config__.tag == "open_door"


def test_a_message_is_frozen() -> None:
    with pytest.raises(AttributeError):
        OpenDoor().width = 2  # type: ignore[misc]


def test_what_a_newer_version_adds_does_no_harm() -> None:
    assert msgspec.json.decode(b'{"type":"open_door","width":3,"colour":"red"}', type=OpenDoor) == OpenDoor(width=3)
