"""A checkpoint file's archive, written anew with nothing in it but what was looked at.

A few bytes can ask for gigabytes: compressed zeros, records that lie in each other, numbers that no record has. torch
has a reader of its own, which may see another archive in the same bytes; so it gets what was read here.
"""

from __future__ import annotations

import io
import re
import zipfile

from lstm_engine.training.pickle_steps import UnsafeCheckpoint, check_pickle

#: How many records are read; a run of ours has 54.
MOST_RECORDS = 20_000

#: A record's name below the archive's own.
_RECORD = re.compile(r"[^/]+/(data/[0-9]+|byteorder|version|\.format_version|\.storage_alignment)", re.ASCII)


def checked_archive(data: bytes) -> bytes:
    """The archive in `data`, written anew, with what a checkpoint of numbers and plain values needs.

    Raises:
        UnsafeCheckpoint: it holds something else, or would take far more memory or time than its size.
    """
    # As many as the directory at its end can have; to read it would take memory itself.
    if not data.startswith(b"PK") or data.count(b"PK\1\2") > MOST_RECORDS:
        raise UnsafeCheckpoint("it is no archive of up to 20,000 records, which torch.save writes since PyTorch 1.6")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _rewritten(archive, len(data))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise UnsafeCheckpoint(f"its archive is damaged: {error!s:.80}") from error


def _rewritten(archive: zipfile.ZipFile, size: int) -> bytes:
    records = archive.infolist()
    if any(record.compress_type != zipfile.ZIP_STORED for record in records):
        raise UnsafeCheckpoint("its records are compressed, which those of torch.save are not")
    if sum(record.file_size for record in records) > size:
        raise UnsafeCheckpoint("its records are longer than the file")
    pickles = [record.filename for record in records if record.filename.endswith("/data.pkl")]
    if len(pickles) != 1:
        raise UnsafeCheckpoint("it has not one pickle as torch.save writes it")
    prefix = pickles[0].removesuffix("data.pkl")
    kept = {name: archive.read(name) for name in archive.namelist() if _RECORD.fullmatch(name)}
    pickle = archive.read(pickles[0])
    numbers = {name.removeprefix(f"{prefix}data/"): len(record) for name, record in kept.items()}
    check_pickle(pickle, numbers)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as written:
        for name, record in {pickles[0]: pickle, **kept}.items():
            if name.startswith(prefix):
                written.writestr(name, record)
    return buffer.getvalue()
