"""The list of members of a sweep: look through it, open one as a run, compare several."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from lstm_engine.errors import UserError
from tui.options import EngineOptions
from tui.runs.marks import LEAST, Marks
from tui.runs.run_folder import RunFolder
from tui.screens.comparison_screen import ComparisonScreen
from tui.screens.said import Said
from tui.sweep.members.listed import Listed
from tui.sweep.members.member_run import MemberRun, run_name
from tui.sweep.members.member_sheet import MemberSheet
from tui.sweep.members.recomputation import Brought, brought
from tui.sweep.standing import Standing, State
from tui.terminal.beside import run_beside
from tui.terminal.characters import is_ascii
from tui.terminal.fitted_screens import FittedModalScreen
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList
from tui.widgets.screen_keys import ScreenKeys

#: What the line of keys shows.
_KEYS = (
    ("Enter", "open", "open"),
    ("space", "mark", "mark"),
    ("c", "compare", "compare"),
    ("sS", "sort", "sort"),
    ("Esc", "back", "back"),
    ("?", "help", "app.perform('help')"),
)
#: Why no member is opened in these states of the sweep: what was trained of it is on its way to disk.
_NOT_YET: dict[State, str] = {
    "starting": "the sweep is starting: its members can be opened once it is paused or finished",
    "training": "the sweep is training: Esc, then space pauses it, and its members can be opened",
    "pausing": "the sweep is being saved: one moment",
}
#: What is done with members that are runs by now.
Then = Callable[[list[Brought]], None]


class MemberScreen(FittedModalScreen[Listed]):
    """Members, each a line. Its result is how they were listed.

    listed: how they are by now.
    """

    CSS_PATH = "members.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", show=False),
        Binding("space", "mark", show=False),
        Binding("c", "compare", show=False),
        Binding("s", "sort", show=False),
        Binding("S,upper_s", "reverse", show=False),
        Binding("question_mark", "app.perform('help')", show=False),
    ]

    def __init__(
        self, standing: Standing, listed: Listed, engine: EngineOptions, open_run: Callable[[Brought], None]
    ) -> None:
        """engine: what computes a member again. open_run: has a run opened in place of the sweep."""
        super().__init__()
        self._standing = standing
        self.listed = listed
        self._engine = engine
        self._open_run = open_run
        self._is_busy = False
        self._sheet: MemberSheet | None = None

    def compose(self) -> ComposeResult:
        yield Lines(id="members-title")
        yield Lines(id="members-heading")
        yield RowList(id="members-rows")
        yield Said()
        yield ScreenKeys(_KEYS, id="members-keys")

    def on_mount(self) -> None:
        self._rows.focus()
        self._draw()

    @property
    def _rows(self) -> RowList:
        return self.query_one(RowList)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show(self, standing: Standing) -> None:
        """Show the members as they are by now; the cursor stays on its member."""
        if standing.results is self._standing.results:
            self._standing = standing
            return
        self._standing = standing
        sheet = self._made()
        if sheet is not None:
            self._rows.renew(len(sheet.members), sheet.row, sheet.cursor)

    def _draw(self) -> None:
        sheet = self._made()
        if sheet is not None:
            self._rows.show(len(sheet.members), sheet.row, sheet.cursor)

    def _made(self) -> MemberSheet | None:
        """The sheet of the members as they are listed by now, with its title and heading on the screen."""
        results = self._standing.results
        if results is None:
            return None
        glyphs = self._marks.pieces(ascii_text=is_ascii(self.app))
        marks = {member: glyphs[name] for member, name in zip(self.listed.marked, self._marks.runs, strict=True)}
        self._sheet = sheet = MemberSheet(results, self.listed, marks)
        self.query_one("#members-title", Lines).show(sheet.title)
        self.query_one("#members-heading", Lines).show(sheet.heading)
        return sheet

    def _see(self, listed: Listed) -> None:
        self.listed = listed
        self._draw()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def on_row_list_moved(self) -> None:
        if self._sheet is not None:
            self.listed = replace(self.listed, cursor=int(self._sheet.members[self._rows.cursor]))

    # --- keys --------------------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        self.dismiss(self.listed)

    def action_sort(self) -> None:
        self._see(replace(self.listed, order=self.listed.order.next()))

    def action_reverse(self) -> None:
        self._see(replace(self.listed, order=self.listed.order.reversed()))

    def action_mark(self) -> None:
        if self.listed.cursor is not None:
            self._see(self.listed.marking(self.listed.cursor))
            self._said.say(self._marks.advice())

    def on_row_list_chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        if self.listed.cursor is not None:
            self._bring((self.listed.cursor,), self._open_first)

    def action_compare(self) -> None:
        if len(self.listed.marked) < LEAST:
            self._said.say("space marks a member: mark two or more, then c compares them", alert=True)
        else:
            self._bring(self.listed.marked, self._compare)

    # --- members as runs ---------------------------------------------------------------------------------------------

    def _bring(self, members: tuple[int, ...], then: Then) -> None:
        """Have these members be runs, then go on with those."""
        now = self._standing
        if self._is_busy:
            return
        if now.results is None or now.state in _NOT_YET:
            self._said.say(_NOT_YET.get(now.state, ""), alert=True)
            return
        try:
            runs = [MemberRun.of(now.name, now.results, member) for member in members]
        except UserError as error:
            self._said.say(str(error), alert=True)
            return
        self._is_busy = True
        run_beside(self, partial(self._brought, runs, then))

    async def _brought(self, runs: list[MemberRun], then: Then) -> None:
        try:
            found = await brought(runs, self._engine, self._said.say)
        except UserError as error:
            self._said.say(str(error), alert=True)
        else:
            then(found)
        finally:
            self._is_busy = False

    def _open_first(self, found: list[Brought]) -> None:
        self._open_run(found[0])

    def _compare(self, found: list[Brought]) -> None:
        others = [one.said for one in found if not one.is_same]
        self._said.say("; ".join(others) or f"all {len(found)} have the same bits as in the sweep")
        marks = Marks(tuple(one.run.name for one in found))
        self.app.push_screen(ComparisonScreen(RunFolder.at(self._engine.checkpoints), marks))

    @property
    def _marks(self) -> Marks:
        """Those that are marked, as the runs that they will be."""
        settings = self._standing.settings
        return Marks(tuple(run_name(self._standing.name, settings.member(member)) for member in self.listed.marked))

    @property
    def _said(self) -> Said:
        return self.query_one(Said)
