"""Bytes as text: what is no text in UTF-8 is told with its line."""

from __future__ import annotations

import pytest

from lstm_engine.data.plain_text import plain_text
from lstm_engine.errors import UserError


@pytest.mark.parametrize("content", [b"a,b\n1,2", b"a,b\n1,2\r\n", b"\xef\xbb\xbfa,b\n1,2", b"a,b\n1,2\r\n\x1a\r\n"])
def test_marks_at_both_ends_are_left_out(content: bytes) -> None:
    assert plain_text(content, "prices.csv") == "a,b\n1,2"


def test_what_is_no_text_is_told_with_its_line() -> None:
    with pytest.raises(UserError, match=r"prices\.csv, line 2 holds a NUL byte: expected text in UTF-8"):
        plain_text(b"a\nb\0\n", "prices.csv")
    with pytest.raises(UserError, match=r"line 2 is not UTF-8: .* in Latin-1 it would read 'Crédit'"):
        plain_text("a\nCrédit\n".encode("latin-1"), "prices.csv")
