"""The bytes of a file: at most so many, or a sentence. All kinds of paths: test_csv_reader.py."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from lstm_engine.data.file_content import check_size, file_content, stream_content
from lstm_engine.errors import UserError


def test_no_more_is_read_than_tells_that_it_is_too_much(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_bytes(b"x" * 50)
    assert file_content(path, "prices.csv", 50) == b"x" * 50
    assert file_content(path, "prices.csv", 20) == b"x" * 21
    assert stream_content(io.BytesIO(b"x" * 50), "-", 20) == b"x" * 21


def test_what_is_too_large_is_told() -> None:
    check_size(b"x" * 1_000_000, "prices.csv", 1_000_000)
    with pytest.raises(UserError, match=r"prices\.csv is too large: expected a CSV file of at most 1 MB"):
        check_size(b"x" * 1_000_001, "prices.csv", 1_000_000)


def test_a_stream_that_fails_is_a_sentence() -> None:
    class Failing(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(UserError, match=r"standard input cannot be read \(Input/output error\)"):
        stream_content(Failing(), "standard input", 20)
