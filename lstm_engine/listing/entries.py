"""The runs of a checkpoints folder, as they are listed. Fast for thousands of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.listing.lstm_entry import lstm_entry, unreadable
from lstm_engine.listing.run_entry import RunEntry, RunKind
from lstm_engine.listing.script_entry import script_entry
from lstm_engine.store.directory import RECORD, RECORDS, SUMMARY
from lstm_engine.store.script_record import SCRIPT_RECORD
from lstm_engine.text import printable

_RECORD_OF: dict[RunKind, str] = {"lstm": RECORD, "lightning": SCRIPT_RECORD}


def entries(root: Path) -> list[RunEntry]:
    """Every run under `root`, the last updated first; a folder with no record of one is no run."""
    try:
        directories = [entry.path for entry in os.scandir(root) if entry.is_dir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UserError(f"{root} cannot be listed ({error.strerror}): expected the folder of all runs") from error
    listed = [entry for directory in directories if (entry := _entry_at(directory)) is not None]
    return sorted(listed, key=lambda entry: (entry.updated, entry.run), reverse=True)


def entries_in(directories: Iterable[str]) -> list[RunEntry]:
    """The runs in these directories, in their order; one with no record holds no run."""
    return [entry for directory in directories if (entry := _entry_at(directory)) is not None]


def last_saved(root: Path, kind: RunKind | None = None) -> RunEntry | None:
    """The run under `root`, of that kind, that was saved last; None where there is none. Reads that one alone.

    Raises:
        UserError: the folder cannot be listed.
    """
    try:
        saved = [(_time_written(f"{entry.path}/{SUMMARY}"), entry.path) for entry in os.scandir(root)]
        if kind is not None:
            saved = [(when, path) for when, path in saved if os.path.exists(f"{path}/{_RECORD_OF[kind]}")]  # noqa: PTH110
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"{root} cannot be listed ({error.strerror}): expected the folder of all runs") from error
    newest, path = max(saved, default=(0, ""))
    return entry_of(Path(path)) if newest else None


def entry_of(directory: Path) -> RunEntry:
    """One run's entry; a run that cannot be read is an entry too, and says why."""
    entry = _entry_at(str(directory))
    if entry is None:
        return unreadable(str(directory), f"{directory / RECORD} is missing: expected a run's settings")
    return entry


def _time_written(summary: str) -> int:
    """When the summary was written, in nanoseconds; 0 where there is none."""
    try:
        return os.stat(summary).st_mtime_ns  # noqa: PTH116 - a Path for each of thousands takes longer than the call
    except OSError:
        return 0


def _entry_at(directory: str) -> RunEntry | None:
    """As `entry_of`; None where there is no run. Paths are text here: there may be thousands of them."""
    if not _is_utf8(directory) and any(os.path.exists(f"{directory}/{record}") for record in RECORDS):  # noqa: PTH110
        return unreadable(directory, f"the name {printable(directory)} is not in UTF-8: expected one that is")
    return lstm_entry(directory) or script_entry(directory)


def _is_utf8(path: str) -> bool:
    """Whether engine and dashboard can tell each other of it."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
