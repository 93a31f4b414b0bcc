"""The footer: the keys that matter now, as many as fit, each of them a button for the mouse."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.widget import Widget

from tui.actions import footer_actions, footer_word

_GAP = "  "


class KeyLine(Widget):
    """One line of keys and what they do in the present state."""

    DEFAULT_CSS = "KeyLine { height: 1; }"

    def __init__(self, state: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._state = state

    def show(self, state: str) -> None:
        """Show what the keys do in `state`."""
        if state != self._state:
            self._state = state
            self.refresh()

    def render(self) -> RenderResult:
        parts: list[tuple[str, str]] = [(" ", "")]
        for action in footer_actions(self._state, self.size.width):
            parts += [(action.label, "bold $accent"), (f" {footer_word(action, self._state)}{_GAP}", "$foreground")]
        return Content.assemble(*parts)

    async def on_click(self, event: Click) -> None:
        right = 1
        for action in footer_actions(self._state, self.size.width):
            right += len(f"{action.label} {footer_word(action, self._state)}{_GAP}")
            if event.x < right:
                await self.run_action(f"app.perform('{action.id}')")
                return
