"""The gates on any window, and a unit in numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lstm_engine.forecast.inputs import read_inputs
from lstm_engine.script.script_run import INPUTS
from lstm_engine.weight_history.history import read_history
from tests.support.inside_runs import UNITS, inside_run
from tui.board.state.inside import Inside
from tui.board.view.panels.panel import Panel
from tui.board.view.panels.window_gates_panel import WindowAsked, most_days_back, unit_panel, window_gates_panel
from tui.text.pieces import pieces_width

PLAIN = WindowAsked(has_colour=False)


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Inside:
    run = tmp_path_factory.mktemp("runs") / "a"
    inside_run(run, range(1, 31))
    return Inside(run, read_history(run), read_inputs(run / INPUTS))


def text(panel: Panel, width: int = 76, height: int = 60) -> list[str]:
    assert panel.picture is not None
    cells = panel.picture.draw(width, panel.picture.lines(height), "braille")
    return [cells.text(row).rstrip() for row in range(cells.height)]


def row(panel: Panel, number: int, width: int = 76) -> list[str]:
    return "".join(text for text, _ in panel.row(number, width)).split()


def test_the_heading_says_what_they_are_of(inside: Inside) -> None:
    panel = window_gates_panel(inside, replace(PLAIN, ticker=1, back=2))
    assert panel.title == "gates · T001 · 2 of 3"
    first, second, *_ = text(panel)
    assert first == " T001 · epoch 30 · 2024-05-01 to 2024-05-14 · for 2024-05-15"
    assert second.startswith(" held out · ")
    far = window_gates_panel(inside, replace(PLAIN, back=10_000, epoch=0))
    first, second, *_ = text(far, 100)
    assert first == " T000 · ≈ epoch 1 · 2024-01-02 to 2024-01-15 · for 2024-01-16 · 8 units by 10 time steps"
    assert second.startswith(" trained on · ")
    assert inside.inputs is not None
    assert most_days_back(inside.inputs) == 100 - 1 - 11


def test_curves_tell_of_the_epochs_where_there_is_room(inside: Inside) -> None:
    lines = text(window_gates_panel(inside, PLAIN), height=90)
    curves = [line for line in lines if "epochs 1 to 30" in line]
    assert len(curves) == 4
    assert curves[0].startswith(" open ")
    assert curves[2].startswith(" beyond ±0.9 ")
    low, narrow = text(window_gates_panel(inside, PLAIN), height=20), text(window_gates_panel(inside, PLAIN), 30, 90)
    assert not any("▁▁▁" in line and "0.9" not in line and "open" in line for line in low)
    assert not any("epochs 1 to" in line for line in (*low, *narrow))
    assert any(line.startswith(" open ") and "  shut " in line for line in narrow)


def test_the_present_unit_is_marked_in_every_map(inside: Inside) -> None:
    lines = text(window_gates_panel(inside, replace(PLAIN, unit=5)), height=90)
    assert sum(line.startswith("›") for line in lines) == 4
    lines = text(window_gates_panel(inside, replace(PLAIN, unit=5, ascii_text=True)), height=90)
    assert sum(line.startswith(">") for line in lines) == 4


def test_a_row_is_a_unit(inside: Inside) -> None:
    panel, found = window_gates_panel(inside, PLAIN), inside.gates(None, 0, 99)
    assert found is not None
    assert panel.count == UNITS
    means = [f"{found.gates[name][:, 4].mean():.4f}" for name in ("input", "forget", "candidate", "output")]
    assert row(panel, 4) == ["5", *means, f"{found.c[-1, 4]:.4f}", f"{found.h[-1, 4]:.4f}"]


def test_a_unit_in_numbers_by_day(inside: Inside) -> None:
    panel, found = unit_panel(inside, replace(PLAIN, unit=4, back=3, epoch=7)), inside.gates(7, 0, 96)
    assert found is not None
    assert panel.title == "unit 5 of 8 · T000 · epoch 7 · for 2024-05-14"
    assert "".join(text for text, _ in panel.heading(80)).split() == ["date", "return", "i", "f", "g", "o", "c", "h"]
    assert panel.count == 10
    values = [found.days[9], *(each[9, 4] for each in (*found.gates.values(), found.c, found.h))]
    assert row(panel, 9) == ["2024-05-13", *(f"{value:.4f}" for value in values)]


@pytest.mark.parametrize("width", [20, 40, 58, 76])
def test_rows_fit(inside: Inside, width: int) -> None:
    for panel in (window_gates_panel(inside, PLAIN), unit_panel(inside, PLAIN)):
        assert pieces_width(panel.heading(width)) <= width
        assert all(pieces_width(panel.row(number, width)) <= width for number in range(panel.count))


def test_where_it_is_narrow_numbers_lose_decimals_and_none_runs_into_the_next(inside: Inside) -> None:
    assert [len(row(unit_panel(inside, PLAIN), 2, width)) for width in (76, 57, 40)] == [8, 8, 5]


@pytest.mark.parametrize("height", [1, 4, 8, 12, 30])
def test_rows_stay_in_sight(inside: Inside, height: int) -> None:
    picture = window_gates_panel(inside, PLAIN).picture
    assert picture is not None
    assert 1 <= picture.lines(height) <= height
    assert height < 8 or height - picture.lines(height) >= 4


def test_what_is_not_known_is_said(inside: Inside) -> None:
    broken = Inside(inside.directory, inside.history, None, "the prices are damaged")
    assert window_gates_panel(broken, PLAIN).empty == unit_panel(broken, PLAIN).empty == "the prices are damaged"
