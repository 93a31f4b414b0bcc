"""What the script takes of the machine."""

from __future__ import annotations

import pytest

from lstm_engine.script.vocabulary.keeper_events import Gpu, Machine
from tests.support.board_feed import training
from tui.board.state.board import Board
from tui.board.state.reducer import told
from tui.board.view.panels.machine_panel import machine_panel
from tui.state.told import Told


def lines(board: Board, width: int) -> list[str]:
    panel = machine_panel(board, width, ascii_text=False)
    return ["".join(text for text, _ in panel.row(number, width)) for number in range(panel.count)]


@pytest.mark.parametrize("width", [40, 56, 90])
def test_numbers_and_their_curves_fit(width: int) -> None:
    shown = lines(told(Board("a"), Told("a", training())), width)
    assert max(map(len, shown)) <= width
    text = "\n".join(shown)
    for part in ("cores", "5.0 GiB, 48.0 GiB free", "NVIDIA H100", "21.0 GiB of 80.0 GiB", "54 °C", "310 W"):
        assert part in text


def test_what_is_not_known_is_left_out() -> None:
    sample = Machine(processor=1.0, memory=300 << 20, gpus=(Gpu(name="old card"),))
    shown = lines(told(Board("a"), Told("a", [sample])), 80)
    assert [line.split()[0] for line in shown] == ["processor", "memory", "GPU"]
    assert "300 MiB" in shown[1]


def test_a_machine_without_samples_says_so() -> None:
    assert "nothing was measured" in machine_panel(Board("a"), 80, ascii_text=False).empty
