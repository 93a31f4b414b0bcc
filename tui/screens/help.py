"""All keys, from the one table of actions."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions import Group, in_group

_GROUPS: tuple[Group, ...] = ("training", "view", "program")


class HelpScreen(ModalScreen[None]):
    """A page over the dashboard; Esc, ? or q closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q", "dismiss(None)", "close")]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog", classes="help") as box:
            box.border_title = "help"
            box.border_subtitle = "Esc closes"
            yield Static(help_text(), id="help-text")


def help_text() -> Content:
    """One line a key, in groups, then what is not a key of its own."""
    lines: list[Content] = []
    for group in _GROUPS:
        lines.append(Content.styled(group, "bold $primary"))
        for action in in_group(group):
            lines.append(Content.assemble((f" {action.label:>9}", "bold"), f"  {action.help}"))
        lines.append(Content())
    lines += [
        Content.styled("tables and charts", "bold $primary"),
        Content.assemble((f" {'↑ ↓':>9}", "bold"), "  Move in the table that has the focus."),
        Content.assemble((f" {'enter':>9}", "bold"), "  On a company: shows its predictions in a chart."),
    ]
    return Content("\n").join(lines)
