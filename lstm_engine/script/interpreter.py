"""The Python that a script is run by: the user's own, which need not be this program's."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.text import printable

#: The oldest that the hook runs in.
OLDEST = (3, 9)
#: Seconds that it gets to say what it is.
_LIMIT = 20.0

#: What it is asked. A module is looked for by its first name: to look for more would import that.
_QUESTION = """
import importlib.util, json, sys
name = sys.argv[1]
has = not name or importlib.util.find_spec(name) is not None
print(json.dumps({"version": list(sys.version_info[:2]), "has": has}))
"""


class _Answer(msgspec.Struct):
    """version: its first two numbers. has: the module that it was asked for."""

    version: tuple[int, int]
    has: bool


def default_interpreter(started_as: str) -> str:
    """The one that a shell would take for `python`; this program's own, where that was started by its path.

    Args:
        started_as: the path of this program's command. Where the PATH leads to that very file, the user has an
            environment of their own, in which this program may not be.
    """
    found = shutil.which("lstm-tui")
    if found is not None and Path(found).resolve() == Path(started_as).resolve():
        for name in ("python", "python3"):
            if (python := shutil.which(name)) is not None:
                return python
    return sys.executable


def checked_interpreter(name: str, directory: Path, module: str = "") -> str:
    """The absolute path of a Python that can run scripts in `directory`; and that has the module, where one is named.

    Args:
        name: a path, or a program on the PATH.
        module: dotted.

    Raises:
        UserError: it is none, is too old, or has no such module.
    """
    shown = printable(name)
    found = shutil.which(name)
    if found is None:
        raise UserError(f"the interpreter {shown} is no program: expected a Python, such as .venv/bin/python")
    python = str(Path(found).absolute())
    try:
        asked = subprocess.run(
            [python, "-c", _QUESTION, module.partition(".")[0]],
            cwd=directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LIMIT,
            check=False,
        )
        answer = msgspec.json.decode(asked.stdout.strip().split(b"\n")[-1], type=_Answer)
    except (OSError, subprocess.TimeoutExpired, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError(f"the interpreter {shown} does not answer as a Python does: expected one") from error
    if tuple(answer.version) < OLDEST:
        version, oldest = (".".join(map(str, numbers)) for numbers in (answer.version, OLDEST))
        raise UserError(f"the interpreter {shown} is Python {version}: expected {oldest} or newer")
    if not answer.has:
        raise UserError(
            f"the interpreter {shown} finds no module {printable(module)}: expected one that it can import"
        )
    return python
