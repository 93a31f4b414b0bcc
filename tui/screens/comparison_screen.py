"""Several runs side by side: their losses and predictions overlaid, what differs, and what came out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from lstm_engine.text import printable
from tui.drawing.curves import Curve, Plot
from tui.drawing.decimation import Values
from tui.runs.comparison import COMPANIES, ComparedRun, Comparison, differences, read, results
from tui.runs.comparison_table import comparison_table, pages
from tui.runs.run_folder import RunFolder
from tui.terminal.beside import run_beside
from tui.terminal.characters import is_ascii
from tui.terminal.fitted_screens import FittedModalScreen
from tui.text.numbers import figure, given
from tui.text.pieces import Piece, fitted
from tui.text.widths import cut, wrapped
from tui.view.layout import BOARD_HEIGHT, BOARD_WIDTH
from tui.widgets.lines import Lines
from tui.widgets.overlay_chart import OverlayChart
from tui.widgets.screen_keys import ScreenKeys

#: The fewest rows that are left to the charts, where the table has several pages.
_LEAST_CHART = 11
#: Rows of the screen that are neither a chart's nor the table's.
_OTHER_LINES = 2
#: Cells of a company's name in a title.
_NAME_ROOM = 20


class ComparisonScreen(FittedModalScreen[None]):
    """The runs of these names, as they are on disk; each has the colour and the glyph of its place among them.

    comparison: what is shown; without a run before they are read.
    """

    CSS_PATH = "comparison.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,c,q", "dismiss(None)", show=False),
        Binding("y", "log_scale", show=False),
        Binding("tab", "turn(1)", show=False),
        Binding("shift+tab", "turn(-1)", show=False),
        Binding("n", "next_companies", show=False),
        Binding("left", "page(-1)", show=False),
        Binding("right", "page(1)", show=False),
        Binding("r", "read_again", show=False),
        Binding("question_mark", "app.perform('help')", show=False),
    ]

    def __init__(self, folder: RunFolder, names: tuple[str, ...]) -> None:
        super().__init__()
        self._folder = folder
        self._names = names
        self.comparison = Comparison()
        self._read_at = ""
        self._first_company = 0
        self._log = False
        self._turn = 0
        self._page = 0

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
        self._line("comparison-header").show(self._header)
        self.action_read_again()

    def action_read_again(self) -> None:
        run_beside(self, self._read, exclusive=True)

    async def _read(self) -> None:
        """Read the runs, on a thread: histories may be long."""
        self.comparison = await asyncio.to_thread(read, self._folder, self._names, self._first_company)
        self._read_at = f"{self._folder.now().astimezone():%H:%M:%S}"
        self._draw()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _line(self, name: str) -> Lines:
        return self.query_one(f"#{name}", Lines)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        if not self._read_at:
            return
        comparison = self.comparison
        charts = [(self.query_one("#loss", OverlayChart), self._loss())]
        for place, company in enumerate(comparison.companies):
            charts.append((self.query_one(f"#prediction-{place}", OverlayChart), self._predictions(company)))
        self._turn %= len(charts)
        all_at_once = self.size.width >= BOARD_WIDTH and self.size.height >= BOARD_HEIGHT
        shown = [chart for chart, _ in charts] if all_at_once else [charts[self._turn][0]]
        for chart in self.query(OverlayChart):
            chart.display = chart in shown
        self.query_one("#predictions").display = any(chart.id != "loss" for chart in shown)
        for turn, (chart, (plot, title)) in enumerate(charts, start=1):
            chart.show(plot, title if len(shown) == len(charts) else f"{title} ({turn} of {len(charts)})")
        self._draw_lines(turns=len(shown) < len(charts))

    def _loss(self) -> tuple[Plot, str]:
        plot = self._plot([(run, run.loss, _final(run.loss[1:])) for run in self.comparison.runs])
        return replace(plot, log=self._log), f"loss{', logarithmic' if self._log else ''}"

    def _predictions(self, company: str) -> tuple[Plot, str]:
        none = self.comparison.runs[0].loss[:0]
        curves = [(run, run.predictions.get(company, none)) for run in self.comparison.runs]
        target = self.comparison.target(company)
        plot = self._plot([(run, values, _final(values)) for run, values in curves])
        target_text = "" if target is None else f", target {given(target)}"
        return replace(plot, target=target), f"{cut(printable(company), _NAME_ROOM)}: predictions{target_text}"

    def _plot(self, curves: Iterable[tuple[ComparedRun, Values, str]]) -> Plot:
        drawn = tuple(Curve(values, printable(run.name), text) for run, values, text in curves)
        return Plot(drawn, self.comparison.last_epoch)

    def _draw_lines(self, *, turns: bool) -> None:
        comparison = self.comparison
        settings, outcome, line = differences(comparison), results(comparison), self._line("table")
        found = pages(comparison, settings, outcome, line.size.width)
        room = self.size.height - _LEAST_CHART - _OTHER_LINES
        all_at_once = len(found) * (len(comparison.runs) + 1) <= room
        last = 0 if all_at_once else len(found) - 1
        self._page = min(self._page, last)
        shown = found if all_at_once else [found[self._page]]
        corner = f"{'← ' if self._page else ''}{'→' if self._page < last else ''}"
        tables = [comparison_table(comparison, page, corner, ascii_text=is_ascii(self.app)) for page in shown]
        line.show(lambda _: [piece for lines in tables for piece in (("\n", ""), *lines)][1:])
        self._line("comparison-header").show(self._header)
        self._line("problems").show(self._problems)
        self._line("problems").display = bool(comparison.problems)
        keys = [
            ("Esc", "back", "dismiss(None)"),
            ("y", "log scale", "log_scale"),
            *([("tab", "next chart", "turn(1)")] if turns else []),
            *([("← →", "columns", f"page({-1 if self._page == last else 1})")] if last else []),
            *([("n", "other companies", "next_companies")] if len(comparison.shared) > COMPANIES else []),
            ("r", "read again", "read_again"),
            ("?", "help", "app.perform('help')"),
        ]
        self.query_one(ScreenKeys).show_keys(keys)

    def _header(self, width: int) -> list[Piece]:
        title, shared = f" {len(self._names)} runs compared", self.comparison.shared
        if not self._read_at:
            return [(title, "bold $foreground"), (" · reading them…", "$quiet")]
        parts = [f"as on disk at {self._read_at}"]
        if not shared and len(self.comparison.readable) > 1:
            parts.insert(0, "no company in common")
        elif len(shared) > COMPANIES:
            parts.insert(0, f"{len(shared)} companies in common")
        return [(title, "bold $foreground"), (f" · {fitted(parts, width - len(title) - 4)}", "$quiet")]

    def _problems(self, width: int) -> list[Piece]:
        """Why runs are missing: the first of the reasons."""
        problems = self.comparison.problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        lines = wrapped(f"{printable(problems[0])}{more}", max(width - 2, 1)) if problems else []
        return [("\n".join(f" {line}" for line in lines), "bold $text-warning")]

    # --- keys --------------------------------------------------------------------------------------------------------

    def action_log_scale(self) -> None:
        self._log = not self._log
        self._turn = 0
        self._draw()

    def action_turn(self, steps: int) -> None:
        self._turn += steps
        self._draw()

    def action_page(self, steps: int) -> None:
        self._page = max(self._page + steps, 0)
        self._draw()

    def action_next_companies(self) -> None:
        """Show the next companies; read anew, as only those in the charts are kept."""
        if len(self.comparison.shared) > COMPANIES:
            following = self._first_company + COMPANIES
            self._first_company = following if following < len(self.comparison.shared) else 0
            self.action_read_again()


def _final(values: Values) -> str:
    """The last of the values, for the legend."""
    if not len(values):
        return ""
    return figure(float(values[-1]))
