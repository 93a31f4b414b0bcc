"""The gates of recurrent modules, as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec
import pytest

from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.module_events import Gates
from tests.support.board_feed import finished, gates, opening, training
from tui.board.state.board import Board
from tui.board.state.reducer import told
from tui.board.view.panels.gates_panel import GatesAsked, gates_panel
from tui.board.view.panels.panel import Panel
from tui.drawing.heat import HEAT
from tui.state.told import Told

PLAIN = GatesAsked(has_colour=False)


def board(*events: Event) -> Board:
    return told(Board("a"), Told("a", [*training(), *events]))


_FIT = board().fit
assert _FIT is not None
WITHOUT = msgspec.structs.replace(_FIT, gates=False)


def panel(board: Board, asked: GatesAsked = PLAIN, row: int = 0, steers: bool = True) -> Panel:
    return gates_panel(board, row, asked, steers=steers)


def text(panel: Panel, width: int = 76, height: int = 40) -> list[str]:
    assert panel.picture is not None
    cells = panel.picture.draw(width, panel.picture.lines(height), "braille")
    return [cells.text(row).rstrip() for row in range(cells.height)]


def tiny(values: Sequence[list[list[float | None]]]) -> Gates:
    return Gates(
        step=7, module="", kind="GRU", names=("reset", "update", "candidate")[: len(values)], values=tuple(values)
    )


def test_each_gate_has_its_words_its_scale_and_its_map() -> None:
    values: list[list[list[float | None]]] = [[[0.0, 0.9], [0.5, None]], [[0.2, 0.2], [0.2, 0.2]]]
    found = text(panel(board(tiny(values))), height=9)
    assert found == [
        " the model · GRU · step 7 · 2 units by 2 time steps",
        " reset: 2 units, 0.00–0.90",
        " 0.00 ▁▁▂▂▃▃▄▄▅▅▆▆▇▇██ 0.90  open 0%, shut 33%",
        " ████",
        " ▁▁▁▁▅▅▅▅",
        " update: 2 units, 0.20–0.20, hardly react to the days",
        " 0.20 ▁▁▂▂▃▃▄▄▅▅▆▆▇▇██ 0.21  open 0%, shut 0%",
        " ▁▁▁▁▁▁▁▁",
        " ▁▁▁▁▁▁▁▁",
    ]


def test_where_nothing_is_finite_it_says_so() -> None:
    assert "not finite" in text(panel(board(tiny([[[None, None]]]))))[2]


@pytest.mark.parametrize(("width", "height"), [(58, 13), (78, 17), (78, 42), (156, 40), (30, 6)])
@pytest.mark.parametrize("asked", [PLAIN, GatesAsked(), GatesAsked(deviates=True)])
def test_it_fits_and_shows_every_gate(width: int, height: int, asked: GatesAsked) -> None:
    found = text(panel(board(gates(40, 64, 300)), asked), width, height)
    assert len(found) == height
    for name in ("input", "forget", "candidate", "output"):
        assert any(f"{name}:" in line for line in found)


def test_where_room_is_short_a_cell_is_a_mean_and_says_so() -> None:
    assert "a cell is a mean of 4 units by 4 steps" in text(panel(board(gates(40, 64, 300))), 160, 42)[1]
    assert "mean" not in text(panel(board(gates(40, 8, 12))), 78, 42)[1]


def test_32_units_by_30_days_are_shown_whole_beside_the_charts() -> None:
    picture = panel(board(gates(40, 32, 30)), GatesAsked()).picture
    assert picture is not None
    cells = picture.draw(78, 42, "braille")
    assert "mean" not in cells.text(1)
    assert (cells.roles >= HEAT).any(axis=1).sum() == 2 * (1 + 16)


def test_of_a_module_with_more_units_than_are_told_it_says_so() -> None:
    found = text(panel(board(gates(40, 64, 30))), 100)
    assert "the first 64 of 128 units" in found[0]
    assert "8 units by 12" in text(panel(board(tiny([[[0.1] * 8] * 12]))), 100)[0]


def test_deviations_say_what_they_are() -> None:
    found = text(panel(board(gates(40)), GatesAsked(deviates=True, has_colour=False)))
    assert "deviation from each unit's own mean" in found[1]


def test_several_modules_are_listed_and_one_is_shown() -> None:
    of = board(gates(40, of="layer 0"), gates(41, of="layer 1"))
    found = panel(of, row=1)
    assert (found.title, found.count) == ("gates · 2 of 2", 2)
    assert "layer 1" in text(found)[0]
    assert "layer 0" in found.row(0, 60)[0][0]
    assert panel(board(gates(40))).count == 0
    assert found.picture is not None
    assert (found.picture.lines(40), found.picture.lines(13)) == (37, 13)


def test_newer_gates_are_another_picture_and_so_is_what_is_asked() -> None:
    before = panel(board(gates(40))).picture
    after, otherwise = panel(board(gates(80))).picture, panel(board(gates(40)), GatesAsked()).picture
    assert before is not None
    assert after is not None
    assert otherwise is not None
    assert (before.asked == after.asked, before.shown == after.shown) == (True, False)
    assert before.asked != otherwise.asked


def test_which_sequence_it_is_and_which_one_comes() -> None:
    of = board(gates(40, sample=1, samples=3))
    assert "sequence 2 of 3" in text(panel(of, GatesAsked(sample=1)))[1]
    assert "at the next" not in text(panel(of, GatesAsked(sample=1)), 160)[1]
    assert "3 at the next validation" in text(panel(of, GatesAsked(sample=2)), 160)[1]
    assert "at the next" not in text(panel(board(gates(40, sample=2, samples=3)), GatesAsked(sample=9)), 160)[1]


@pytest.mark.parametrize(
    ("board", "steers", "words"),
    [
        (board(), True, "with the next validation"),
        (board(), False, "nobody looked"),
        (told(Board("a"), Told("a", finished())), True, "nobody looked"),
        (told(Board("a"), Told("a", opening()[:2])), True, "no Trainer"),
        (replace(board(), fit=WITHOUT), True, "no nn.LSTM"),
    ],
)
def test_where_there_are_none_it_says_why(board: Board, steers: bool, words: str) -> None:
    shown = panel(board, steers=steers)
    assert (shown.count, shown.picture) == (0, None)
    assert words in shown.empty
