"""The keys of a screen with keys of its own, and what they do, each of them a button for the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from textual.events import Click

from tui.text.pieces import Piece
from tui.text.widths import width
from tui.widgets.lines import Lines

#: The key as people read it, what it does in a word or two, and the action of the screen.
Key = tuple[str, str, str]
_GAP = "  "


class ScreenKeys(Lines):
    """One line, with as many of the keys as fit."""

    def __init__(self, keys: Sequence[Key] = (), *, id: str | None = None) -> None:
        super().__init__(self._pieces_in, id=id)
        self._keys = tuple(keys)

    def show_keys(self, keys: Sequence[Key]) -> None:
        """Show these keys from now on."""
        self._keys = tuple(keys)
        self.show(self._pieces_in)

    def _pieces_in(self, room: int) -> list[Piece]:
        pieces: list[Piece] = [(" ", "")]
        for key, word, _ in self._fitting(room):
            pieces += [(key, "bold $accent"), (f" {word}{_GAP}", "$foreground")]
        return pieces

    def _fitting(self, room: int) -> Sequence[Key]:
        end = 1
        for number, key in enumerate(self._keys):
            end += _width(key)
            if end - len(_GAP) > room:
                return self._keys[:number]
        return self._keys

    async def on_click(self, event: Click) -> None:
        end = 1
        for key in self._fitting(self.size.width):
            end += _width(key)
            if event.x < end:
                await self.screen.run_action(key[2])
                return


def _width(key: Key) -> int:
    return width(f"{key[0]} {key[1]}{_GAP}")
