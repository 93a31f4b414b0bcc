"""Cells, not characters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import tui
from tui.text.widths import cut, cut_together, flush_left, flush_right, width, wrapped

TOKYO = "東京電力"
texts = st.text(st.sampled_from("ab 東é\u200c"), max_size=40)


def test_a_wide_character_takes_two_cells() -> None:
    assert (width(TOKYO), width("abc"), width("a\u200cb")) == (8, 3, 2)


@pytest.mark.parametrize(
    ("room", "expected"), [(9, TOKYO), (8, TOKYO), (7, "東京電…"), (6, "東京…"), (5, "東京…"), (1, "…"), (0, "")]
)
def test_what_is_cut_says_so(room: int, expected: str) -> None:
    assert cut(TOKYO, room) == expected


@given(texts, st.integers(0, 50))
def test_texts_fit(text: str, room: int) -> None:
    assert width(cut(text, room)) <= room
    assert width(flush_left(text, room)) == width(flush_right(text, room)) == max(width(text), room)


@given(texts, st.integers(2, 30))
@example("a東\u200c\u200c東", 2)
def test_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    lines = wrapped(text, room)
    assert all(width(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_the_longest_give_way_first() -> None:
    assert cut_together(["abcdefgh", "ab", TOKYO], 12, 3) == ["abcd…", "ab", "東京…"]
    assert cut_together(["abcdefgh", "abcdefgh"], 2, 3) == ["ab…", "ab…"]


def test_nothing_else_aligns_text() -> None:
    """Letters are no cells: what is shown in columns is padded by this module, numbers by `numbers`."""
    found = [
        f"{path.name}: {line.strip()}"
        for path in Path(tui.__path__[0]).rglob("*.py")
        if path.name not in ("numbers.py", "widths.py")
        for line in path.read_text().splitlines()
        if re.search(r"\.[lr]just\(|\.center\(|textwrap", line)
    ]
    assert found == []
