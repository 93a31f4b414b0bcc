"""A run's files, whatever happens to the machine or lies in their place: complete or absent once written, and read
without waiting for ever or filling the memory.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
from pathlib import Path

#: Above what any run of ours writes (the settings of a run with the largest CSV file that is read: 75 MB).
LARGEST_OF_A_RUN = 256 * 1024 * 1024

#: The name of a temporary file.
_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{8}\.part", re.ASCII | re.DOTALL)


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
    """Removes the temporary files that a killed `write_durably` left behind, and no others."""
    for leftover in directory.glob(".*.part"):
        if is_temporary(leftover.name):
            with contextlib.suppress(OSError):
                leftover.unlink()


def is_temporary(name: str) -> bool:
    """Whether it is the name of a file that `write_durably` was about to write."""
    return _TEMPORARY.fullmatch(name) is not None


def bytes_at(path: str | Path, largest: int = LARGEST_OF_A_RUN) -> bytes:
    """A regular file's bytes. Of text, for with a Path for each of thousands this would take twice as long.

    Raises:
        OSError: it cannot be read; or it is a pipe, a device or a socket, whose reader might wait for ever; or it is
            larger than `largest`, and might fill the memory.
    """
    status = os.stat(path)  # noqa: PTH116
    if not stat.S_ISREG(status.st_mode):
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    if status.st_size > largest:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()
