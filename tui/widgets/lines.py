"""Lines of styled text that fill their width, redrawn only where their text has changed."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from tui.text.pieces import Piece
from tui.text.widths import width


class Lines(Widget):
    """One line, or a few, whose pieces are a function of the width."""

    DEFAULT_CSS = "Lines { height: 1; }"

    def __init__(self, make: Callable[[int], list[Piece]] | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make = make
        self._pieces: list[Piece] = []
        self._measured: int | None = None

    def show(self, make: Callable[[int], list[Piece]]) -> None:
        """Show what `make` answers for this width, now and after every resize."""
        self._make = make
        self._renew()

    def on_resize(self) -> None:
        self._renew()

    def _renew(self) -> None:
        pieces = self._make(self.size.width) if self._make and self.size.width else []
        if pieces != self._pieces:
            before, self._pieces = self._pieces, pieces
            if self._measured not in (None, self._content().get_height({}, self.size.width)):
                self.refresh(layout=True)
                return
            first, end = _span(_cells(before), _cells(pieces))
            if self.size.height == 1:
                self.refresh(Region(first, 0, end - first, 1))
            else:
                self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As Textual's. What the layout was told is kept: a resize measures the old text at the new width."""
        self._measured = super().get_content_height(container, viewport, width)
        return self._measured

    def render(self) -> RenderResult:
        return self._content()

    def _content(self) -> Content:
        return Content.assemble(*self._pieces)


def _cells(pieces: list[Piece]) -> list[Piece]:
    return [(character, style) for text, style in pieces for character in text for _ in range(width(character))]


def _span(before: list[Piece], after: list[Piece]) -> tuple[int, int]:
    """The columns, first and end, in which two lines differ."""
    length = max(len(before), len(after))
    differs = [column for column in range(length) if before[column : column + 1] != after[column : column + 1]]
    return (differs[0], differs[-1] + 1) if differs else (0, 0)
