"""Screens that end up as large as the terminal, however fast its size changes."""

from __future__ import annotations

from typing import Any

from rich.console import RenderableType
from textual.await_complete import AwaitComplete
from textual.events import Resize, ScreenResume
from textual.geometry import Size
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

    #: The size that it has been laid out for, and will hear of.
    _laid_out: Size | None = None

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
        laid_out, self._laid_out = self._laid_out, None
        if event.size == laid_out == self.app.size:
            event.prevent_default()
        else:
            follow_terminal(self, event)

    def _on_screen_resume(self, event: ScreenResume) -> None:  # Textual calls this one, then that of its own class
        """Lay out and paint a screen that has come to lie on top, once.

        Textual (8.2.8) paints all of it again after that, and lays it out again, and all screens below, when it hears
        that it has a size now.
        """
        size = self.app.size
        if self.is_attached and self._size != size:
            event.prevent_default()
            self.stack_updates += 1
            self._update_auto_focus()
            if event.refresh_styles:
                self.update_node_styles(animate=False)
            if all(screen._size == size for screen in self.app._background_screens):
                self._laid_out = size
            self._refresh_layout(size)
