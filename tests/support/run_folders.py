"""Folders of runs without a trained model in them: real directories, and runs that exist in a list alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.listing.run_entry import EntryState, RunEntry, RunKind
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History, Rows
from lstm_engine.run.records import CheckpointRecord, Parent, SaveReason
from lstm_engine.store import directory as runs
from lstm_engine.store.contents import KeptCheckpoint, Size
from lstm_engine.store.database import Store
from lstm_engine.store.integrity import digest
from lstm_engine.store.notes import tags_in
from tests.support.script import checkpoint, history
from tui.runs.run_folder import RunFolder

NOW = datetime.datetime(2026, 1, 2, 12, 0, tzinfo=datetime.UTC)


def before(**span: float) -> str:
    """ISO 8601, so long before `NOW`."""
    return (NOW - datetime.timedelta(**span)).isoformat()


def make_run(
    root: Path,
    name: str,
    epoch: int = 2,
    target: int = 2,
    state: runs.RunState = "finished",
    *,
    config: RunConfig | None = None,
    parent: Parent | None = None,
    saved: str | None = None,
    checkpoints: Iterable[tuple[int, SaveReason]] = (),
    rows: Rows | None = None,
) -> Path:
    """A run's directory with a history (of zeros, by default), a summary, and checkpoint files of a few bytes."""
    config = config or RunConfig()
    columns = Columns.of(config)
    directory = runs.create_run(root, config, parent).rename(root / name)
    store = Store.open(directory, columns)
    store.add(0, np.zeros((epoch + 1, columns.width), np.float32) if rows is None else rows, None, ())
    for at, reason in checkpoints:
        data = f"{name} at {at}".encode()
        (directory / checkpoint(at)).write_bytes(data)
        record = CheckpointRecord(checkpoint(at), at, digest(data), reason)
        store.add(epoch + 1, np.empty((0, columns.width), np.float32), record, ())
    store.close()
    summary = runs.Summary(
        epoch=epoch,
        target=target,
        state=state,
        updated=saved or before(hours=1),
        train_loss=0.25,
        predictions={"A": 0.4342, "B": 0.6171},
    )
    runs.write_summary(directory, summary)
    return directory


def entry(
    run: str,
    state: EntryState = "finished",
    epoch: int = 2000,
    target: int = 2000,
    loss: float | None = 0.1677,
    *,
    config: RunConfig | None = None,
    parent: Parent | None = None,
    saved: str = before(hours=1),
    problem: str | None = None,
    note: str = "",
    host: str | None = None,
    pid: int | None = None,
    per_second: float | None = None,
    watchers: int | None = None,
    kind: RunKind = "lstm",
) -> RunEntry:
    """A run as it is listed."""
    config = config or RunConfig()
    return RunEntry(
        run=run,
        kind=kind,
        state=state,
        epoch=epoch,
        target=target,
        train_loss=loss,
        predictions={} if loss is None else {"A": 0.4342, "B": 0.6171},
        model=config.model,
        data=config.data.source,
        companies=len(config.data.names),
        seed=config.seed,
        lr=config.lr,
        init=config.init,
        batch_size=config.batch_size,
        created=before(days=3),
        updated=saved,
        parent=parent,
        directory=f"/runs/{run}",
        problem=problem,
        note=note,
        tags=tags_in(note),
        host=host,
        pid=pid,
        per_second=per_second,
        watchers=watchers,
    )


@dataclass(frozen=True)
class StillFolder(RunFolder):
    """A real folder whose clock stands still."""

    def now(self) -> datetime.datetime:
        return NOW


@dataclass(frozen=True)
class ListedFolder(StillFolder):
    """Runs that exist in this list alone, of the walk-through's companies; `broken` is what listing them is
    refused with.
    """

    listed: tuple[RunEntry, ...] = ()
    broken: str = ""

    @classmethod
    def holding(cls, *entries: RunEntry, broken: str = "") -> ListedFolder:
        return cls(Path("/runs"), "checkpoints", entries, broken)

    def entries(self) -> list[RunEntry]:
        if self.broken:
            raise UserError(self.broken)
        return list(self.listed)

    def times(self) -> dict[str, int]:
        return {entry.directory: 0 for entry in self.entries()}

    def entries_in(self, directories: Iterable[str]) -> list[RunEntry]:
        wanted = set(directories)
        return [entry for entry in self.entries() if entry.directory in wanted]

    def entry(self, run: str) -> RunEntry:
        return next(entry for entry in self.listed if entry.run == run)

    def version(self, run: str) -> tuple[int, ...] | None:
        return next(((entry.epoch,) for entry in self.listed if entry.run == run), None)

    def last(self) -> RunEntry | None:
        return self.listed[0] if self.listed else None

    def is_held(self, _: RunEntry) -> bool:
        return False

    def checkpoints(self, run: str) -> list[KeptCheckpoint]:
        return [
            KeptCheckpoint(f"/runs/{run}/{checkpoint(2000)}", 2000, "stage", whole=True),
            KeptCheckpoint(f"/runs/{run}/{checkpoint(1893)}", 1893, "timed", whole=False),
            KeptCheckpoint(f"/runs/{run}/{checkpoint(1491)}", 1491, "timed", whole=True),
            KeptCheckpoint(f"/runs/{run}/{checkpoint(1000)}", 1000, "user", whole=True),
            KeptCheckpoint(f"/runs/{run}/{checkpoint(412)}", 412, "pause", whole=True),
        ]

    def record(self, run: str) -> runs.RunRecord:
        found = next((entry for entry in self.listed if entry.run == run), None)
        if found is None:
            raise UserError(f"/runs/{run}/run.json cannot be read (No such file or directory)")
        config = RunConfig(model=found.model, seed=found.seed, lr=found.lr, init=found.init)
        return runs.RunRecord(version=1, created=found.created, config=config, parent=found.parent)

    def history(self, run: str, config: RunConfig) -> History:
        """The walk-through's, at a pace of its own for each of the settings."""
        pace = (1 if config.seed == 42 else 2) * (10 if config.lr > 0.01 else 1)
        last_epoch = next(entry.epoch for entry in self.listed if entry.run == run)
        return History.from_rows(Columns.of(config), history(last_epoch * pace, config).rows[::pace].copy())

    def size(self, _: str) -> Size:
        return Size(files=12, bytes=153_421)
