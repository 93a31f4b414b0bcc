"""`hparams.yaml`, which Lightning's loggers put beside their logs: its simple lines, as a reader of YAML would."""

from __future__ import annotations

import re

#: The file's name in a run's folder.
HPARAMS = "hparams.yaml"

Scalar = bool | int | float | str | None

_LINE = re.compile(r"(?P<name>[^\s#\-!&*\[{][^:]*):\s+(?P<value>\S.*)")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_INTEGER = re.compile(r"[-+]?\d+")
_WORDS: dict[str, Scalar] = {
    "true": True, "false": False, "null": None, "~": None, ".nan": float("nan"), ".inf": float("inf"),
    "-.inf": float("-inf"),
}  # fmt: skip
#: What begins a value that is more than one word: anchors, tags, blocks.
_OTHERS = tuple("&*!|>")


def read_hparams_yaml(text: str) -> dict[str, Scalar]:
    """The hyperparameters that stand in a line of their own at the left; lists in one line as text, nothing else."""
    found: dict[str, Scalar] = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line.rstrip())
        if match is not None and not match["value"].startswith(_OTHERS):
            found[_unquoted(match["name"])] = _scalar(match["value"])
    return found


def _scalar(value: str) -> Scalar:
    if value.lower() in _WORDS:
        return _WORDS[value.lower()]
    if _INTEGER.fullmatch(value) and len(value) < 19:
        return int(value)
    if _NUMBER.fullmatch(value):
        return float(value)
    return _unquoted(value)


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1]
    return value
