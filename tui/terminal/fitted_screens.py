"""Screens that end up as large as the terminal, however fast its size changes."""

from __future__ import annotations

from typing import Any

from rich.console import RenderableType
from textual.await_complete import AwaitComplete
from textual.events import Resize
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen, ScreenResultType

from tui.terminal.dimmed import Dimmed
from tui.terminal.thrifty_compositor import ThriftyCompositor


def follow_terminal(screen: Screen[Any], event: Resize) -> None:
    """Answer a size that the terminal has left behind with the one it has now.

    After a layout Textual (8.2.8) sends a screen that layout's size once more. That message replaces a newer size
    which is waiting, and the screen would stay as it was.
    """
    size = screen.app.size
    if event.size != size:
        event.prevent_default()
        screen.post_message(Resize(size, size))


class FittedScreen(Screen[ScreenResultType]):
    """A screen that follows the terminal's size."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = ThriftyCompositor()

    async def _on_resize(self, event: Resize) -> None:  # Textual calls this one, then that of its own class
        follow_terminal(self, event)


class FittedModalScreen(ModalScreen[ScreenResultType]):
    """A dialog that follows the terminal's size, over a dimmed dashboard."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close it with a result; nothing happens where it is closed already.

        Textual (8.2.8) would close whatever screen is on top by then.
        """
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def render(self) -> RenderableType:
        below = super().render()
        if isinstance(below, BackgroundScreen):
            return Dimmed(below.screen, below.color)  # type: ignore[return-value] # Textual takes a Visual, too
        return below

    async def _on_resize(self, event: Resize) -> None:  # Textual calls this one, then that of its own class
        follow_terminal(self, event)
