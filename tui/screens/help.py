"""All keys, from the one table of actions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.widgets import Label

from tui.actions import Group, in_group
from tui.screens.fitting import FittedModalScreen

_GROUPS: tuple[Group, ...] = ("training", "runs", "time", "inside", "view", "tour", "program")
_ELSEWHERE = (
    ("arrows", "Move in the table that has the focus, or scroll."),
    ("space c", "In the list of runs: marks a run; compares the marked ones."),
    ("k s S r d", "There too: its checkpoints; sorts, and turns the order; renames; deletes."),
    ("enter", "On a company in the table: shows it in a chart."),
    ("esc", "Closes a dialog."),
)


class HelpScreen(FittedModalScreen[None]):
    """A page over the dashboard; Esc, ? or q closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q", "dismiss(None)", "close")]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog", classes="help") as box:
            box.border_title = "help"
            box.border_subtitle = "Esc closes"
            with Grid(id="help-keys"):
                for key, text in help_lines():
                    yield Label(key, classes="key" if text else "heading", markup=False)
                    yield Label(text, markup=False)


def help_lines() -> Iterator[tuple[str, str]]:
    """Key and sentence of every line; a heading has no sentence."""
    for group in _GROUPS:
        yield group, ""
        for text, actions in groupby(in_group(group), key=lambda action: action.help):
            yield " ".join(action.label for action in actions), text
    yield "elsewhere", ""
    yield from _ELSEWHERE
