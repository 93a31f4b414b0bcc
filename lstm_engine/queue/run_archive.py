"""A run's folder as bytes, for a machine that does not see the disk it lies on."""

from __future__ import annotations

import io
import secrets
import shutil
import tarfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from lstm_engine.errors import UserError
from lstm_engine.store.files import sync_directory
from lstm_engine.store.holding.lock import LOCK
from lstm_engine.store.holding.owner import OWNER
from lstm_engine.store.holding.pulse import PULSE
from lstm_engine.text import printable

#: Bytes that a run's folder may unpack to.
LARGEST = 1 << 30
#: What tells who has a run: nobody, once it is packed.
_HELD = (LOCK, OWNER, PULSE)


def packed(run: Path, leave_out: Collection[str] = ()) -> bytes:
    """The files of a run that nobody writes to, or that its process only adds to. Raises OSError.

    leave_out: names of files that are of no account.
    """
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for path in sorted(run.rglob("*")):
            name = path.relative_to(run).as_posix()
            if name not in _HELD and name not in leave_out and path.is_file() and not path.is_symlink():
                archive.add(path, name, recursive=False)
    return stream.getvalue()


def unpacked(archive: bytes, run: Path) -> None:
    """Puts what was packed into the place of `run`, all of it or nothing.

    Raises:
        UserError: it is no such archive.
        OSError: it cannot be written.
    """
    part = run.with_name(f".{run.name}.{secrets.token_hex(4)}.part")
    part.mkdir(mode=0o700)
    try:
        _unpack(archive, part)
        if run.exists():
            shutil.rmtree(run)
        part.rename(run)
        sync_directory(run.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _unpack(archive: bytes, folder: Path) -> None:
    left = LARGEST
    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as packed_files:
            for member in packed_files:
                left -= member.size
                place = PurePosixPath(member.name)
                if not member.isreg() or left < 0 or place.is_absolute() or ".." in place.parts:
                    raise UserError("what came back of a run holds more than files of its folder: it is left alone")
                file = packed_files.extractfile(member)
                assert file is not None  # noqa: S101 - a regular file has its bytes
                target = folder / place
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                target.touch(mode=0o600)
                with file, target.open("wb") as out:
                    shutil.copyfileobj(file, out)
    except (tarfile.TarError, EOFError, ValueError, zlib.error) as error:
        said = printable(str(error))
        raise UserError(f"what came back of a run is damaged ({said}): expected its files") from error
