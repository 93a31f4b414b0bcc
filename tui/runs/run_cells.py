"""What the run list says of a run, cell by cell: pure functions to text."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lstm_engine.listing.run_entry import RunEntry
from lstm_engine.text import printable
from tui.runs.run_filter import state_word
from tui.text.numbers import epochs_done, figure, number
from tui.text.pieces import Piece
from tui.text.widths import cut

#: A row shows the predictions of no more companies than this, and no longer names.
_COMPANIES, _COMPANY_NAME = 2, 8
#: Glyph and style of each state, so that it is told apart without colour too.
_STATES: dict[str, tuple[str, str]] = {
    "open here": ("▸", "bold $text-accent"),
    "training": ("●", "$text-success"),
    "paused": ("‖", "$text-success"),
    "stopped": ("■", "$foreground"),
    "interrupted": ("◌", "$text-warning"),
    "finished": ("✓", "$text-primary"),
    "failed": ("✗", "$text-error"),
    "damaged": ("✗", "$text-error"),
}


@dataclass(frozen=True)
class Showing:
    """What the rows depend on besides their runs.

    here: the name of the run that is open in this dashboard, if it is one of these.
    now: what “5 min ago” is counted from.
    marks: what stands before the marked runs, by their names.
    """

    here: str | None
    now: datetime.datetime
    marks: Mapping[str, Piece] = field(default_factory=dict)


def state_name(entry: RunEntry, showing: Showing) -> str:
    """The run's state, as the list calls it."""
    return "open here" if entry.run == showing.here else state_word(entry)


def state_style(state: str) -> str:
    """The style of a state of that name."""
    return _STATES[state][1]


def state_text(entry: RunEntry, showing: Showing) -> str:
    """The glyph and the name of its state."""
    state = state_name(entry, showing)
    return f"{_STATES[state][0]} {state}"


def speed(entry: RunEntry) -> str:
    """How fast a process trains the run; empty where it has not told. Of a script an epoch may take hours."""
    if entry.kind == "lightning":
        return "" if entry.steps_per_second is None else f"{_count(entry.steps_per_second)} steps/s"
    return "" if entry.per_second is None else f"{entry.per_second:.0f} epochs/s"


def _count(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def speed_text(entry: RunEntry, _: Showing) -> str:
    """The same as a cell, where the heading of a run of the LSTM is enough to know the unit."""
    return speed(entry).replace(" epochs", "")


def watchers_text(entry: RunEntry, _: Showing) -> str:
    """How many dashboards are on it; empty where nobody counts."""
    return "" if entry.watchers is None else str(entry.watchers)


def epochs_text(entry: RunEntry, _: Showing) -> str:
    """The epochs done, and of how many."""
    return "" if entry.problem else epochs_done(entry.epoch, entry.target)


def loss_text(entry: RunEntry, _: Showing) -> str:
    """The training loss of its last epoch; empty before the first."""
    return "" if entry.train_loss is None else number(entry.train_loss, 7)


def ratio_text(entry: RunEntry, _: Showing) -> str:
    """Of a model of prices, its error by that of yesterday's price; empty for what has none."""
    return "" if entry.problem or entry.ratio is None else f"{entry.ratio:.2f}"


def script_text(entry: RunEntry) -> str:
    """What the script is called; that of a model of prices is its data, which have a cell of their own."""
    return "" if entry.hidden is not None else printable(entry.title)


def predictions_text(entry: RunEntry, _: Showing) -> str:
    """What it predicts for its first companies."""
    return "  ".join(f"{cut(name, _COMPANY_NAME)} {value}" for name, value in _predicted(entry))


def first_prediction(entry: RunEntry, width: int) -> str:
    """No figure is cut, for the rest of it would be another one; the name is."""
    name, value = _predicted(entry)[0]
    return f"{cut(name, min(width - len(value) - 1, _COMPANY_NAME))} {value}"


def _predicted(entry: RunEntry) -> list[tuple[str, str]]:
    shown = list(entry.predictions.items())[:_COMPANIES]
    return [(printable(name), figure(value)) for name, value in shown if value is not None]


def unless_damaged(fact: Callable[[RunEntry], str]) -> Callable[[RunEntry, Showing], str]:
    """A cell with that fact of a run, empty for one that cannot be read."""
    return lambda entry, _: "" if entry.problem else fact(entry)


def setting_text(value: float | None) -> str:
    """A setting, which only a run of the LSTM has."""
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:g}"
