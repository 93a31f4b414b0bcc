"""The footer: the keys that matter now, as many as fit, each of them a button for the mouse."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.actions import footer_actions, footer_word


class KeyLine(Widget):
    """One line of keys and what they do in the present state."""

    DEFAULT_CSS = (
        "KeyLine { height: 1; link-style: none; link-style-hover: underline; link-background-hover: $panel; }"
    )

    def __init__(self, state: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._state = state

    def show(self, state: str) -> None:
        """Show what the keys do in `state`."""
        if state != self._state:
            self._state = state
            self.refresh()

    def render(self) -> RenderResult:
        keys = (
            f"[@click=app.perform('{action.id}')][bold $footer-key-foreground]{action.label}[/]"
            f" [$footer-description-foreground]{footer_word(action, self._state)}[/][/]"
            for action in footer_actions(self._state, self.size.width)
        )
        return Content.from_markup(" " + "  ".join(keys))
