"""Lines of styled text that fill their width, redrawn only where their text has changed."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.statuslines import Piece
from tui.wording import ascii_only


class Lines(Widget):
    """One line, or a few, whose pieces are a function of the width."""

    DEFAULT_CSS = "Lines { height: 1; }"

    def __init__(
        self, make: Callable[[int], list[Piece]] | None = None, *, ascii_text: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._make = make
        self._ascii = ascii_text
        self._pieces: list[Piece] = []

    def show(self, make: Callable[[int], list[Piece]]) -> None:
        """Show what `make` answers for this width, now and after every resize."""
        self._make = make
        self._renew()

    def on_resize(self) -> None:
        self._renew()

    def _renew(self) -> None:
        pieces = self._make(self.size.width) if self._make and self.size.width else []
        if pieces != self._pieces:
            self._pieces = pieces
            self.refresh()

    def render(self) -> RenderResult:
        if not self._ascii:
            return Content.assemble(*self._pieces)
        return Content.assemble(*((ascii_only(text), style) for text, style in self._pieces))
