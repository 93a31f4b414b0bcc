"""Files that are complete or absent, whatever happens between two writes."""

import contextlib
import os
import secrets
from pathlib import Path


def write_durably(path: Path, data: bytes) -> None:
    """Puts `data` at `path`, replacing what is there, so that after a power loss either all of it is there or none.

    Temporary file beside the target, fsync, rename, fsync of the directory.

    Raises:
        OSError: the disk is full, the directory read-only or gone; `path` is then as it was.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Makes the names in `directory` survive a power loss. Raises OSError."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(directory: Path) -> None:
    """Removes the temporary files that a killed `write_durably` left behind."""
    for leftover in directory.glob(".*.part"):
        with contextlib.suppress(OSError):
            leftover.unlink()
