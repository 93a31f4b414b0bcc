"""Whether a checkpoint file is, byte for byte, what was written: known without loading it, and without PyTorch."""

import hashlib
from pathlib import Path

from lstm_engine.store import CheckpointRecord, Store


def digest(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def is_whole(directory: Path, record: CheckpointRecord) -> bool:
    """Whether the recorded checkpoint is there and undamaged."""
    try:
        return digest((directory / record.file).read_bytes()) == record.sha256
    except OSError:
        return False


def newest_whole_epoch(directory: Path, store: Store) -> int:
    """The last epoch that the run can be resumed from; 0 where that is its seed."""
    last_epoch = store.last_epoch()
    newest_first = reversed(store.checkpoints())
    whole = (record.epoch for record in newest_first if record.epoch <= last_epoch and is_whole(directory, record))
    return next(whole, 0)
