"""All runs of a folder, with their settings, for other programs."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

import msgspec

from lstm_engine.listing.run_entry import RunEntry
from lstm_engine.text import escaped_json
from tui.runs.run_filter import state_word

_SETTINGS = ("model", "hidden", "seed", "lr", "init", "batch_size", "data", "companies")
_COLUMNS = (
    *("run", "kind", "state", "epoch", "target", "train_loss", "ratio", *_SETTINGS, "script"),
    *("branch_of", "branch_epoch", "created", "updated", "note", "problem"),
)


def write_entries(entries: Sequence[RunEntry], stream: TextIO, *, json: bool) -> None:
    """A CSV row a run, and a column for each company's prediction; or a JSON array of `RunEntry`.

    Numbers in full; empty for what a run has not. Raises OSError.
    """
    found = [_as_text(entry) for entry in entries]
    if json:
        stream.write(escaped_json(msgspec.json.format(msgspec.json.encode(found)).decode()) + "\n")
        return
    companies = list(dict.fromkeys(name for entry in found for name in entry.predictions))
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*_COLUMNS, *(f"prediction {name}" for name in companies)])
    for entry in found:
        writer.writerow([*_row(entry), *(entry.predictions.get(name) for name in companies)])


def _row(entry: RunEntry) -> list[object]:
    parent = entry.parent
    told = (entry.run, entry.kind, state_word(entry), entry.epoch, entry.target, entry.train_loss, entry.ratio)
    return [
        *told,
        *(None if entry.problem else getattr(entry, name) for name in _SETTINGS),
        entry.title,
        *((parent.run, parent.epoch) if parent is not None else (None, None)),
        *(entry.created, entry.updated, entry.note, entry.problem),
    ]


def _as_text(entry: RunEntry) -> RunEntry:
    """The entry of a folder whose name is in no UTF-8, with a name that is."""
    run, directory = (name.encode(errors="backslashreplace").decode() for name in (entry.run, entry.directory))
    return msgspec.structs.replace(entry, run=run, directory=directory)
