"""Whether a checkpoint file is, byte for byte, what was written: known without loading it, and without PyTorch."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec

from lstm_engine.run.records import CheckpointRecord
from lstm_engine.store.database import Store
from lstm_engine.store.files import bytes_at


class Stamp(msgspec.Struct, frozen=True):
    """What a checkpoint file is known again by. written: its time of modification, in nanoseconds."""

    file: str
    size: int
    written: int
    sha256: str


def digest(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def is_whole(directory: Path, record: CheckpointRecord) -> bool:
    """Whether the recorded checkpoint is there and undamaged."""
    try:
        return digest(bytes_at(directory / record.file)) == record.sha256
    except OSError:
        return False


def stamp_of(path: Path) -> Stamp | None:
    """Of a checkpoint as it is now; None where it cannot be read."""
    try:
        status = path.stat()
        return Stamp(path.name, status.st_size, status.st_mtime_ns, digest(bytes_at(path)))
    except OSError:
        return None


def is_as_stamped(directory: str, stamp: Stamp) -> bool:
    """Whether the checkpoint is what it was; its bytes are looked at only where size and time leave a doubt."""
    path = f"{directory}/{stamp.file}"
    try:
        status = os.stat(path)  # noqa: PTH116 - a Path for each of thousands takes longer than the call
        if (status.st_size, status.st_mtime_ns) == (stamp.size, stamp.written):
            return True
        return status.st_size == stamp.size and digest(bytes_at(path)) == stamp.sha256
    except OSError:
        return False


def newest_whole_epoch(directory: Path, store: Store) -> int:
    """The last epoch that the run can be resumed from; 0 where that is its seed."""
    last_epoch = store.last_epoch()
    newest_first = reversed(store.checkpoints())
    whole = (record.epoch for record in newest_first if record.epoch <= last_epoch and is_whole(directory, record))
    return next(whole, 0)
