"""A line a member."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from lstm_engine.data.companies import Companies
from lstm_engine.sweep.settings import SweepSettings
from tests.support.sweeps import SETTINGS, results_of
from tui.sweep.members.listed import Listed
from tui.sweep.members.member_order import MemberOrder
from tui.sweep.members.member_sheet import MemberSheet
from tui.text.pieces import Piece, pieces_width


def text(pieces: list[Piece]) -> str:
    return "".join(text for text, _ in pieces)


def sheet(**changed: object) -> MemberSheet:
    listed = replace(Listed("normal, lr 0.1", np.arange(100, 200)), **changed)  # type: ignore[arg-type]
    return MemberSheet(results_of(), listed, {110: ("▲", "bold red")})


def test_what_stands_in_a_line() -> None:
    found = sheet(order=MemberOrder("seed"))
    assert text(found.row(10, 160)).split() == ["▲", "10", "0.1", "normal", "0.0967", "no", "0.0000", "0.0000"]
    assert text(found.row(99, 160)).split()[:2] == ["99", "0.1"]
    assert text(found.heading(160)).split() == ["seed", "▲", "lr", "init", "loss", "solved", "A", "B"]
    assert "loss ▼" in text(sheet(order=MemberOrder("loss", True)).heading(160))


def test_columns_stand_below_each_other() -> None:
    found = sheet()
    heading = text(found.heading(160))
    for line in (0, 50, 99):
        row = text(found.row(line, 160))
        assert len(row) == len(heading)
        assert row[heading.index("solved") :].split()[0] in ("yes", "no")


def test_the_title_counts() -> None:
    results = results_of()
    solved = int(results.solved[100:200].sum())
    title = text(sheet().title(160))
    assert f"normal, lr 0.1 · 100 members · {solved} solved · at epoch 1,200" in title
    assert "marked" not in title
    assert "2 marked" in text(sheet(marked=(101, 102)).title(160))
    reached = results.reached.copy()
    reached[150] = 1300
    assert "at epochs 1,200 to 1,300" in text(replace(sheet(), results=replace(results, reached=reached)).title(160))


def test_the_cursor_is_on_its_member() -> None:
    assert sheet(order=MemberOrder("seed"), cursor=142).cursor == 42
    assert sheet(order=MemberOrder("seed", True), cursor=142).cursor == 57
    assert sheet().cursor == 0
    assert sheet(cursor=7).cursor == 0


@pytest.mark.parametrize("width", [160, 80, 60, 20])
def test_lines_fit(width: int) -> None:
    settings = many_companies()
    found = MemberSheet(results_of(settings), Listed("x" * 90, np.arange(settings.count)), {})
    for line in (found.title(width), found.heading(width), found.row(3, width)):
        assert pieces_width(line) <= width
    assert pieces_width(found.row(0, 160)) > pieces_width(found.row(0, 60))


def many_companies() -> SweepSettings:
    names = tuple(f"a company with a long name {number}" for number in range(9))
    data = Companies("many", names, ((0.0, 1.0),) * 9, (0.5,) * 9)
    return msgspec.structs.replace(SETTINGS, data=data)
