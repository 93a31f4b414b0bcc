"""Reading files in folders that anybody may have put together: what lies there under a file's name may be none."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

#: Above what any run of ours writes (the settings of a run with the largest CSV file that is read: 75 MB).
LARGEST = 256 * 1024 * 1024


def bytes_at(path: str | Path, largest: int = LARGEST) -> bytes:
    """A regular file's bytes. Of text, for with a Path for each of thousands this would take twice as long.

    Raises:
        OSError: it cannot be read; or it is a pipe, a device or a socket, whose reader might wait for ever; or it is
            larger than `largest`, and might fill the memory.
    """
    found = os.stat(path)  # noqa: PTH116
    if not stat.S_ISREG(found.st_mode):
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    if found.st_size > largest:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()
