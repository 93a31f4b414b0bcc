"""An app around one screen, which has its keys; what a screen cannot do for itself is done here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.shell.framed_app import FramedApp


class OneScreenApp(FramedApp):
    """Leaves, suspends, changes the theme, and shows the help of its screen."""

    CSS_PATH = Path(__file__).with_name("common.tcss")  # Textual looks for a name beside the class that is made of it
    TITLE = "lstm-tui"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "perform('suspend')", show=False),
        Binding("ctrl+c,ctrl+q", "perform('quit')", show=False, priority=True),
    ]

    def show_help(self) -> None:
        """All keys of the screen."""
        raise NotImplementedError

    def action_perform(self, name: str) -> None:
        """What the screen leaves to the app around it."""
        actions: dict[str, Callable[[], object]] = {
            "theme": self.switch_theme,
            "help": self.show_help,
            "suspend": self.suspend_when_answered,
            "quit": self.leave,
        }
        if name in actions:
            actions[name]()
