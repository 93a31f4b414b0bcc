"""What all charts over the epochs have in common: they know their columns' epochs, and the mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message

from tui.drawing.curve_picture import CurvePicture
from tui.drawing.layered_picture import LayeredPicture
from tui.options import Marker
from tui.widgets.cells_widget import CellsWidget


class EpochChart(CellsWidget, can_focus=True):
    """A chart over the epochs, under a border with its name."""

    class Clicked(Message):
        """The mouse points at an epoch. epoch: which, the nearest one on the axis."""

        def __init__(self, epoch: int) -> None:
            super().__init__()
            self.epoch = epoch

    class Wheeled(Message):
        """The mouse wheel was turned. steps: 1 for a step up, -1 for one down."""

        def __init__(self, steps: int) -> None:
            super().__init__()
            self.steps = steps

    DEFAULT_CSS = """
    EpochChart {
        border: round $foreground 25%;
        border-title-color: $foreground;
        &:focus { border: round $primary; }
    }
    """

    #: What it draws with.
    _picture: LayeredPicture[Any]

    def __init__(
        self, title: str, *, marker: Marker | None = None, id: str | None, classes: str | None = None
    ) -> None:
        super().__init__(marker=marker, id=id, classes=classes)
        self._title = ""
        self._title_for: Callable[[int], str] = lambda _: title
        self._picture = self.new_picture()
        self.title = title

    def new_picture(self) -> LayeredPicture[Any]:
        """What its curves are drawn with."""
        return CurvePicture()

    @property
    def title(self) -> str:
        """The name on the border."""
        return self._title

    @title.setter
    def title(self, title: str) -> None:
        self.entitle(lambda _: title)

    def entitle(self, title: Callable[[int], str]) -> None:
        """Have a name on the border that depends on the width, in columns, now and whenever that changes."""
        self._title_for = title
        self._put_title()

    def _put_title(self) -> None:
        title = self._title_for(self.size.width)
        if title != self._title:
            self._title = title
            self.border_title = Content(title)

    def on_resize(self) -> None:
        self._put_title()

    @property
    def columns(self) -> int:
        """How many columns there are for the epochs; 0 before anything is drawn."""
        return self._picture.columns

    def reset(self) -> None:
        """Forget the run: the axis of the next one begins anew."""
        self._picture.reset()

    def epoch_at(self, column: int) -> int:
        """The epoch that a column of the content shows, the nearest one in sight where it shows none."""
        return self._picture.epoch_at(column)

    def column_of(self, epoch: int) -> int:
        """The column of the content that shows an epoch, -1 where none does."""
        return self._picture.column_of(epoch)

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None:
            self.post_message(self.Clicked(self.epoch_at(offset.x)))

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.post_message(self.Wheeled(1))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.post_message(self.Wheeled(-1))
