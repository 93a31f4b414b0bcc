"""Holds a file that another process may remove at any moment: under a name of one's own it stays."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from pathlib import Path

from lstm_engine.store.files import sync_directory


def hold_file(source: Path, target: Path, *, may_share: bool) -> None:
    """Puts what lies at `source`, a file or a folder, at `target`, for its user alone; all of it, or nothing.

    Args:
        may_share: the file is never written in place, so that the same one under two names is as good as a copy.

    Raises:
        FileNotFoundError: there is nothing at `source` by now.
        OSError: it cannot be read, or the disk is full.
    """
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        if source.is_dir():
            shutil.copytree(source, temporary)
            temporary.chmod(0o700)
        elif not (may_share and not source.is_symlink() and _linked(source, temporary)):
            _copy(source, temporary)
        temporary.rename(target)
    except BaseException as error:
        shutil.rmtree(temporary, ignore_errors=True)
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, shutil.Error) and not source.exists():
            raise FileNotFoundError(str(source)) from error
        raise
    sync_directory(target.parent)


def _linked(source: Path, target: Path) -> bool:
    """Whether it is one file under both names; not where the file system has no such thing."""
    try:
        os.link(source, target)
        target.chmod(0o600)
    except FileNotFoundError:
        raise
    except OSError:
        target.unlink(missing_ok=True)
        return False
    return True


def _copy(source: Path, target: Path) -> None:
    """Of what is open already nothing is lost when its name goes."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as copy, source.open("rb") as file:  # noqa: PTH123 - it is open
        shutil.copyfileobj(file, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
