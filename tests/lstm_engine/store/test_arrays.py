"""Arrays come back bit for bit; what is none of ours is said, and nothing of it runs or fills the memory."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.store.arrays import read_arrays, write_arrays
from lstm_engine.store.files import LARGEST_OF_A_RUN


@pytest.mark.parametrize("compressed", [False, True])
def test_they_come_back(compressed: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    arrays = {
        "floats": np.array([0.1, np.nan]),
        "dates": np.array(["2024-01-05"], "datetime64[D]"),
        "text": np.array("ü"),
    }
    write_arrays(path, compressed=compressed, **arrays)
    found = read_arrays(path)
    assert found.keys() == arrays.keys()
    assert all(found[name].tobytes() == arrays[name].tobytes() for name in arrays)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.npz"]


def test_objects_are_neither_written_nor_read(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with pytest.raises(ValueError, match="Object arrays"):
        write_arrays(path, a=np.array([{}], object))
    assert not list(tmp_path.iterdir())
    np.savez(path, a=np.array([{}], object))
    with pytest.raises(ValueError, match="Object arrays"):
        read_arrays(path)


def test_what_would_fill_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.npy", "w") as member:
        for _ in range(LARGEST_OF_A_RUN // (1 << 24) + 1):
            member.write(bytes(1 << 24))
    with pytest.raises(ValueError, match="it unpacks to"):
        read_arrays(path)


def test_a_shape_that_no_memory_holds_is_an_error(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    np.lib.format.write_array_header_1_0(buffer, {"descr": "<f8", "fortran_order": False, "shape": (1 << 50,)})
    path = tmp_path / "a.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.npy", buffer.getvalue())
    with pytest.raises(ValueError):  # noqa: PT011 - NumPy's own words
        read_arrays(path)


@pytest.mark.parametrize("content", [b"", b"PK", b"\x93NUMPY\x01\x00"])
def test_what_is_no_such_file_is_said(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError):  # noqa: PT011
        read_arrays(path)
    with pytest.raises(FileNotFoundError):
        read_arrays(tmp_path / "none.npz")
