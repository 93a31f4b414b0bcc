"""The footer: the keys that matter now, as many as fit, each of them a button for the mouse."""

from __future__ import annotations

from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.widget import Widget

from tui.actions import BY_ID
from tui.text.widths import width
from tui.view.footer import footer_actions, footer_key, footer_word

_GAP = "  "

#: What tables and the log, which have other uses for these keys by themselves, leave to the time cursor.
TIME_KEYS = ("column_back", "column_on", "columns_back", "columns_on", "first_epoch", "live")
PAGE_KEYS = ("stage_back", "stage_on")


def performing(*actions: str) -> list[BindingType]:
    """Bindings of a widget that carry out these actions, in place of what the widget would do at their keys."""
    return [Binding(BY_ID[action].key, f"app.perform('{action}')", show=False) for action in actions]


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
            parts += [
                (footer_key(action), "bold $accent"),
                (f" {footer_word(action, self._state)}{_GAP}", "$foreground"),
            ]
        return Content.assemble(*parts)

    async def on_click(self, event: Click) -> None:
        right = 1
        for action in footer_actions(self._state, self.size.width):
            right += width(f"{footer_key(action)} {footer_word(action, self._state)}{_GAP}")
            if event.x < right:
                await self.run_action(f"app.perform('{action.id}')")
                return
