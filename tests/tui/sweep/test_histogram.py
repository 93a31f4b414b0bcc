"""Two humps are two humps."""

from __future__ import annotations

import numpy as np

from tui.sweep.histogram import bins, histogram_lines
from tui.text.pieces import pieces_width

HUMPS = np.array([0.2] * 40 + [3e-4] * 100 + [1.2e-4], np.float32)


def texts(losses: np.ndarray, width: int, height: int, ascii_text: bool = False) -> list[str]:
    lines = histogram_lines(bins(losses, height), width, None, ascii_text=ascii_text)
    assert all(pieces_width(line) <= width for line in lines)
    assert len(lines) <= height
    return ["".join(text for text, _ in line) for line in lines]


def test_the_largest_is_above_and_every_member_is_in_it() -> None:
    lines = texts(HUMPS, 40, 20)
    counts = [int(line[17:24].strip().replace(",", "") or 0) for line in lines]
    assert sum(counts) == len(HUMPS)
    assert counts[0] == 40
    assert max(counts) == 100
    assert any(count == 0 for count in counts[1:-1])
    assert lines[counts.index(100)].count("█") > 2 * lines[0].count("█")


def test_ranges_are_as_narrow_as_there_is_room_for() -> None:
    assert len(texts(HUMPS, 40, 20)) > len(texts(HUMPS, 40, 5)) > 1
    assert len(texts(HUMPS, 40, 2)) <= 2


def test_what_is_no_number_has_its_own_line() -> None:
    lines = texts(np.array([0.1, np.nan, np.inf, 0.0], np.float32), 40, 9)
    assert lines[0].split()[:3] == ["no", "number", "3"]
    assert texts(np.array([np.nan], np.float32), 40, 9) == []


def test_without_more_than_ascii() -> None:
    assert all(line.isascii() for line in texts(HUMPS, 40, 20, ascii_text=True))


def test_every_member_is_in_its_bin() -> None:
    found = bins(HUMPS, 20)
    assert sorted(np.concatenate([bin_.members for bin_ in found]).tolist()) == list(range(len(HUMPS)))
    assert found[0].members.tolist() == list(range(40))
    assert found[-1].members.tolist() == [140]
    losses = np.array([np.nan, 0.1, 0.0], np.float32)
    assert [(bin_.label, bin_.members.tolist()) for bin_ in bins(losses, 9)] == [
        ("no number", [0, 2]),
        ("1e-1 – 2e-1", [1]),
    ]


def test_the_bin_under_the_cursor_stands_out() -> None:
    lines = histogram_lines(bins(HUMPS, 20), 40, 1, ascii_text=True)
    assert ["".join(text for text, _ in line)[0] for line in lines[:3]] == [" ", ">", " "]
    assert {style for _, style in lines[1]} == {"bold $accent"}
