"""The list of all runs: look through it, open one, rename or delete it, compare several."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Click
from textual.widgets import Input

from lstm_engine.errors import UserError
from lstm_engine.store.listing import RunEntry
from tui.runs.catalogue import Catalogue, Order
from tui.runs.marks import LEAST, Marks
from tui.runs.run_folder import RunFolder
from tui.runs.run_rows import Showing, content_widths, count_text, details, layout
from tui.screens.checkpoint_list import CheckpointList
from tui.screens.comparison_screen import ComparisonScreen
from tui.screens.run_questions import DeleteQuestion, rename_question
from tui.terminal.beside import run_beside
from tui.terminal.characters import is_ascii
from tui.terminal.fitted_screens import FittedModalScreen
from tui.text.pieces import Piece
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList
from tui.widgets.screen_keys import ScreenKeys

#: What the line of keys shows, and the action of each.
_KEYS = (
    ("Enter", "open", "open"),
    ("space", "mark", "mark"),
    ("c", "compare", "compare"),
    ("k", "checkpoints", "checkpoints"),
    ("sS", "sort", "sort"),
    ("r", "rename", "rename"),
    ("d", "delete", "delete"),
    ("/", "filter", "look_for"),
    ("?", "help", "app.perform('help')"),
)


class RunList(FittedModalScreen[str | None]):
    """All runs of a folder. Its result is what to open, a run's directory or a checkpoint's path; None for nothing.

    here: the name of the run that is open in this dashboard, if it is one of these.
    """

    CSS_PATH = "runs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("o,q", "dismiss(None)", show=False),
        Binding("slash", "look_for", show=False),
        Binding("space", "mark", show=False),
        Binding("c", "compare", show=False),
        Binding("k", "checkpoints", show=False),
        Binding("s", "sort", show=False),
        Binding("S,upper_s", "reverse", show=False),
        Binding("r", "rename", show=False),
        Binding("d,delete", "delete", show=False),
        Binding("question_mark", "app.perform('help')", show=False),
    ]

    def __init__(self, folder: RunFolder, here: str | None) -> None:
        super().__init__()
        self._folder = folder
        self._showing = Showing(here, folder.now())
        self._catalogue = Catalogue.of(())
        self._order = Order()
        self._marks = Marks()
        self._shown: tuple[RunEntry, ...] = ()
        self._widths: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="runs") as box:
            box.border_title = f"runs in {self._folder.label}"
            box.border_subtitle = "Esc closes"
            with Horizontal(id="filter-line"):
                field = Input(placeholder="/ looks for a run", compact=True, id="filter")
                field.cursor_blink = False  # nothing on the screen moves while nothing happens
                yield field
                yield Lines(id="count")
            yield Lines(id="heading")
            yield RowList(id="rows")
            yield Lines(id="details")
            yield Lines(id="said")
            yield ScreenKeys(_KEYS, id="list-keys")

    def on_mount(self) -> None:
        self._rows.focus()
        self._say("reading the runs…")
        run_beside(self, self._read)

    async def _read(self, name: str | None = None) -> None:
        """Read the folder, on a thread; the cursor goes to the run of that name."""
        try:
            entries, self._widths = await asyncio.to_thread(self._read_entries)
        except UserError as error:
            self._say(str(error), alert=True)
            return
        self._catalogue = Catalogue.of(entries)
        self._showing = replace(self._showing, now=self._folder.now())
        self._mark(self._marks.kept(entries))
        self._say("" if entries else "there is no run yet: Esc, then space trains the first one")
        self._select(name)

    def _read_entries(self) -> tuple[Sequence[RunEntry], dict[str, int]]:
        """The runs, and how wide their columns are."""
        entries = self._folder.entries()
        return entries, content_widths(entries, replace(self._showing, now=self._folder.now()))

    @property
    def _rows(self) -> RowList:
        return self.query_one(RowList)

    @property
    def _present(self) -> RunEntry | None:
        """The run under the cursor."""
        return self._shown[self._rows.cursor] if self._shown else None

    def _line(self, name: str) -> Lines:
        return self.query_one(f"#{name}", Lines)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def _select(self, name: str | None = None) -> None:
        """Show the runs that the filter asks for; the cursor goes to the run of that name, or else to the first."""
        self._shown = self._catalogue.selected(self.query_one(Input).value, self._order)
        names = [entry.run for entry in self._shown]
        self._show_rows(names.index(name) if name in names else 0)
        shown, all_of_them = len(self._shown), len(self._catalogue.entries)
        marked = len(self._marks.runs)
        self._line("count").show(lambda width: count_text(shown, all_of_them, self._order, width, marked))

    def _show_rows(self, cursor: int) -> None:
        widths, order, shown, showing = self._widths, self._order, self._shown, self._showing

        def row(number: int, width: int) -> list[Piece]:
            return layout(width, widths).row(shown[number], showing)

        if not widths:
            return
        self._rows.show(len(shown), row, cursor)
        self._line("heading").show(lambda _: layout(self._rows.row_width, widths).heading(order))

    def on_row_list_moved(self) -> None:
        entry, showing = self._present, self._showing
        self._line("details").show(lambda width: details(entry, showing, width) if entry else [])

    def on_resize(self) -> None:
        self.call_after_refresh(self._stay)

    def _stay(self) -> None:
        """Show the rows anew, with the cursor on the run that it is on by now."""
        self._select(self._present.run if self._present else None)

    def _say(self, text: str, *, alert: bool = False) -> None:
        self._line("said").show(lambda _: [(f" {text}", "bold $text-warning" if alert else "$quiet")])

    # --- looking for a run -------------------------------------------------------------------------------------------

    def on_input_changed(self) -> None:
        self._select()

    def on_input_submitted(self) -> None:
        self._rows.focus()

    def action_look_for(self) -> None:
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """Out of the filter; without one, out of the list."""
        field = self.query_one(Input)
        if not field.value and not field.has_focus:
            self.dismiss(None)
            return
        name = self._present.run if self._present else None
        self._rows.focus()
        with self.prevent(Input.Changed):
            field.value = ""
        self._select(name)

    def on_click(self, event: Click) -> None:
        """On a heading: sort by it, or the other way round where that is so already."""
        if event.widget is not None and event.widget.id == "heading":
            key = layout(self._rows.row_width, self._widths).key_at(event.x)
            if key is not None:
                self._sort(self._order.reversed() if key == self._order.by else Order(key))

    def action_open(self) -> None:
        self.on_row_list_chosen()

    def action_sort(self) -> None:
        self._sort(self._order.next())

    def action_reverse(self) -> None:
        self._sort(self._order.reversed())

    def _sort(self, order: Order) -> None:
        self._order = order
        self._say("")
        self._stay()

    # --- comparing runs ----------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        entry = self._present
        if entry is None:
            return
        try:
            self._mark(self._marks.toggled(entry))
        except UserError as error:
            self._say(str(error), alert=True)
            return
        self._say(self._marks.advice())
        self._select(entry.run)

    def _mark(self, marks: Marks) -> None:
        self._marks = marks
        self._showing = replace(self._showing, marks=marks.pieces(ascii_text=is_ascii(self.app)))

    def action_compare(self) -> None:
        if len(self._marks.runs) < LEAST:
            self._say("space marks a run: mark two or more, then c compares them", alert=True)
        else:
            self.app.push_screen(ComparisonScreen(self._folder, self._marks.runs))

    # --- what is done with a run -------------------------------------------------------------------------------------

    def on_row_list_chosen(self) -> None:
        entry = self._present
        if entry is None:
            return
        if entry.problem is not None:
            self._say(entry.problem, alert=True)
        elif entry.run == self._showing.here:
            self._say(f"{entry.run} is open already: Esc shows it, k lists its checkpoints")
        else:
            self.dismiss(entry.directory)

    def action_checkpoints(self) -> None:
        entry = self._present
        if entry is not None:
            self.app.push_screen(CheckpointList(self._folder, entry.run), self._open_checkpoint)

    def _open_checkpoint(self, path: str | None) -> None:
        if path is not None:
            self.dismiss(path)

    def action_rename(self) -> None:
        entry = self._changeable("rename")
        if entry is not None:
            branches = self._catalogue.branches_of(entry.run)
            question = rename_question(self._folder, entry.run, branches)
            self.app.push_screen(question, partial(self._renamed, entry.run))

    def _renamed(self, run: str, name: str | None) -> None:
        if name is not None:
            self._marks = self._marks.renamed(run, name)
            run_beside(self, partial(self._read, name))

    def action_delete(self) -> None:
        entry = self._changeable("delete")
        if entry is not None:
            branches = self._catalogue.branches_of(entry.run)
            self.app.push_screen(DeleteQuestion(self._folder, entry, branches), self._deleted)

    def _deleted(self, done: bool | None) -> None:
        if done:
            number = self._rows.cursor
            neighbours = [*self._shown[number + 1 :], *reversed(self._shown[:number])]
            run_beside(self, partial(self._read, neighbours[0].run if neighbours else None))

    def _changeable(self, verb: str) -> RunEntry | None:
        """The run under the cursor, unless it is open here, which is told."""
        entry = self._present
        if entry is not None and entry.run == self._showing.here:
            self._say(f"{entry.run} is open here: open another run first, then {verb} it", alert=True)
            return None
        return entry
