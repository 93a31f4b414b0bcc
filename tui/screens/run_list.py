"""The list of all runs: look through it, open one, rename or delete it, compare several."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from lstm_engine.errors import UserError
from lstm_engine.listing.run_entry import RunEntry
from tui.runs.catalogue import Order
from tui.runs.chosen_run import ChosenRun
from tui.runs.live_listing import LiveListing
from tui.runs.marks import LEAST, Marks
from tui.runs.run_cells import Showing
from tui.runs.run_details import details
from tui.runs.run_folder import RunFolder
from tui.runs.run_rows import Sheet
from tui.screens.checkpoint_list import CheckpointList
from tui.screens.comparison_screen import ComparisonScreen
from tui.screens.filter_line import FilterLine
from tui.screens.run_list_keys import KEY_BINDINGS, KEYS
from tui.screens.run_questions import DeleteQuestion, note_question, rename_question
from tui.screens.run_table import RunTable
from tui.screens.said import Said
from tui.terminal.beside import run_beside
from tui.terminal.characters import is_ascii
from tui.terminal.fitted_screens import FittedModalScreen
from tui.widgets.lines import Lines
from tui.widgets.screen_keys import ScreenKeys


class RunList(FittedModalScreen[ChosenRun | None]):
    """All runs of a folder. Its result is the run to open; None for none.

    here: the name of the run that is open in this dashboard, if it is one of these.
    """

    CSS_PATH = "runs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*KEY_BINDINGS]

    def __init__(self, folder: RunFolder, here: str | None) -> None:
        super().__init__()
        self._folder = folder
        self._live = LiveListing(folder)
        self._showing = Showing(here, folder.now())
        self._order = Order()
        self._marks = Marks()

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="runs") as box:
            box.border_title = f"runs in {self._folder.label}"
            box.border_subtitle = "Esc closes"
            yield FilterLine()
            yield RunTable(Sheet((), self._order, self._showing, {}))
            yield Lines(id="details")
            yield Said()
            yield ScreenKeys(KEYS, id="list-keys")

    def on_mount(self) -> None:
        self._table.rows.focus()
        self._said.say("reading the runs…", by="folder")
        run_beside(self, self._look)
        run_beside(self._table, self._keep_looking)  # not of the screen: keys wait for what that is about

    @property
    def _table(self) -> RunTable:
        return self.query_one(RunTable)

    @property
    def _present(self) -> RunEntry | None:
        """The run under the cursor."""
        return self._table.present

    @property
    def _said(self) -> Said:
        return self.query_one(Said)

    @property
    def _filter(self) -> FilterLine:
        return self.query_one(FilterLine)

    # --- reading the folder ------------------------------------------------------------------------------------------

    async def _keep_looking(self) -> None:
        """Show what other processes do in the folder, while the list is what one sees."""
        while True:
            await self._live.pause()
            if self.is_active:
                await self._look()

    async def _look(self) -> None:
        showing = replace(self._showing, now=self._folder.now())
        try:
            is_new = await self._live.look(showing)
        except UserError as error:
            self._said.say(str(error), by="folder", alert=True)
            return
        entries = self._live.listing.catalogue.entries
        if entries:
            self._said.take_back("folder")
        else:
            self._said.say("there is no run yet: Esc, then space trains the first one", by="folder")
        if is_new:
            self._showing = replace(self._showing, now=showing.now)
            self._mark(self._marks.kept(entries))
            self._table.renew(self._sheet())
            self._count()

    async def _read(self, name: str | None) -> None:
        """Show what was done to the folder here; the cursor goes to the run of that name."""
        self._said.say("")
        await self._look()
        self._select(name)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def _sheet(self) -> Sheet:
        """The runs that the filter asks for."""
        runs = self._live.listing.catalogue.selected(self._filter.asked, self._order)
        return Sheet(runs, self._order, self._showing, self._live.listing.widths)

    def _select(self, name: str | None = None) -> None:
        """Show the runs that the filter asks for; the cursor goes to the run of that name, or else to the first."""
        self._table.show(self._sheet(), name)
        self._count()

    def _count(self) -> None:
        shown, all_of_them = len(self._table.sheet.runs), len(self._live.listing.catalogue.entries)
        self._filter.tell(shown, all_of_them, self._order, len(self._marks.runs))

    def on_row_list_moved(self) -> None:
        entry, showing = self._present, self._showing
        self.query_one("#details", Lines).show(lambda width: details(entry, showing, width) if entry else [])

    def on_resize(self) -> None:
        self.call_after_refresh(self._stay)

    def _stay(self) -> None:
        """Show the rows anew, with the cursor on the run that it is on by now."""
        self._select(self._present.run if self._present else None)

    # --- looking for a run -------------------------------------------------------------------------------------------

    def on_input_changed(self) -> None:
        self._said.take_back("filter")
        if self._filter.asked.problem:
            self._said.say(self._filter.asked.problem, by="filter", alert=True)
        self._select()

    def on_input_submitted(self) -> None:
        self._table.rows.focus()

    def action_look_for(self) -> None:
        self._filter.field.focus()

    def action_back(self) -> None:
        """Out of the filter; without one, out of the list."""
        field, present = self._filter.field, self._present
        if not field.value and not field.has_focus:
            self.dismiss(None)
            return
        self._table.rows.focus()
        self._filter.clear()
        self._said.take_back("filter")
        self._select(present.run if present else None)

    def on_run_table_heading_chosen(self, event: RunTable.HeadingChosen) -> None:
        """Sort by it, or the other way round where that is so already."""
        self._sort(self._order.reversed() if event.by == self._order.by else Order(event.by))

    def action_open(self) -> None:
        self.on_row_list_chosen()

    def action_sort(self) -> None:
        self._sort(self._order.next())

    def action_reverse(self) -> None:
        self._sort(self._order.reversed())

    def _sort(self, order: Order) -> None:
        self._order = order
        self._said.say("")
        self._stay()

    # --- comparing runs ----------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        entry = self._present
        if entry is None:
            return
        try:
            self._mark(self._marks.toggled(entry))
        except UserError as error:
            self._said.say(str(error), alert=True)
            return
        self._said.say(self._marks.advice())
        self._select(entry.run)

    def action_mark_all(self) -> None:
        """Those that the filter leaves; again, none of them."""
        self._mark(self._marks.toggled_all(self._table.sheet.runs))
        self._said.say(self._marks.advice())
        self._stay()

    def _mark(self, marks: Marks) -> None:
        self._marks = marks
        self._showing = replace(self._showing, marks=marks.pieces(ascii_text=is_ascii(self.app)))

    def action_compare(self) -> None:
        if len(self._marks.runs) < LEAST:
            self._said.say("space marks a run: mark two or more, then c compares them", alert=True)
        elif self._marks.has_script(self._live.listing.catalogue.entries):
            self.dismiss(ChosenRun(str(self._folder.root), "logs", self._marks.runs))  # the board draws any metrics
        else:
            self.app.push_screen(ComparisonScreen(self._folder, self._marks), self._compared)

    def _compared(self, pinned: str | None) -> None:
        """The comparison is closed: what it has pinned stays so, and has the glyph that it had there."""
        self._mark(self._marks.pinning(pinned or ""))
        self._stay()

    # --- what is done with a run -------------------------------------------------------------------------------------

    def on_row_list_chosen(self) -> None:
        entry = self._present
        if entry is None:
            return
        if entry.problem is not None:
            self._said.say(entry.problem, alert=True)
        elif entry.run == self._showing.here:
            more = ", k lists its checkpoints" if entry.kind == "lstm" else ""
            self._said.say(f"{entry.run} is open already: Esc shows it{more}")
        else:
            self.dismiss(ChosenRun(entry.directory, entry.kind))

    def action_checkpoints(self) -> None:
        entry = self._present
        if entry is not None and entry.kind == "lightning":
            whose = "a script's run" if entry.hidden is None else "a model of prices"
            self._said.say(f"{entry.run} is {whose}: its checkpoints are on its board, at c")
        elif entry is not None:
            self.app.push_screen(CheckpointList(self._folder, entry.run), self._open_checkpoint)

    def _open_checkpoint(self, path: str | None) -> None:
        if path is not None:
            self.dismiss(ChosenRun(path))

    def action_rename(self) -> None:
        entry = self._changeable("rename")
        if entry is not None:
            branches = self._live.listing.catalogue.branches_of(entry.run)
            question = rename_question(self._folder, entry.run, branches)
            self.app.push_screen(question, partial(self._renamed, entry.run))

    def _renamed(self, run: str, name: str | None) -> None:
        if name is not None:
            self._marks = self._marks.renamed(run, name)
            run_beside(self, partial(self._read, name))

    def action_note(self) -> None:
        entry = self._present
        if entry is not None:
            self.app.push_screen(note_question(self._folder, entry), partial(self._noted, entry.run))

    def _noted(self, run: str, note: str | None) -> None:
        if note is not None:
            run_beside(self, partial(self._read, run))

    def action_delete(self) -> None:
        entry = self._changeable("delete")
        if entry is not None:
            branches = self._live.listing.catalogue.branches_of(entry.run)
            self.app.push_screen(DeleteQuestion(self._folder, entry, branches), self._deleted)

    def _deleted(self, done: bool | None) -> None:
        if done:
            runs, number = self._table.sheet.runs, self._table.rows.cursor
            neighbours = [*runs[number + 1 :], *reversed(runs[:number])]
            run_beside(self, partial(self._read, neighbours[0].run if neighbours else None))

    def _changeable(self, verb: str) -> RunEntry | None:
        """The run under the cursor, unless it is open here, which is told."""
        entry = self._present
        if entry is None or entry.run != self._showing.here:
            return entry
        self._said.say(f"{entry.run} is open here: open another run first, then {verb} it", alert=True)
        return None
