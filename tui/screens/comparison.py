"""Several runs side by side: their losses and predictions overlaid, what differs, and what came out."""

from __future__ import annotations

import asyncio
import textwrap
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen

from lstm_engine.companies import printable
from tui.comparison import COMPANIES, ComparedRun, Comparison, columns, read
from tui.comparison_rows import first_columns, room_for_columns, table
from tui.decimation import Values
from tui.folder import RunFolder
from tui.options import Marker
from tui.screens.layout import BOARD_HEIGHT, BOARD_WIDTH
from tui.statuslines import Piece
from tui.widgets.lines import Lines, keys_line
from tui.widgets.overlay import Overlay, OverlayChart, Series
from tui.wording import loss_text, number


class ComparisonScreen(ModalScreen[None]):
    """The runs of these names, as they are on disk; each has the colour and the glyph of its place among them."""

    CSS_PATH = "comparison.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,c,q", "dismiss(None)", show=False),
        Binding("y", "log_scale", show=False),
        Binding("tab", "turn(1)", show=False),
        Binding("shift+tab", "turn(-1)", show=False),
        Binding("n", "next_companies", show=False),
        Binding("left", "scroll(-1)", show=False),
        Binding("right", "scroll(1)", show=False),
        Binding("r", "read_again", show=False),
    ]

    def __init__(self, folder: RunFolder, names: tuple[str, ...], *, marker: Marker = "braille") -> None:
        super().__init__()
        self._folder = folder
        self._names = names
        self._marker: Marker = marker
        self._ascii = marker == "ascii"
        self._comparison = Comparison()
        self._read_at = ""
        self._first_company = 0
        self._log = False
        self._turn = 0
        self._first_column = 0

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="comparison") as box:
            box.border_title = f"{len(self._names)} runs compared"
            box.border_subtitle = "Esc closes"
            yield OverlayChart("loss", marker=self._marker, id="loss")
            with Horizontal(id="predictions"):
                for place in range(COMPANIES):
                    yield OverlayChart(marker=self._marker, id=f"prediction-{place}")
            yield Lines(ascii_text=self._ascii, id="table")
            yield Lines(ascii_text=self._ascii, id="said")
            yield Lines(ascii_text=self._ascii, id="comparison-keys")

    def on_mount(self) -> None:
        for chart in self.query(OverlayChart):
            chart.can_focus = False  # there is nothing to do on one of them alone
        self._line("said").show(lambda _: [(" reading the runs…", "$quiet")])
        self.action_read_again()

    def action_read_again(self) -> None:
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        """Read the runs, on a thread: histories may be long."""
        self._comparison = await asyncio.to_thread(read, self._folder, self._names, self._first_company)
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
        comparison = self._comparison
        charts = [(self.query_one("#loss", OverlayChart), self._loss())]
        for place, company in enumerate(comparison.companies):
            charts.append((self.query_one(f"#prediction-{place}", OverlayChart), self._predictions(company)))
        self._turn %= len(charts)
        all_at_once = self.size.width >= BOARD_WIDTH and self.size.height >= BOARD_HEIGHT
        shown = [chart for chart, _ in charts] if all_at_once else [charts[self._turn][0]]
        for chart in self.query(OverlayChart):
            chart.display = chart in shown
        self.query_one("#predictions").display = any(chart.id != "loss" for chart in shown)
        for turn, (chart, (overlay, title)) in enumerate(charts, start=1):
            chart.show(overlay, title if len(shown) == len(charts) else f"{title} · {turn} of {len(charts)}")
        self._draw_lines(turns=len(shown) < len(charts))

    def _loss(self) -> tuple[Overlay, str]:
        overlay = self._overlay([(run, run.loss, _final(run.loss[1:], loss=True)) for run in self._comparison.runs])
        return replace(overlay, log=self._log), f"loss{', logarithmic' if self._log else ''}"

    def _predictions(self, company: str) -> tuple[Overlay, str]:
        none = self._comparison.runs[0].loss[:0]
        curves = [(run, run.predictions.get(company, none)) for run in self._comparison.runs]
        target = self._comparison.target(company)
        overlay = self._overlay([(run, values, _final(values)) for run, values in curves])
        told = "" if target is None else f", target {target:g}"
        return replace(overlay, target=target), f"{printable(company)[:20]}: predictions{told}"

    def _overlay(self, curves: Iterable[tuple[ComparedRun, Values, str]]) -> Overlay:
        series = tuple(Series(printable(run.name), values, text) for run, values, text in curves)
        return Overlay(series, self._comparison.last_epoch)

    def _draw_lines(self, *, turns: bool) -> None:
        comparison = self._comparison
        found = columns(comparison)
        line = self._line("table")
        furthest = first_columns(found, room_for_columns(comparison, line.size.width))
        self._first_column = first = min(self._first_column, furthest)
        line.show(lambda width: table(comparison, found, first, width, ascii_text=self._ascii))
        self._line("said").show(self._said)
        keys = [
            ("y", "log scale"),
            *([("tab", "next chart")] if turns else []),
            *([("← →", "columns")] if furthest else []),
            *([("n", "other companies")] if len(comparison.shared) > COMPANIES else []),
            ("r", "read again"),
            ("Esc", "back"),
        ]
        self._line("comparison-keys").show(lambda width: keys_line(keys, width))

    def _said(self, width: int) -> list[Piece]:
        problems, shared = self._comparison.problems, self._comparison.shared
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            lines = textwrap.wrap(f"{printable(problems[0])}{more}", max(width - 2, 1))
            return [("\n".join(f" {line}" for line in lines), "bold $text-warning")]
        parts = [f"as on disk at {self._read_at}"]
        if not shared:
            parts.append("they share no company: only losses compare")
        elif len(shared) > COMPANIES:
            parts.append(f"{len(shared)} companies in all of them")
        return [(f" {' · '.join(parts)}", "$quiet")]

    # --- keys --------------------------------------------------------------------------------------------------------

    def action_log_scale(self) -> None:
        self._log = not self._log
        self._draw()

    def action_turn(self, steps: int) -> None:
        self._turn += steps
        self._draw()

    def action_scroll(self, steps: int) -> None:
        self._first_column = max(self._first_column + steps, 0)
        self._draw()

    def action_next_companies(self) -> None:
        """Show the next companies; read anew, as only those in the charts are kept."""
        if len(self._comparison.shared) > COMPANIES:
            following = self._first_company + COMPANIES
            self._first_company = following if following < len(self._comparison.shared) else 0
            self.action_read_again()


def _final(values: Values, *, loss: bool = False) -> str:
    """The last of the values, for the legend."""
    if not len(values):
        return ""
    value = float(values[-1])
    return loss_text(value) if loss else number(value, 7)
