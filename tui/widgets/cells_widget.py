"""A widget that shows a picture of cells and repaints only what changed of it."""

from __future__ import annotations

import asyncio
from functools import cache
from itertools import pairwise
from typing import ClassVar

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.drawing.cells import Cells, Role
from tui.drawing.heat import heat_colours, is_heat
from tui.drawing.plotext_private import is_warm, warm_up
from tui.options import Marker
from tui.terminal.beside import run_beside
from tui.terminal.characters import marker_of

#: Colours of series; one more series takes the first one again.
SERIES = 6


class CellsWidget(Widget):
    """Shows `Cells`; where the next ones differ, the differing spans of each row are repainted.

    Every role is a component class, `cells--axis` and so on, so colours are the style sheet's alone.
    """

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "cells--value",
        *(f"cells--{role.name.lower()}" for role in Role),
        *(f"cells--series-{number}" for number in range(SERIES)),
    }

    DEFAULT_CSS = """
    CellsWidget {
        .cells--axis, .cells--ghost { color: $text-disabled; }
        .cells--label, .cells--resume, .cells--empty { color: $text-muted; }
        .cells--target, .cells--text { color: $foreground; }
        .cells--chosen { color: $foreground; text-style: bold reverse; }
        .cells--mark { color: $text-primary; text-style: bold; }
        .cells--good { color: $text-success; text-style: bold; }
        .cells--bad { color: $text-warning; text-style: bold; }
        .cells--curve { color: $text-primary; }
        .cells--cursor { color: $foreground; text-style: bold; }
        .cells--value { text-style: bold; }
        .cells--series-0 { color: $text-accent; }
        .cells--series-1 { color: $text-success; }
        .cells--series-2 { color: $text-primary; }
        .cells--series-3 { color: $text-error; }
        .cells--series-4 { color: $text-secondary; }
        .cells--series-5 { color: $text-warning; }
    }
    """

    def __init__(self, *, marker: Marker | None = None, id: str | None = None, classes: str | None = None) -> None:
        """marker: what points are drawn with; by default, what the app's terminal has."""
        super().__init__(id=id, classes=classes)
        self._own_marker = marker
        self._cells = Cells.blank(0, 0)
        self._is_warming = False
        self._styles_by_name: dict[str, Style] = {}

    @property
    def marker(self) -> Marker:
        """What points are drawn with."""
        return self._own_marker or marker_of(self.app)

    @marker.setter
    def marker(self, marker: Marker) -> None:
        if marker != self.marker:
            self._own_marker = marker
            self.redraw()

    def picture(self, width: int, height: int) -> Cells:
        """The cells to show at this size; both are at least 1."""
        raise NotImplementedError

    def placeholder(self, width: int, height: int) -> Cells:
        """What to show until drawing is possible."""
        return Cells.blank(width, height)

    def redraw(self) -> None:
        """Ask for the picture again and repaint what differs from the last one."""
        size = self.content_size
        if not size:
            return
        if is_warm():
            cells = self.picture(size.width, size.height)
        else:
            cells = self.placeholder(size.width, size.height)
            self._warm_up()
        before, self._cells = self._cells, cells
        if self._cells is before:
            return
        if before.glyphs.shape != self._cells.glyphs.shape:
            self.refresh()
        elif spans := changed_spans(before, self._cells):
            self.refresh(*spans)

    def render_line(self, y: int) -> Strip:
        if y >= self._cells.height:
            return Strip.blank(self.content_size.width, self.rich_style)
        width, glyphs, roles = self._cells.width, self._cells.glyphs[y].tolist(), self._cells.roles[y]
        bounds = [0, *(np.flatnonzero(np.diff(roles)) + 1).tolist(), width]
        styles = [self.style_of(role) for role in roles[bounds[:-1]].tolist()]
        segments = [
            Segment("".join(glyphs[begin:end]), style)
            for (begin, end), style in zip(pairwise(bounds), styles, strict=True)
        ]
        return Strip(segments, width)

    def style_of(self, role: int) -> Style:
        """What a character of that role looks like."""
        if not is_heat(role):
            return self.component_style(_class_of(role))
        colour, ground = heat_colours(role, is_dark=self.app.current_theme.dark)
        return self.rich_style + Style(color=colour, bgcolor=ground)

    def component_style(self, name: str) -> Style:
        """The style of the component class `cells--` + name."""
        style = self._styles_by_name.get(name)
        if style is None:
            style = self._styles_by_name[name] = self.get_component_rich_style(f"cells--{name}")
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles_by_name.clear()

    def on_resize(self) -> None:
        self.redraw()

    def _warm_up(self) -> None:
        """Have what drawing needs imported, once, beside the first frames and the first keys; then draw."""
        if not self._is_warming:
            self._is_warming = True
            run_beside(self, self._draw_when_warm)

    async def _draw_when_warm(self) -> None:
        await asyncio.to_thread(warm_up)
        self.redraw()


@cache
def _class_of(role: int) -> str:
    """The component class of a role, without `cells--`; kept, for it is asked for every stretch of a line."""
    return f"series-{(role - Role.SERIES) % SERIES}" if role >= Role.SERIES else Role(role).name.lower()


def changed_spans(before: Cells, after: Cells) -> list[Region]:
    """Per row of two pictures of one size, the span of cells in which they differ."""
    differs = (before.glyphs != after.glyphs) | (before.roles != after.roles)
    rows = np.flatnonzero(differs.any(axis=1))
    firsts = differs[rows].argmax(axis=1)
    ends = differs.shape[1] - differs[rows, ::-1].argmax(axis=1)
    return [
        Region(first, row, end - first, 1)
        for row, first, end in zip(rows.tolist(), firsts.tolist(), ends.tolist(), strict=True)
    ]
