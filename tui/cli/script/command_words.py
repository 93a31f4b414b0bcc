"""What `lstm-tui run` is to run: from the words behind its options to a checked command line."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.script.interpreter import checked_interpreter, default_interpreter
from lstm_engine.text import printable

_EXPECTED = "expected a Python script, -m and a module, or -- and a program"
_MODULE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
#: What a person would call a command by, where it is a Python script.
_SCRIPT_SUFFIX = ".py"
#: Bytes of a file's beginning that say which program it is for.
_BEGINNING = 128


@dataclass(frozen=True)
class ScriptWords:
    """A command to run.

    argv: its program first, by absolute path. title: what a person would call it. at: the folder that it lies in.
    """

    argv: tuple[str, ...]
    title: str
    at: Path


def script_words(words: Sequence[str], python: str | None, directory: Path) -> ScriptWords:
    """The command that these words name, run in `directory`.

    Args:
        words: a script and its arguments; `-m`, a module and its arguments; or `--`, a program and its arguments.
        python: the interpreter as the user named it; None for the default one.

    Raises:
        UserError: it is none, or is not there; one sentence says what was expected.
    """
    if not words or words in (["--"], ["-m"]):
        raise UserError(f"there is nothing to run: {_EXPECTED}")
    for word in words:
        _check_text(word)
    if words[0] == "--":
        if python is not None:
            raise UserError("--python is given with a program behind --: expected one of the two")
        return _program(words[1:], directory)
    interpreter = python or default_interpreter(sys.argv[0])
    if words[0] == "-m":
        module = words[1]
        if not _MODULE.fullmatch(module):
            raise UserError(f"{printable(module)!r} is no name of a module: expected one, such as package.train")
        return ScriptWords((checked_interpreter(interpreter, directory, module), *words), module, directory)
    script = _script(words[0], directory)
    return ScriptWords((checked_interpreter(interpreter, directory), *words), script.name, script.parent)


def _program(words: Sequence[str], directory: Path) -> ScriptWords:
    name = words[0]
    found = shutil.which(name, path=None)
    if found is None:
        where = "does not exist or is not executable" if "/" in name else "is in no folder of the PATH"
        raise UserError(f"the program {printable(name)} {where}: expected one, such as torchrun")
    script = next((word for word in words[1:] if word.endswith(_SCRIPT_SUFFIX)), None)
    at = directory / script if script is not None else directory
    return ScriptWords(
        (str(Path(found).absolute()), *words[1:]),
        Path(script).name if script is not None else Path(name).name,
        at.parent if script is not None else directory,
    )


def _script(name: str, directory: Path) -> Path:
    """Raises UserError where Python could not run it."""
    path, shown = directory / name, printable(name)
    try:
        if path.is_dir():
            if (path / "__main__.py").is_file():
                return path
            raise UserError(f"{shown} is a folder without a __main__.py: {_EXPECTED}")
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
    except FileNotFoundError as error:
        raise UserError(f"{shown} does not exist: {_EXPECTED}") from error
    except OSError as error:
        raise UserError(f"{shown} cannot be read ({error.strerror}): {_EXPECTED}") from error
    first_line = beginning.partition(b"\n")[0]
    if first_line.startswith(b"#!") and b"python" not in first_line and path.suffix != _SCRIPT_SUFFIX:
        raise UserError(f"{shown} is no Python script: `lstm-tui run -- {shown}` runs another program")
    return path


def _check_text(word: str) -> None:
    """Raises UserError where the run's record could not hold the word."""
    try:
        word.encode()
    except UnicodeEncodeError as error:
        raise UserError(f"the argument {printable(word)} is not in UTF-8: expected one that is") from error
