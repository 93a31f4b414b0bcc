"""Several runs side by side: their losses and predictions overlaid, what differs, and what came out."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Click

from lstm_engine.text import printable
from tui.actions import in_group
from tui.drawing.plotting import resolution
from tui.runs.comparison import LOSS_COLUMN, Comparison, differences, results
from tui.runs.comparison_reader import COMPANIES, read
from tui.runs.comparison_table import comparison_table, pages
from tui.runs.grouping import grouped, page_of_groups
from tui.runs.marks import Marks
from tui.runs.run_folder import RunFolder
from tui.screens.questions import jump
from tui.terminal.beside import run_beside
from tui.terminal.characters import is_ascii, marker_of
from tui.terminal.fitted_screens import FittedModalScreen
from tui.text.pieces import Piece, fitted
from tui.text.widths import wrapped
from tui.view.compared import Compared, axis, facts, loss_plot, prediction_plot
from tui.view.layout import BOARD_HEIGHT, BOARD_WIDTH
from tui.view.timeline import TIME_ACTIONS, Axis, Sight, Timeline, jumped, sight, towards, zoomed
from tui.widgets.epoch_chart import EpochChart
from tui.widgets.lines import Lines
from tui.widgets.overlay_chart import OverlayChart
from tui.widgets.screen_keys import ScreenKeys

#: The fewest rows that are left to the charts, where the table has several pages.
_LEAST_CHART = 11
#: Rows of the screen that are neither a chart's nor the table's.
_OTHER_LINES = 2
#: The runs are looked at again after so many times what a look has taken: long histories leave time for the keys.
_REST = 10


class ComparisonScreen(FittedModalScreen[str]):
    """The marked runs as they are on disk, by pages; each has the colour and the glyph of its place on its page.

    Its result is the name of the run that is pinned by then; empty for none.
    comparison: what was read last; without a run before that. groups: the same by groups, where they are shown.
    """

    CSS_PATH = "comparison.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,c,q", "close", show=False),
        Binding("y", "log_scale", show=False),
        Binding("tab", "turn(1)", show=False),
        Binding("shift+tab", "turn(-1)", show=False),
        Binding("n", "next_companies", show=False),
        Binding("up", "choose(-1)", show=False),
        Binding("down", "choose(1)", show=False),
        Binding("p", "pin", show=False),
        Binding("b", "group", show=False),
        Binding("m", "turn_runs(1)", show=False),
        Binding("M,upper_m", "turn_runs(-1)", show=False),
        Binding("t", "turn_columns(1)", show=False),
        Binding("T,upper_t", "turn_columns(-1)", show=False),
        Binding("r", "read_again", show=False),
        Binding("question_mark", "app.perform('help')", show=False),
        *(Binding(action.key, f"look('{action.id}')", show=False) for action in in_group("time")),
    ]
    #: Seconds from one look at the runs to the next, at least.
    every: ClassVar[float] = 2.0

    def __init__(self, folder: RunFolder, marks: Marks) -> None:
        super().__init__()
        self._folder = folder
        self.compared = Compared(marks)
        self.comparison = self.groups = Comparison()
        self._read_at = ""
        self._read_for: object = None
        self._turn = 0
        self._columns_page = 0
        self._wants_values = False

    def compose(self) -> ComposeResult:
        yield Lines(id="comparison-header")
        yield self._chart("loss")
        with Horizontal(id="predictions"):
            for place in range(COMPANIES):
                yield self._chart(f"prediction-{place}")
        yield Lines(id="table")
        yield Lines(id="problems")
        yield ScreenKeys(id="comparison-keys")

    def _chart(self, name: str) -> OverlayChart:
        chart = OverlayChart(id=name)
        chart.can_focus = False  # there is nothing to do on one of them alone
        return chart

    def on_mount(self) -> None:
        header = self._line("comparison-header")
        header.show(self._header)
        self._read_now()
        run_beside(header, self._watch)  # not of the screen: keys wait for what that reads

    def action_read_again(self) -> None:
        """Read the runs from the beginning, whether they have changed or not."""
        self._read_now(anew=True)

    def _read_now(self, *, anew: bool = False) -> None:
        run_beside(self, partial(self._read, anew=anew), exclusive=True)

    async def _watch(self) -> None:
        """Read what the runs have grown by, again and again."""
        pause = self.every
        while True:
            await asyncio.sleep(pause)
            begun = time.monotonic()
            await self._read()
            pause = max(self.every, _REST * (time.monotonic() - begun))

    async def _read(self, *, anew: bool = False) -> None:
        """Read what has changed of the runs, on a thread: histories may be long. anew: all of it."""
        before, wanted, has_bands = self.comparison, self._wanted, self.compared.bands
        comparison = await asyncio.to_thread(read, self._folder, *wanted, None if anew else before)
        groups = await asyncio.to_thread(grouped, comparison) if has_bands else comparison
        if (wanted, has_bands) == (self._wanted, self.compared.bands) and comparison is not before:
            self.comparison, self.groups, self._read_for = comparison, groups, (self.compared.names, has_bands)
            self._read_at = f"{self._folder.now().astimezone():%H:%M:%S}"
            self.compared = self.compared.settled(groups)
            self._draw()

    @property
    def _wanted(self) -> tuple[tuple[str, ...], tuple[str, ...], int]:
        return self.compared.marks.runs, self.compared.names, self.compared.first_company

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    @property
    def is_read(self) -> bool:
        """Whether what was read last is what this page shows."""
        return self._read_for == (self.compared.names, self.compared.bands)

    @property
    def shown(self) -> Comparison:
        """What is in the charts and in the table: runs, or groups of them."""
        return page_of_groups(self.groups, self.compared.page) if self.compared.bands else self.comparison

    def _line(self, name: str) -> Lines:
        return self.query_one(f"#{name}", Lines)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        if not self.is_read:
            self._line("comparison-header").show(self._header)
            return
        comparison, seen = self.shown, self._sight
        charts = [(self.query_one("#loss", OverlayChart), loss_plot(comparison, seen, log=self.compared.log))]
        for place, company in enumerate(comparison.companies):
            chart = self.query_one(f"#prediction-{place}", OverlayChart)
            charts.append((chart, prediction_plot(comparison, seen, company)))
        self._turn %= len(charts)
        all_at_once = self.size.width >= BOARD_WIDTH and self.size.height >= BOARD_HEIGHT
        shown = [chart for chart, _ in charts] if all_at_once else [charts[self._turn][0]]
        for chart in self.query(OverlayChart):
            chart.display = chart in shown
        self.query_one("#predictions").display = any(chart.id != "loss" for chart in shown)
        for turn, (chart, (plot, title)) in enumerate(charts, start=1):
            chart.show(plot, title if len(shown) == len(charts) else f"{title} ({turn} of {len(charts)})")
        self._draw_lines(turns=len(shown) < len(charts))

    @property
    def _axis(self) -> Axis:
        """The epochs, on the first chart in sight."""
        chart = next((chart for chart in self.query(OverlayChart) if chart.display), None)
        columns = chart.columns if chart is not None else 0
        return axis(self.shown, columns or self.size.width, resolution(marker_of(self.app))[0])

    @property
    def _sight(self) -> Sight:
        return sight(self.compared.timeline, self._axis)

    def _draw_lines(self, *, turns: bool) -> None:
        comparison, compared, epoch = self.shown, self.compared, self._sight.cursor
        settings, outcome, line = differences(comparison), results(comparison, epoch), self._line("table")
        found = pages(comparison, settings, outcome, line.size.width)
        room = self.size.height - _LEAST_CHART - _OTHER_LINES
        all_at_once = len(found) * (len(comparison.runs) + 1) <= room
        last = 0 if all_at_once else len(found) - 1
        if self._wants_values:
            self._columns_page = next(
                number for number, columns in enumerate(found) if outcome[LOSS_COLUMN] in columns
            )
            self._wants_values = False
        page = self._columns_page = self._columns_page % (last + 1)
        shown = found if all_at_once else [found[page]]
        corner = f"{page + 1}/{last + 1}" if last else ""
        tables = [
            comparison_table(comparison, columns, corner, compared.place, ascii_text=is_ascii(self.app))
            for columns in shown
        ]
        line.show(lambda _: [piece for lines in tables for piece in (("\n", ""), *lines)][1:])
        self._line("comparison-header").show(self._header)
        self._line("problems").show(self._problems)
        self._line("problems").display = bool(comparison.problems)
        keys = compared.keys(comparison, is_back=epoch is not None, charts=turns, columns=last > 0)
        self.query_one(ScreenKeys).show_keys(keys)

    def _header(self, width: int) -> list[Piece]:
        title = f" {len(self.compared.marks.runs)} runs compared"
        if not self.is_read:
            return [(title, "bold $foreground"), (" · reading them…", "$quiet")]
        parts = [*facts(self.compared, self.shown, self._sight), f"as on disk at {self._read_at}"]
        return [(title, "bold $foreground"), (f" · {fitted(parts, width - len(title) - 4)}", "$quiet")]

    def _problems(self, width: int) -> list[Piece]:
        """Why runs are missing: the first of the reasons."""
        problems = self.comparison.problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        lines = wrapped(f"{printable(problems[0])}{more}", max(width - 2, 1)) if problems else []
        return [("\n".join(f" {line}" for line in lines), "bold $text-warning")]

    # --- keys --------------------------------------------------------------------------------------------------------

    def action_close(self) -> None:
        self.dismiss(self.compared.marks.pinned)

    def action_log_scale(self) -> None:
        self._turn = 0
        self._see(replace(self.compared, log=not self.compared.log))

    def action_turn(self, steps: int) -> None:
        self._turn += steps
        self._draw()

    def action_turn_columns(self, steps: int) -> None:
        self._columns_page += steps
        self._draw()

    def action_turn_runs(self, pages: int) -> None:
        self._see(self.compared.turned(pages))

    def action_choose(self, steps: int) -> None:
        self._see(self.compared.choosing_on(steps))

    def action_pin(self) -> None:
        self._see(self.compared.pinned())

    def action_group(self) -> None:
        self._see(self.compared.grouping(), anew=True)

    def action_next_companies(self) -> None:
        """Show the next companies; read anew, as only those in the charts are kept."""
        if len(self.comparison.shared) > COMPANIES:
            following = self.compared.first_company + COMPANIES
            first = following if following < len(self.comparison.shared) else 0
            self._see(replace(self.compared, first_company=first))

    def _see(self, compared: Compared, *, anew: bool = False) -> None:
        """Compare them that way; where that takes other curves, they are read first. anew: it does."""
        before, self.compared = self.compared, compared
        if not anew and (compared.names, compared.first_company) == (before.names, before.first_company):
            self._draw()
        else:
            self._read_now(anew=anew)

    # --- time --------------------------------------------------------------------------------------------------------

    def action_look(self, name: str) -> None:
        """What the table of actions calls `name`, as on the dashboard's charts."""
        if name == "jump":
            self.app.push_screen(jump(max(self.comparison.newest, 0)), self._jump)
        else:
            self._look(TIME_ACTIONS[name](self.compared.timeline, self._axis))

    def on_epoch_chart_clicked(self, event: EpochChart.Clicked) -> None:
        self._look(towards(self.compared.timeline, self._axis, event.epoch))

    def on_epoch_chart_wheeled(self, event: EpochChart.Wheeled) -> None:
        self._look(zoomed(self.compared.timeline, self._axis, event.steps))

    def on_click(self, event: Click) -> None:
        """On a run in the table: choose it."""
        if event.widget is not None and event.widget.id == "table":
            place = event.y % (self.compared.places + 1) - 1
            if place >= 0:
                self._see(self.compared.choosing(place))

    def _jump(self, epoch: int | None) -> None:
        if epoch is not None:
            self._look(jumped(self.compared.timeline, self._axis, epoch))

    def _look(self, timeline: Timeline) -> None:
        """Look at the runs at that time; what they were then is in the table, on a page that comes into sight."""
        self._wants_values = self.compared.timeline.cursor is None and timeline.cursor is not None
        self._see(replace(self.compared, timeline=timeline))
