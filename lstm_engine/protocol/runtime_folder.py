"""Where an engine's socket lies: a folder of the user's own, short enough of name for a socket's address."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.text import printable

#: Bytes that the address of a Unix socket has room for, its final zero left out.
LONGEST_ADDRESS = 107
#: Digits of the largest process number.
_LONGEST_NAME = "/4194304.sock"


def runtime_folder(environment: Mapping[str, str]) -> Path:
    """The folder for this user's sockets, made where it is missing: in the temporary folder, or `$XDG_RUNTIME_DIR`.

    In this order, since the second is taken away when the user logs out, and training goes on.

    Raises:
        UserError: neither of the two can be used; the sentence says why of each.
    """
    problems = []
    for folder in _candidates(environment):
        try:
            _make_own(folder)
        except UserError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{printable(str(folder))} cannot be used ({error.strerror})")
        else:
            return folder
    raise UserError("; ".join(problems))


def check_own_folder(folder: Path) -> None:
    """Raises UserError where others could have put something into the folder; OSError where it is not there."""
    status = folder.lstat()
    shown = printable(str(folder))
    if not stat.S_ISDIR(status.st_mode):
        raise UserError(f"{shown} is no folder: expected one for this user's sockets")
    if status.st_uid != os.geteuid():
        raise UserError(f"{shown} belongs to user {status.st_uid}: expected a folder of user {os.geteuid()}")
    if status.st_mode & 0o077:
        raise UserError(f"{shown} is open to others (mode {status.st_mode & 0o777:o}): expected mode 700")


def _candidates(environment: Mapping[str, str]) -> list[Path]:
    temporary = Path(tempfile.gettempdir()) / f"lstm-tui-{os.geteuid()}"
    given = Path(environment.get("XDG_RUNTIME_DIR", ""))
    # A relative one would be another folder for whoever looks for the socket, and is to be ignored by the standard.
    return [temporary, given / "lstm-tui"] if given.is_absolute() else [temporary]


def _make_own(folder: Path) -> None:
    """Raises UserError where it cannot be a folder for sockets; OSError."""
    length = len(os.fsencode(str(folder) + _LONGEST_NAME))
    if length > LONGEST_ADDRESS:
        shown = printable(str(folder))
        raise UserError(
            f"{shown} is too long a path for a socket ({length} bytes): expected {LONGEST_ADDRESS} at most"
        )
    if not folder.parent.is_dir():
        raise UserError(f"{printable(str(folder.parent))} is missing: expected a folder for sockets")
    folder.mkdir(mode=0o700, exist_ok=True)
    check_own_folder(folder)
