"""A command that the user wants run later, checked now: by then nobody is there to read what is wrong with it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.text import printable

#: What the sentences call a command that would do.
_EXPECTED = "expected a program and its arguments, such as 'mail -s trained me@example.org'"
_IN_A_SHELL = "expected a program and its arguments, or sh -c '…', as no shell reads them"

#: Words that mean something to a shell alone.
_SHELLS_WORDS = frozenset(("|", "||", "&", "&&", ";", ">", ">>", "<", "2>", "2>&1", "&>"))
_VARIABLE = re.compile(r"\$\{?LSTM_TUI_")
#: The option by which a shell is given a command.
_COMMAND_OPTION = re.compile(r"-\w*c")

#: Bytes of a program's beginning that the kernel reads a script's first line in.
_BEGINNING = 256


def user_command(text: str, what: str) -> tuple[str, ...]:
    """The words of a command, its program first, by its absolute path.

    Args:
        text: as one types it to a shell; quotes and backslashes mean what they mean there, and nothing else does.
        what: the option that it stands at.

    Raises:
        UserError: it is none, or its program is not there or cannot be run.
    """
    shown = printable(text)
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise UserError(f"{what} is {shown} ({str(error).lower()}): {_EXPECTED}") from error
    if not words or not words[0].strip():
        raise UserError(f"{what} is empty: {_EXPECTED}")
    program = str(_program(words[0], what))
    if (shells := next((word for word in words if word in _SHELLS_WORDS), None)) is not None:
        raise UserError(f"{what} has {shells} in it, which means something to a shell alone: {_IN_A_SHELL}")
    if not any(map(_COMMAND_OPTION.fullmatch, words)) and _VARIABLE.search(text):
        raise UserError(f"{what} has a variable in it, which a shell alone fills in: {_IN_A_SHELL}")
    return (program, *words[1:])


def _program(name: str, what: str) -> Path:
    """Where the program is. Raises UserError where it is not, or cannot be run."""
    named = os.path.expanduser(name)  # noqa: PTH111 - a Path would take the ./ away, which says not to search
    shown = printable(name)
    found = shutil.which(named)
    if found is None:
        raise UserError(f"{what}: {shown} {_problem(Path(named), searched='/' not in named)}")
    path = Path(found).absolute()
    if (problem := _problem_of_script(path)) is not None:
        raise UserError(f"{what}: {shown} {problem}")
    return path


def _problem(path: Path, *, searched: bool) -> str:
    """Why that is no program, and what is expected."""
    try:
        if searched:
            return "is in no folder of the PATH: expected a program that is, or its path, as in ./notify"
        if path.is_dir():
            return "is a folder: expected a program"
        if path.exists():
            return "is not executable: expected a program, as `chmod +x` makes of a script"
    except OSError as error:
        return f"cannot be read ({error.strerror}): expected a program"
    return "does not exist: expected a program"


def _problem_of_script(path: Path) -> str | None:
    """Why the kernel would not start it, where it is a script; None where it would, or nobody can tell."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
    except OSError:
        return None  # what may be run need not be readable
    if not beginning.startswith(b"#!"):
        is_script = b"\0" not in beginning
        return "is a script without a first line such as #!/bin/sh: expected a program" if is_script else None
    interpreter = os.fsdecode(beginning[2:].split(b"\n")[0].strip(b" \t").partition(b" ")[0].partition(b"\t")[0])
    if os.access(interpreter, os.X_OK) and Path(interpreter).is_file():
        return None
    return f"is a script for {printable(interpreter)!r}, which is no program here: expected one that is"
