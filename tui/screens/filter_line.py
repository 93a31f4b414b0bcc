"""The line above the run list: what one looks for, and how many runs that finds."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from tui.runs.catalogue import Order
from tui.runs.run_filter import RunFilter
from tui.runs.run_rows import count_text
from tui.widgets.lines import Lines


class FilterLine(Horizontal):
    """A field to type into; what is typed arrives as Textual's own `Input.Changed`.

    asked: what the text asks for.
    """

    def __init__(self) -> None:
        super().__init__(id="filter-line")
        self.asked = RunFilter()

    def compose(self) -> ComposeResult:
        field = Input(placeholder="/ looks for a run", compact=True, id="filter")
        field.cursor_blink = False  # nothing on the screen moves while nothing happens
        yield field
        yield Lines(id="count")

    @property
    def field(self) -> Input:
        return self.query_one(Input)

    def tell(self, shown: int, of: int, order: Order, marked: int) -> None:
        """How many runs are shown and marked, and what they are sorted by."""
        self.query_one("#count", Lines).show(lambda width: count_text(shown, of, order, width, marked))

    def on_input_changed(self, event: Input.Changed) -> None:
        self._ask(event.value)

    def clear(self) -> None:
        """Ask for nothing any more."""
        with self.prevent(Input.Changed):
            self.field.value = ""
        self._ask("")

    def _ask(self, text: str) -> None:
        self.asked = RunFilter.of(text)
        self.field.set_class(bool(self.asked.problem), "-refused")
