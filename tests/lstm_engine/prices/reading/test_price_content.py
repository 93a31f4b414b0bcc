"""Bytes of a file as text in UTF-8; kinds of files that are none: tests/support/bad_prices.py."""

from __future__ import annotations

import gzip

import pytest

from lstm_engine.errors import UserError
from lstm_engine.prices.reading import price_content as module
from lstm_engine.prices.reading.price_content import price_content

TEXT = "Date,Société\n2024-01-12,1\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_whatever_it_is_in_it_comes_out_as_utf_8(codec: str) -> None:
    assert price_content(TEXT.encode(codec), "p") == TEXT.encode()
    assert price_content(gzip.compress(TEXT.encode(codec)), "p") == TEXT.encode()


def test_no_more_is_unpacked_than_tells_that_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_FILE", 1_000_000)
    for content in (bytes(1_000_000), b"a" * 1_000_000):
        assert price_content(gzip.compress(content), "p") == content
        with pytest.raises(UserError, match="p is too large: expected a CSV file of at most 1 MB"):
            price_content(gzip.compress(content + b"a"), "p")
    with pytest.raises(UserError, match="p is too large"):
        price_content(b"a" * 1_000_001, "p")
    without_its_end = gzip.compress(bytes(9_000_000))[:-8]
    with pytest.raises(UserError, match="p is too large"):
        price_content(without_its_end, "p")
