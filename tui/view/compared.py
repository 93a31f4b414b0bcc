"""How runs are compared: which of them, at which epoch, and what their charts show of that. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lstm_engine.text import printable
from tui.drawing.curves import Curve, Plot
from tui.drawing.palette import SERIES_SHOWN
from tui.runs.comparison import (
    NO_VALUE,
    ComparedRun,
    Comparison,
    distinctions,
    loss_text,
    prediction_text,
)
from tui.runs.grouping import has_groups
from tui.runs.marks import Marks
from tui.text.numbers import counted, given
from tui.text.widths import cut
from tui.view.timeline import Axis, Sight, Timeline, settled

#: Cells of a company's name in a title.
_NAME_ROOM = 20


@dataclass(frozen=True)
class Compared:
    """marks: the runs. page: the number of the page of them that is in the charts. place: of the chosen run there.

    first_company: the number of the first company with a chart, among those that these runs share.
    timeline: the epochs. log: whether the losses are drawn on a logarithmic scale.
    bands: whether runs that differ in their seeds alone are shown as one group. groups: how many there are then.
    """

    marks: Marks
    page: int = 0
    place: int = 0
    first_company: int = 0
    timeline: Timeline = field(default_factory=Timeline)
    log: bool = False
    bands: bool = False
    groups: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        """The runs that are read for the charts, in their order there; for groups all of them."""
        return self.marks.runs if self.bands else self.marks.pages[self.page]

    @property
    def pages(self) -> int:
        """How many there are, of runs or of groups."""
        return -(-self.groups // SERIES_SHOWN) if self.bands else len(self.marks.pages)

    @property
    def places(self) -> int:
        """How many runs or groups are in the charts."""
        return min(self.groups - self.page * SERIES_SHOWN, SERIES_SHOWN) if self.bands else len(self.names)

    @property
    def chosen(self) -> str:
        """The name of the chosen run; empty where groups are shown."""
        return "" if self.bands else self.names[self.place]

    def grouping(self) -> Compared:
        """With groups in place of runs, or runs again."""
        return replace(self, bands=not self.bands, page=0, place=0)

    def choosing(self, place: int) -> Compared:
        """With the run at that place of the page chosen, or the nearest one."""
        return replace(self, place=min(max(place, 0), self.places - 1))

    def choosing_on(self, steps: int) -> Compared:
        """With the next run chosen, or the one before for a step of -1, on the next page past the end of this one."""
        place = self.place + steps
        if 0 <= place < self.places:
            return replace(self, place=place)
        turned = self.turned(1 if steps > 0 else -1)
        return replace(turned, place=0 if steps > 0 else turned.places - 1)

    def turned(self, pages: int) -> Compared:
        """So many pages further; the first comes after the last."""
        page = (self.page + pages) % self.pages
        return replace(self, page=page).choosing(self.place)

    def pinned(self) -> Compared:
        """With the chosen run pinned; where it is so already, with none. A group cannot be."""
        if self.bands:
            return self
        marks = self.marks.pinning("" if self.chosen == self.marks.pinned else self.chosen)
        page = min(self.page, len(marks.pages) - 1) if marks.pinned else marks.page_of(self.chosen)
        return replace(self, marks=marks, page=page, place=marks.pages[page].index(self.chosen))

    def settled(self, comparison: Comparison) -> Compared:
        """Without a cursor on what has not happened in any of the runs, nor companies that are not there.

        comparison: of all that was read; of groups where they are shown.
        """
        first = self.first_company if self.first_company < len(comparison.shared) else 0
        groups = max(len(comparison.runs), 1) if self.bands else 1
        page = self.page if not self.bands or self.page * SERIES_SHOWN < groups else 0
        now = replace(self, timeline=settled(self.timeline, axis(comparison)), first_company=first, groups=groups)
        return replace(now, page=page).choosing(self.place)

    def keys(
        self, comparison: Comparison, *, is_back: bool, charts: bool, columns: bool
    ) -> list[tuple[str, str, str]]:
        """The keys that do something now, each with a word or two and the screen's action, the most wanted first.

        is_back: there is a time cursor. charts, columns: not all of them are in sight.
        """
        keys = [
            ("Esc", "back", "close", True),
            ("← →", "look back", "look('column_back')", comparison.newest > 0),
            ("End", "live", "look('live')", is_back),
            ("tab", "next chart", "turn(1)", charts),
            ("t", "columns", "turn_columns(1)", columns),
            ("m", "more groups" if self.bands else "more runs", "turn_runs(1)", self.pages > 1),
            ("b", "runs" if self.bands else "groups", "group", self.bands or has_groups(comparison)),
            ("y", "log scale", "log_scale", True),
            ("n", "other companies", "next_companies", len(comparison.shared) > len(comparison.companies)),
            ("↑ ↓", "choose", "choose(1)", True),
            ("p", "unpin" if self.chosen == self.marks.pinned else "pin", "pin", not self.bands),
            ("+ -", "zoom", "look('zoom_in')", comparison.newest > 0),
            ("?", "help", "app.perform('help')", True),
            ("r", "read again", "read_again", True),
        ]
        return [(key, word, action) for key, word, action, does_something in keys if does_something]


def axis(comparison: Comparison, columns: int = 100, across: int = 2) -> Axis:
    """The epochs of all the runs in the charts; the marks are where one branched off or ends."""
    return Axis(comparison.newest, comparison.end, comparison.turns, columns, across)


def loss_plot(comparison: Comparison, sight: Sight, *, log: bool) -> tuple[Plot, str]:
    """The losses by epoch, and a title for them."""
    curves = ((run, Curve(run.loss, "", loss_text(run, sight.cursor), run.bounds or ())) for run in comparison.runs)
    return replace(_plot(comparison, sight, curves), log=log), f"loss{', logarithmic' if log else ''}"


def prediction_plot(comparison: Comparison, sight: Sight, company: str) -> tuple[Plot, str]:
    """The predictions for a company by epoch, and a title for them."""
    none, cursor = comparison.runs[0].loss[:0], sight.cursor
    curves = (
        (
            run,
            Curve(
                run.predictions.get(company, none),
                text=prediction_text(run, company, cursor),
                bounds=run.prediction_bounds.get(company, ()),
            ),
        )
        for run in comparison.runs
    )
    target = comparison.target(company)
    target_text = "" if target is None else f", target {given(target)}"
    title = f"{cut(printable(company), _NAME_ROOM)}: predictions{target_text}"
    return replace(_plot(comparison, sight, curves), target=target), title


def _plot(comparison: Comparison, sight: Sight, curves: Iterable[tuple[ComparedRun, Curve]]) -> Plot:
    missing = "" if sight.is_live else NO_VALUE
    drawn = tuple(
        replace(curve, name=f"{printable(told)} {printable(run.name)}".lstrip(), text=curve.text or missing)
        for told, (run, curve) in zip(distinctions(comparison), curves, strict=True)
    )
    return Plot(drawn, sight.x_end, sight.x_start, cursor=sight.cursor)


def facts(compared: Compared, comparison: Comparison, sight: Sight) -> list[str]:
    """What the header says of the comparison, the most important first."""
    shared = comparison.shared
    found = [] if sight.is_live else [f"epoch {sight.epoch}"]
    if compared.bands:
        found += [counted(compared.groups, "group"), "of runs with other seeds: means, and the middle 80 %"]
    if compared.pages > 1:
        found.append(f"page {compared.page + 1} of {compared.pages}")
    if compared.marks.pinned and not compared.bands:
        found.append(f"{printable(compared.marks.pinned)} is pinned")
    if comparison.training:
        found.append(f"{comparison.training} training")
    if not shared and len(comparison.readable) > 1:
        found.append("no company in common")
    elif len(shared) > len(comparison.companies):
        found.append(f"{len(shared)} companies in common")
    return found
