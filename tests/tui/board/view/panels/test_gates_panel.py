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
from tui.board.view.panels.gates_panel import gates_panel
from tui.board.view.panels.panel import Panel
from tui.state.told import Told
from tui.text.pieces import pieces_width


def board(*events: Event) -> Board:
    return told(Board("a"), Told("a", [*training(), *events]))


_FIT = board().fit
assert _FIT is not None
WITHOUT = msgspec.structs.replace(_FIT, gates=False)


def panel(
    board: Board, width: int = 76, height: int = 40, sample: int = 0, ascii_text: bool = False, steers: bool = True
) -> Panel:
    return gates_panel(board, width, height, sample, ascii_text=ascii_text, steers=steers)


def text(panel: Panel, width: int = 76) -> list[str]:
    return ["".join(part for part, _ in panel.row(number, width)).rstrip() for number in range(panel.count)]


def tiny(values: Sequence[list[list[float | None]]]) -> Gates:
    return Gates(
        step=7, module="", kind="GRU", names=("reset", "update", "candidate")[: len(values)], values=tuple(values)
    )


def test_a_line_is_a_unit_and_time_goes_to_the_right_along_the_scale_of_each_gate() -> None:
    found = text(panel(board(tiny([[[0.0, 0.9], [0.5, None]], [[0.2, 0.2], [0.2, 0.2]], [[-1.0, 1.0], [0.0, 0.9]]]))))
    assert found == [
        " the model · GRU · step 7 · 2 units by 2 time steps",
        " reset             ▁▁▁▁▅▅▅▅",
        " 0.00 to 0.90      ████",
        "",
        " update            ▅▅▅▅▅▅▅▅",
        " 0.20 to 0.20      ▅▅▅▅▅▅▅▅",
        "",
        " candidate         ▁▁▁▁▅▅▅▅",
        " −1.00 to 1.00     ████████",
        "",
    ]


def test_one_unit_has_its_scale_below() -> None:
    assert text(panel(board(tiny([[[0.25], [0.5]]]))))[1:3] == [" reset             ▁▁▁▁████", " 0.25 to 0.50"]


def test_where_nothing_is_finite_it_says_so() -> None:
    assert text(panel(board(tiny([[[None, None]]]))))[1:3] == [" reset", " not finite"]


def test_where_room_is_short_a_cell_is_a_mean_and_says_so() -> None:
    values: list[list[float | None]] = [[0.0, 1.0, 0.5, 0.5, 1.0, 1.0] for _ in range(60)]
    found = text(panel(board(tiny([values])), width=50, height=4))
    assert found[1:] == [
        f" reset             {'▁' * 30}",
        f" 0.50 to 1.00      {'▁' * 30}",
        f" mean of 2 by 2    {'█' * 30}",
    ]
    assert text(panel(board(tiny([values])), width=150, height=4))[3].startswith(" mean of 2 units ")


@pytest.mark.parametrize(("width", "height"), [(56, 12), (76, 16), (76, 40), (156, 40)])
def test_it_fits_with_several_modules_under_each_other(width: int, height: int) -> None:
    of = board(gates(40, 64, 300, of="layer 0"), gates(40, 64, 300, of="layer 0, backwards"))
    shown = panel(of, width, height)
    assert pieces_width(shown.heading(width)) <= width
    for number in range(shown.count):
        assert pieces_width(shown.row(number, width)) <= width
    headings = [line for line in text(shown, width) if "LSTM" in line]
    assert len(headings) == 2
    assert "backwards" in headings[1]


def test_without_other_characters_it_has_those() -> None:
    assert all(line.isascii() for line in text(panel(board(gates(40)), ascii_text=True)) if "·" not in line)


def test_which_sequence_it_is_and_which_one_comes() -> None:
    of = board(gates(40, sample=1, samples=3))
    assert "sequence 2 of 3" in panel(of, sample=1).heading(100)[0][0]
    assert "at the next" not in panel(of, sample=1).heading(160)[0][0]
    assert "3 at the next validation" in panel(of, sample=2).heading(160)[0][0]
    assert "at the next" not in panel(board(gates(40, sample=2, samples=3)), sample=9).heading(160)[0][0]


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
    assert shown.count == 0
    assert words in shown.empty
