from __future__ import annotations

from typing import Any, cast

from tui.board.screen.panels import NOTHING_READ
from tui.board.screen.prices_reading import PricesReading
from tui.board.state.board import Board


def test_of_a_run_without_prices_nothing_is_read() -> None:
    reading = PricesReading(cast(Any, None), lambda: None)
    for panel in ("forecast", "layers", ""):
        reading.watch(Board("a"), panel)
    assert reading.read(Board("a")) == reading.read(None) == NOTHING_READ
    assert reading.forecast is None
