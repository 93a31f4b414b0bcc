"""All keys, from the one table of actions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.actions import Group, in_group
from tui.runs.run_filter import NUMBER_NAMES, TEXT_NAMES
from tui.terminal.fitted_screens import FittedModalScreen
from tui.text.widths import flush_left, wrapped

_GROUPS: tuple[Group, ...] = ("training", "runs", "time", "inside", "view", "tour", "program")
#: The keys of the list of runs, and of the comparison that it leads to.
IN_THE_LIST = (
    ("space a c", "In the list of runs: marks a run; all that the filter leaves; compares the marked ones."),
    ("", "Where a script's or a model of prices is among them, on the board, on which r chooses those drawn."),
    ("k s S r d", "There too: its checkpoints; sorts, and turns the order; renames; deletes."),
    ("n", "There too: a note on the run; words in it that begin with # are tags."),
    ("/ click", "There too: looks for runs; a click on a heading sorts by it."),
    ("", "A filter has words, “two words”, comparisons, and what is not to be: stopped loss<0.01 tag:old -seed=7."),
    ("", f"Numbers (< <= > >= = !=): {' '.join(NUMBER_NAMES)}."),
    ("", f"Texts (: for a part, = !=): {' '.join(TEXT_NAMES)}."),
    ("tab t", "In the comparison: the next chart; the other columns of the table."),
    ("↑ ↓ p", "There too: choose a run; keeps it first on every page, and no longer."),
    ("b", "There too: runs that differ in their seeds alone as groups, their means with the middle 80 %; runs again."),
    ("m M", "There too: of more than six runs, the next ones; those before."),
    ("y n r", "There too: the loss on a logarithmic scale; other companies; reads the runs again."),
    ("time", "There too, all its keys and the mouse: PgUp and PgDn go to where a run branched off or ends."),
)
_ELSEWHERE = (
    ("arrows", "Move in the table that has the focus, or scroll."),
    ("PgUp PgDn", "Page in a table or a log that is longer than its panel."),
    *IN_THE_LIST,
    ("enter", "On a company in the table: shows it in a chart."),
    ("esc", "Closes a dialog."),
    ("(bell)", "Training has finished, failed, or cannot save; --no-bell keeps it silent."),
)
#: Columns for the keys.
_KEYS = 11


class HelpScreen(FittedModalScreen[None]):
    """A page in place of the dashboard; Esc, ? or q closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q", "dismiss(None)", "close")]

    def __init__(self, lines: tuple[tuple[str, str], ...] = ()) -> None:
        """lines: key and sentence of each, a heading without a sentence; by default, the bench's."""
        super().__init__()
        self._help = lines

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog", classes="help") as box:
            box.border_title = "help"
            box.border_subtitle = "Esc closes"
            yield HelpText(self._help)


class HelpText(Widget):
    """The lines in two columns; one widget, for a hundred of them take a quarter of a second to appear."""

    DEFAULT_CSS = "HelpText { height: auto; }"

    def __init__(self, lines: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__()
        self._help = lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(_rows(width, self._help))

    def render(self) -> RenderResult:
        return Content("\n").join(_rows(self.content_size.width, self._help))


@lru_cache(maxsize=4)
def _rows(width: int, lines: tuple[tuple[str, str], ...]) -> list[Content]:
    rows: list[Content] = []
    for key, text in lines or help_lines():
        keys = wrapped(key, _KEYS - 1)
        if not text:
            rows.append(Content.styled(key, "bold $primary"))
            continue
        texts = wrapped(text, max(width - _KEYS, 1))
        for left, right in itertools.zip_longest(keys, texts, fillvalue=""):
            rows.append(Content.assemble((flush_left(left, _KEYS), "bold $accent"), right))
    return rows


def help_lines() -> Iterator[tuple[str, str]]:
    """Key and sentence of every line; a heading has no sentence."""
    for group in _GROUPS:
        yield group, ""
        for text, actions in groupby(in_group(group), key=lambda action: action.help):
            yield " ".join(action.label for action in actions), text
    yield "elsewhere", ""
    yield from _ELSEWHERE
