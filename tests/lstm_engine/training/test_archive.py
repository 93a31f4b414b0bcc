"""A checkpoint's archive: what was looked at is what torch reads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
import torch

from lstm_engine.training.archive import checked_archive
from lstm_engine.training.pickle_steps import UnsafeCheckpoint


def saved() -> bytes:
    buffer = io.BytesIO()
    torch.save({"state_dict": {"wlr1": torch.tensor(0.5)}}, buffer)
    return buffer.getvalue()


def changed(add: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """What torch saves, with more records."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved())) as archive, zipfile.ZipFile(buffer, "w", compression) as written:
        for name in archive.namelist():
            written.writestr(name, archive.read(name))
        for name, record in add.items():
            written.writestr(name, record)
    return buffer.getvalue()


def test_what_torch_saves_comes_through() -> None:
    found = torch.load(io.BytesIO(checked_archive(saved())), weights_only=True)
    assert torch.equal(found["state_dict"]["wlr1"], torch.tensor(0.5))


def test_records_that_no_checkpoint_has_are_left_out() -> None:
    data = checked_archive(changed({"archive/code/evil.py": b"import os", "elsewhere/data/0": b"0000"}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "evil" in name or name.startswith("elsewhere")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no archive"),
        (b"hello", "no archive"),
        (b"PK" + b"PK\1\2" * 20_001, "no archive"),
        (saved()[:-30], "damaged"),
        (changed({}, zipfile.ZIP_DEFLATED), "compressed"),
        (changed({"other/data.pkl": b"."}), "not one pickle"),
    ],
    ids=["empty", "text", "many records", "cut", "compressed", "two pickles"],
)
def test_what_is_none_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(UnsafeCheckpoint, match=sentence):
        checked_archive(data)
