"""The chart widgets: training curves over epochs, and the companies' data over days.

They repaint only the spans of cells that changed, in the theme's colours: every role of a cell is a component class.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.decimation import Values
from tui.pictures import CurvePicture, View
from tui.plotting import Cells, Marker, Role

#: How many colours there are for series; the next one takes the first again.
ACCENTS = 6

_CLASS_OF_ROLE = {
    Role.BLANK: "chart--blank",
    Role.AXIS: "chart--axis",
    Role.LABEL: "chart--label",
    Role.TARGET: "chart--target",
    Role.RESUME: "chart--resume",
    Role.GHOST: "chart--ghost",
    Role.CURVE: "chart--curve",
    Role.CURSOR: "chart--cursor",
    Role.EMPTY: "chart--empty",
}


@dataclass(frozen=True, eq=False)
class Curve:
    """What a chart shows; cheap to build for every frame.

    values: per epoch, shape (epochs,), index 0 is epoch 0; may be empty; what is not finite is a gap.
    x_start, x_end: the first and the last epoch on the axis.
    resumes: the epochs at which training was resumed.
    target: the value of a horizontal line.
    log: logarithmic values; zero and below are gaps.
    ghost: another run's curve, drawn behind.
    cursor: the epoch under the time cursor.
    """

    values: Values
    x_end: int
    resumes: tuple[int, ...] = ()
    target: float | None = None
    log: bool = False
    ghost: Values | None = None
    cursor: int | None = None
    x_start: int = 0

    def shows_the_same(self, other: Curve) -> bool:
        """Whether the pictures are equal, taking it that histories only grow."""
        return self._key() == other._key()

    def _key(self) -> tuple[object, ...]:
        ghost = None if self.ghost is None else len(self.ghost)
        axis = (self.x_start, self.x_end, self.resumes, self.target, self.log)
        return (len(self.values), ghost, self.cursor, *axis)


class _CellsWidget(Widget):
    """A widget that shows `Cells` and repaints the spans in which the next ones differ."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._cells = Cells.blank(0, 0)
        self._styles_of_roles: dict[int, Style] = {}

    def picture(self, width: int, height: int) -> Cells:
        """The cells to show at this size, both at least 1."""
        raise NotImplementedError

    def component_class(self, role: int) -> str:
        """The component class that styles a role."""
        return _CLASS_OF_ROLE[Role(role)]

    def repaint(self) -> None:
        """Draw again and repaint what differs."""
        size = self.content_size
        if not size.width or not size.height:
            return
        before, self._cells = self._cells, self.picture(size.width, size.height)
        if before.glyphs.shape != self._cells.glyphs.shape:
            self.refresh()
            return
        regions = changed_spans(before, self._cells)
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        if y >= self._cells.height:
            return Strip.blank(self.content_size.width, self.rich_style)
        roles = self._cells.roles[y]
        text = self._cells.row(y)
        starts = [0, *(np.flatnonzero(np.diff(roles)) + 1).tolist(), len(text)]
        segments = [Segment(text[start:stop], self._style(int(roles[start]))) for start, stop in pairwise(starts)]
        return Strip(segments, len(text))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles_of_roles.clear()

    def on_resize(self) -> None:
        self.repaint()

    def _style(self, role: int) -> Style:
        style = self._styles_of_roles.get(role)
        if style is None:
            style = self.get_component_rich_style(self.component_class(role))
            self._styles_of_roles[role] = style
        return style


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


class Chart(_CellsWidget, can_focus=True):
    """One curve over the epochs, under a border with its name on the left and its value on the right.

    accent: number of the colour; 0 is the loss, the companies follow.
    empty_text: what stands where there is nothing to draw yet.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set(_CLASS_OF_ROLE.values()) | {"chart--value"}

    DEFAULT_CSS = """
    Chart {
        border: round $surface-lighten-2;
        border-title-color: $text;
        &:focus { border: round $primary; }
        .chart--axis { color: $text-disabled; }
        .chart--label { color: $text-muted; }
        .chart--target { color: $success; }
        .chart--resume { color: $text-muted; }
        .chart--ghost { color: $text-disabled; }
        .chart--curve { color: $primary; }
        .chart--cursor { color: $text; text-style: bold; }
        .chart--empty { color: $text-muted; }
        .chart--value { text-style: bold; }
    }
    """

    def __init__(
        self,
        title: str,
        *,
        accent: int = 0,
        empty_text: str = "",
        marker: Marker = "braille",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=f"-accent-{accent % ACCENTS}")
        self.border_title = title
        self._empty_text = empty_text
        self._marker: Marker = marker
        self._curve = Curve(np.empty(0, np.float32), 1)
        self._value = ""
        self._picture = CurvePicture()

    @property
    def marker(self) -> Marker:
        """How points are drawn."""
        return self._marker

    @marker.setter
    def marker(self, marker: Marker) -> None:
        if marker != self._marker:
            self._marker = marker
            self.repaint()

    def show(self, curve: Curve, value: str = "") -> None:
        """Draw the curve, and `value` at the right of the top border. Does nothing where both are as before."""
        if value != self._value:
            self._value = value
            self.border_subtitle = value
        if not curve.shows_the_same(self._curve):
            self._curve = curve
            self.repaint()

    def reset(self) -> None:
        """The next curve is of another run."""
        self._picture.reset()
        self._curve = Curve(np.empty(0, np.float32), 1)
        self.repaint()

    def epoch_at(self, column: int) -> int:
        """The epoch that a column of the content shows, the nearest one in sight where it shows none."""
        return self._picture.epoch_at(column)

    def column_of(self, epoch: int) -> int:
        """The column of the content that shows an epoch, -1 where none does."""
        return self._picture.column_of(epoch)

    def picture(self, width: int, height: int) -> Cells:
        curve = self._curve
        view = View(width, height, self._marker, curve.x_start, curve.x_end, curve.resumes, curve.target, curve.log)
        drawn = self._picture.draw(view, curve.values, curve.ghost, curve.cursor)
        return drawn if drawn is not None else _centred(self._empty_text, Size(width, height))


def _centred(text: str, size: Size) -> Cells:
    cells = Cells.blank(size.width, size.height)
    shown = text if len(text) <= size.width else text[: max(size.width - 1, 0)] + "…"
    cells.write(size.height // 2, (size.width - len(shown)) // 2, shown, Role.EMPTY)
    return cells
