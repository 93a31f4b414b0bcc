"""Texts in the characters that a terminal has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.ascii import STAND_INS, ascii_only, has_only_ascii, register, spelt
from tui.text.widths import width


@given(st.text())
def test_ascii_is_ascii_and_as_wide(text: str) -> None:
    assert ascii_only(text).isascii()
    assert width(ascii_only(text)) == width(text) or not text.isprintable()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("← loading… · 2 × 3", "< loading. | 2 x 3"),
        ("東京 Müller é", "???? Muller e"),
        ("╭─┬╮│▔▁█▌⣿━", "+-++|-_#|*#"),
        ("🔎", "/ "),
    ],
)
def test_stand_ins(text: str, expected: str) -> None:
    assert ascii_only(text) == expected


def test_what_an_encoding_holds_stays() -> None:
    assert spelt("Müller → 東", "iso-8859-1") == "Müller > ??"


def test_a_stream_writes_no_escapes() -> None:
    register()
    assert "Müller → 東".encode("iso-8859-1", STAND_INS) == b"M\xfcller > ??"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "de_DE.utf8"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LC_CTYPE": "UTF-8"}, False),
        ({"LANG": "C", "LC_CTYPE": "en_US.UTF-8"}, False),
        ({"LANG": "C", "LC_ALL": "en_US.UTF-8"}, False),
        ({}, True),
        ({"LANG": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, True),
        ({"LANG": "en_US.UTF-8", "LC_CTYPE": "C"}, True),
        # Python sets LC_CTYPE itself where the locale is C (PEP 538).
        ({"LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8", "LC_CTYPE": "C.UTF-8"}, False),
        ({"LANG": "C.UTF-8", "TERM": "linux"}, True),
    ],
    ids=str,
)
def test_what_a_terminal_shows_goes_by_the_locale(environment: dict[str, str], expected: bool) -> None:
    assert has_only_ascii(environment) == expected
