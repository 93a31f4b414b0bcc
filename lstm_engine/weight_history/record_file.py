"""A few epochs' parameters in a file of their own, in the records of a history, epoch 0 among them if need be."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.store.files import bytes_at
from lstm_engine.text import printable
from lstm_engine.weight_history.history import Snapshot
from lstm_engine.weight_history.layout import Layout, Records, Values, read_layout


def write_records(path: Path, layout: Layout, epochs: Mapping[int, tuple[float, Values]]) -> None:
    """All of them in 32 bits. epochs: the validation's loss, NaN for none, and the values, by completed epochs.

    Raises:
        OSError: it cannot be written.
    """
    records = np.zeros(len(epochs), layout.record(is_full=True))
    for record, (epoch, (loss, values)) in zip(records, epochs.items(), strict=True):
        record["epoch"], record["loss"], record["values"] = epoch, loss, values
        record["crc"] = zlib.crc32(record["values"])
    path.write_bytes(layout.header(0) + records.tobytes())


def read_records(path: Path) -> tuple[Layout, Records]:
    """What `write_records` wrote, all of it.

    Raises:
        UserError: it cannot be read, or is damaged.
    """
    place = printable(str(path))
    try:
        data = bytes_at(path)
        layout, halves, start = read_layout(data)
        kind = layout.record(is_full=True)
        if halves or (len(data) - start) % kind.itemsize:
            raise ValueError(f"{len(data):,} bytes")
        records = np.frombuffer(data, kind, offset=start)
        if any(zlib.crc32(record["values"]) != record["crc"] for record in records):
            raise ValueError("other values than were written")
    except OSError as error:
        raise UserError(f"{place} cannot be read ({error.strerror}): expected parameters") from error
    except (ValueError, MemoryError, OverflowError) as error:  # msgspec's errors are ValueErrors
        raise UserError(f"{place} is damaged ({printable(str(error))}): expected parameters") from error
    return layout, records


def exact_snapshots(layout: Layout, records: Records) -> dict[int, Snapshot]:
    """The parameters of full records, by epoch, each in all its bits."""
    return {
        int(record["epoch"]): Snapshot(int(record["epoch"]), True, layout.split(record["values"]))
        for record in records
    }
