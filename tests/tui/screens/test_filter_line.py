"""What is typed above the list of runs, and what that asks for."""

from __future__ import annotations

from textual.app import ComposeResult

from tests.support.script import press
from tui.runs.catalogue import Order
from tui.screens.filter_line import FilterLine
from tui.terminal.terminal_app import TerminalApp
from tui.widgets.lines import Lines


class OneLine(TerminalApp):
    CSS = "FilterLine { height: 1; } FilterLine Input { width: 1fr; } #count { width: 32; }"

    def compose(self) -> ComposeResult:
        yield FilterLine()


async def test_what_is_typed_is_asked_for_and_what_compares_nothing_looks_refused() -> None:
    async with OneLine("braille").run_test(size=(80, 3)) as pilot:
        line = pilot.app.query_one(FilterLine)
        line.field.focus()
        await press(pilot, *"loss", "less_than_sign")
        assert "compares with no number" in line.asked.problem
        assert line.field.has_class("-refused")
        await press(pilot, "1")
        assert (line.asked.problem, len(line.asked.conditions)) == ("", 1)
        assert not line.field.has_class("-refused")
        line.clear()
        assert (line.field.value, line.asked.conditions) == ("", ())


async def test_it_tells_how_many_there_are() -> None:
    async with OneLine("braille").run_test(size=(80, 3)) as pilot:
        line = pilot.app.query_one(FilterLine)
        line.tell(3, 1000, Order("loss"), 2)
        assert "2 marked · 3 of 1,000 runs" in line.query_one("#count", Lines).render().plain  # type: ignore[union-attr]
