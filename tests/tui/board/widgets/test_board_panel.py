"""Rows beside the charts."""

from __future__ import annotations

from tests.support.board_feed import FedSource, training
from tests.support.board_hands import board
from tui.board.widgets.board_panel import BoardPanel


async def test_the_end_is_followed_until_one_looks_elsewhere() -> None:
    source = FedSource()
    source.feed(training(), output="".join(f"line {number}\n" for number in range(100)))
    async with board(source, (80, 24)) as hands:
        await hands.press("l")
        assert hands.rows[-1] == "line 99"
        await hands.feed(output="line 100\n")
        assert hands.rows[-1] == "line 100"
        await hands.press("pageup")
        before = hands.rows
        await hands.feed(output="line 101\n")
        assert hands.rows == before


async def test_another_panel_begins_at_its_beginning() -> None:
    source = FedSource()
    source.feed(training(), output="hello\n" * 100)
    async with board(source, (80, 24)) as hands:
        await hands.press("l", "c")
        panel = hands.screen.query_one(BoardPanel)
        assert panel.rows.cursor == 0
        assert "step=200.ckpt" in hands.rows[0]
        assert "checkpoints · 5" in str(panel.border_title)
