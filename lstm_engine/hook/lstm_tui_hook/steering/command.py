"""A command's line, checked: it came from outside, and only what is on this list is ever done."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any

_LONGEST_ID = 200


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: Any) -> bool:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number that no float holds
        return False


def _limit(value: Any) -> bool:
    return value is None or _whole(value)


def _switch(value: Any) -> bool:
    return isinstance(value, bool)


#: What there is to be told: by its name, what each field holds where it is not said, and how that is checked.
_KNOWN: dict[str, dict[str, tuple[Any, Any]]] = {
    "pause": {"at_epoch": (False, _switch)},
    "go": {},
    "save_checkpoint": {},
    "stop_fit": {},
    "set_target": {"max_epochs": (None, _limit), "max_steps": (None, _limit)},
    "scale_lr": {"factor": (None, _number)},
    "watch_layers": {
        "seconds": (None, _number),
        "updates": (False, _switch),
        "gates": (False, _switch),
        "sample": (0, _whole),
    },
}


@dataclass(frozen=True)
class Command:
    """kind: its name on the list. id: the sender's own. fields: all that this kind has.

    problem: why it cannot be carried out as it was said, in one sentence; else empty.
    """

    kind: str
    id: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def read_command(line: bytes) -> Command | None:
    """None for what is no command at all."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not isinstance(said.get("type"), str):
        return None
    kind, sender = said["type"][:_LONGEST_ID], said.get("id")
    name = sender[:_LONGEST_ID] if isinstance(sender, str) else ""
    if kind not in _KNOWN:
        return Command(kind, name, problem="this hook does not know it: it is older or newer than what sent it")
    fields = {}
    for key, (otherwise, right) in _KNOWN[kind].items():
        value = fields[key] = said.get(key, otherwise)
        if not right(value):
            return Command(kind, name, problem=f"its {key} is none")
    return Command(kind, name, fields)
