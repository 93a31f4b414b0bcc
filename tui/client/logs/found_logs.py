"""Which folders under a folder hold the logs of a training, and of what kind they are."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from lstm_engine.formats.event_file.writer import is_event_file
from lstm_engine.formats.metrics_csv import METRICS
from lstm_engine.store.directory import RECORD
from lstm_engine.store.script_record import SCRIPT_RECORD

Kind = Literal["script", "lstm", "events", "csv"]

_TIME = re.compile(r"[0-9]{9,}\.[0-9]+")
#: Folders below the one that is looked through, at most: deeper ones are no logs, or a circle of mounts.
_DEEPEST = 16


@dataclass(frozen=True)
class FoundLog:
    """run: its folder's path from the one that was looked through, as TensorBoard calls it too; the name of that one
    itself where the logs lie there; several logs may be of one run. directory: the folder.
    """

    run: str
    directory: Path
    kind: Kind


def found_logs(root: Path) -> list[FoundLog]:
    """All logs under `root`, in the order of their names, numbers by their size. Follows no links.

    Raises:
        OSError: the folder cannot be listed; one below it that cannot is left out.
    """
    os.scandir(root).close()
    found: list[FoundLog] = []
    for path, folders, files in os.walk(root):
        directory = Path(path)
        depth = len(directory.relative_to(root).parts)
        kind = _kind(files)
        if kind is not None:
            run = directory.relative_to(root).as_posix() if depth else (root.resolve().name or "/")
            found.append(FoundLog(run.rpartition("/")[0] if _is_part(run, found) else run, directory, kind))
        is_whole = kind in ("script", "lstm")  # what else lies in a run's folder is that run's
        folders[:] = [name for name in folders if not name.startswith(".") and depth < _DEEPEST and not is_whole]
    return sorted(found, key=lambda log: _natural(log.run))


def logs_of(root: Path, runs: Iterable[str]) -> list[FoundLog]:
    """Those of the runs of these names in `root`, in that order, each under its name, also where that is a link; a run
    that is gone has none.
    """
    found: list[FoundLog] = []
    for run in runs:
        with contextlib.suppress(OSError):
            found += [replace(log, run=run) for log in found_logs(root / run)]
    return found


def _is_part(run: str, found: list[FoundLog]) -> bool:
    """Whether it is one that `SummaryWriter.add_hparams` makes below a run's folder: of that run, by its time."""
    above, _, name = run.rpartition("/")
    return _TIME.fullmatch(name) is not None and any(log.run == above and log.kind == "events" for log in found)


def _kind(files: list[str]) -> Kind | None:
    if SCRIPT_RECORD in files:
        return "script"
    if RECORD in files:
        return "lstm"
    # Where two loggers wrote to one folder, both have the same values.
    if any(map(is_event_file, files)):
        return "events"
    return "csv" if METRICS in files else None


def _natural(name: str) -> list[tuple[int, str]]:
    """What puts version_2 before version_10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", name)]
