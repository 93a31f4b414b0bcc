"""`lstm-tui runs`: the runs on disk as text or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from pathlib import Path
from typing import TextIO

from lstm_engine.listing.entries import entries
from lstm_engine.listing.leftovers import leftovers
from lstm_engine.listing.run_entry import RunEntry
from lstm_engine.text import printable
from tui.cli.exporting.write_entries import write_entries
from tui.options import shell_word
from tui.runs.run_cells import script_text, speed
from tui.runs.run_filter import filtered, state_word
from tui.text.numbers import counted, epochs_done, figure
from tui.text.sentences import with_changes
from tui.text.table import table
from tui.text.times import local_time
from tui.text.widths import cut

_COLUMNS = (
    "run",
    "state",
    "epoch",
    "train loss",
    "ratio",
    "predictions",
    "model",
    "seed",
    "lr",
    "init",
    "data",
    "script",
    "saved",
    "note",
)

#: The columns that are there only where some run has something in them.
_OPTIONAL = ("ratio", "script")

#: A row shows the predictions of no more companies than this.
_COMPANIES = 3
#: Cells of a company's name in a row.
_NAME_ROOM = 12


def write_runs(checkpoints: Path, stream: TextIO, wanted: str = "", *, json: bool) -> None:
    """Every run in the folder, the last saved first: a table, or a JSON array of `RunEntry`.

    wanted: a filter of the run list; empty for all runs.

    Raises:
        UserError: the folder cannot be read, or the filter is none.
        OSError: the stream cannot be written.
    """
    found = filtered(entries(checkpoints.absolute()), wanted)
    if json:
        write_entries(found, stream, json=True)
        return
    lines = _runs_table(found) if found else [_none(checkpoints, wanted)]
    if left := leftovers(checkpoints):
        lines += ["", *map(_left_over, left)]
    stream.writelines(f"{line}\n" for line in lines)


def _none(checkpoints: Path, wanted: str) -> str:
    what = f"no run in {printable(str(checkpoints))} is found by {printable(wanted)}"
    return what if wanted else f"no runs in {printable(str(checkpoints))}"


def _runs_table(found: Sequence[RunEntry]) -> list[str]:
    """A line a run under a line of headings; after it, a line for each run that is held, damaged or a branch."""
    rows = [_COLUMNS, *(_row(entry) for entry in found)]
    kept = [name not in _OPTIONAL or any(cells) for name, *cells in zip(*rows, strict=True)]
    rows = [tuple(compress(row, kept)) for row in rows]
    lines = table(rows, left=len(_COLUMNS))
    branches = [
        f"{entry.run} branched off {entry.parent.run} at epoch {entry.parent.epoch}{with_changes(entry.parent)}"
        for entry in found
        if entry.parent
    ]
    problems = [f"{entry.run} is damaged: {entry.problem}" for entry in found if entry.problem]
    remarks = [*map(_held, (entry for entry in found if entry.host)), *branches, *problems]
    return [*lines, "", *map(printable, remarks)] if remarks else lines


def _held(entry: RunEntry) -> str:
    """Who holds a run, how fast it trains, and how many look on, as far as that is known."""
    facts = [
        f"{entry.run} {'trains' if entry.state == 'running' else 'is open'} in process {entry.pid} on {entry.host}"
    ]
    if told := speed(entry):
        facts.append(told)
    if entry.watchers:
        facts.append(f"{counted(entry.watchers, 'dashboard')} look{'s' if entry.watchers == 1 else ''} on")
    return ", ".join(facts)


def _left_over(folder: Path) -> str:
    """That it is no run, and how to be rid of it."""
    removal = f"rm -r {shell_word(str(folder))}"
    what = "is no run: setting it up, or removing it, was cut short"
    return f"{printable(folder.name)} {what}; to remove what is left: {removal}"


def _row(entry: RunEntry) -> tuple[str, ...]:
    if entry.problem:
        return (printable(entry.run), entry.state, *[""] * (len(_COLUMNS) - 3), entry.note)
    predictions = [f"{cut(printable(name), _NAME_ROOM)} {figure(value)}" for name, value in entry.predictions.items()]
    if len(predictions) > _COMPANIES:
        predictions[_COMPANIES:] = ["..."]
    return (
        printable(entry.run),
        state_word(entry),
        epochs_done(entry.epoch, entry.target),
        "" if (entry.epoch == 0 and entry.kind == "lstm") or entry.train_loss is None else figure(entry.train_loss),
        "" if entry.ratio is None else f"{entry.ratio:.2f}",
        ", ".join(predictions),
        entry.model,
        "" if entry.seed is None else str(entry.seed),
        "" if entry.lr is None else f"{entry.lr:g}",
        entry.init,
        entry.data,
        script_text(entry),
        local_time(entry.updated),
        entry.note,
    )
