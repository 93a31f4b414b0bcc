"""What all commands and events have in common, and the version of the protocol that they make up."""

import re

import msgspec

#: Goes up where an older or newer program would misread what is said. Who joins an engine tells its own.
PROTOCOL = 1


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=_snake):
    """Base of all commands and events: frozen, and tagged by its `type` in snake case."""
