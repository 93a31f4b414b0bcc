"""All that is known of the run under the cursor, as lines of text of a given width. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_engine.listing.run_entry import RunEntry
from lstm_engine.text import printable
from tui.runs.run_cells import Showing, speed, state_name, state_style
from tui.text.numbers import counted, epochs_done, figure
from tui.text.pieces import Piece
from tui.text.sentences import lineage
from tui.text.times import local_time
from tui.text.widths import cut, wrapped
from tui.text.widths import width as width_of

#: The predictions of no more companies than this.
_COMPANIES = 4


def details(entry: RunEntry, showing: Showing, width: int) -> list[Piece]:
    """All that is known of a run, the most telling first, on as many lines as it takes."""
    state = state_name(entry, showing)
    note = cut(entry.note, width - 2)
    facts = [note, printable(entry.problem)] if entry.problem else [*_process(entry), *_facts(entry, note)]
    text = "\n ".join(_lines([state, *filter(None, facts)], width - 2))
    return [(" ", ""), (state, state_style(state)), (text[len(state) :], "")]


def _process(entry: RunEntry) -> list[str]:
    """Who has the run, how fast it trains, and how many look on, as far as that is known."""
    return [
        speed(entry),
        "" if entry.pid is None else f"process {entry.pid} on {printable(entry.host or 'an unknown host')}",
        "" if entry.watchers is None else _looking_on(entry.watchers),
    ]


def _looking_on(watchers: int) -> str:
    if not watchers:
        return "no dashboard looks on"
    return f"{counted(watchers, 'dashboard')} {'looks' if watchers == 1 else 'look'} on"


def _facts(entry: RunEntry, note: str) -> list[str]:
    predictions = [
        f"{printable(name)} {figure(value)}" for name, value in entry.predictions.items() if value is not None
    ]
    more = len(predictions) - _COMPANIES
    return [
        f"epoch {epochs_done(entry.epoch, entry.target)}",
        "" if entry.train_loss is None else f"loss {figure(entry.train_loss)}",
        note,
        "" if entry.ratio is None else f"ratio {entry.ratio:.2f}, its error by that of the last price",
        *predictions[:_COMPANIES],
        f"{more} companies more" if more > 0 else "",
        *_settings(entry),
        printable(lineage(entry.parent)),
        f"saved {local_time(entry.updated)}",
    ]


def _settings(entry: RunEntry) -> list[str]:
    """What it trains, and with what; of a script that is what it is called."""
    if entry.kind == "lightning":
        return [printable(entry.title), printable(entry.model), *_of_prices(entry)]
    return [
        entry.model,
        printable(entry.data),
        f"seed {entry.seed}",
        f"lr {entry.lr:g}",
        f"init {entry.init}",
        f"batch {entry.batch_size}" if entry.batch_size != 1 else "",
    ]


def _of_prices(entry: RunEntry) -> list[str]:
    """What tells models of prices apart; of another script's run nothing is known of it."""
    if entry.hidden is None:
        return []
    return [counted(entry.hidden, "unit"), f"seed {entry.seed}", f"lr {entry.lr:g}", f"batch {entry.batch_size}"]


def _lines(parts: Sequence[str], width: int) -> list[str]:
    """The parts with dots between them, on lines of that width; a part is not broken unless it is longer."""
    lines = [""]
    for part in parts:
        joined = f"{lines[-1]} · {part}" if lines[-1] else part
        if width_of(joined) <= width:
            lines[-1] = joined
        else:
            lines += wrapped(part, width)
    return lines
