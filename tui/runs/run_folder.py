"""The folder of all runs, as the screens that go back to them ask for it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_engine.errors import UserError

if TYPE_CHECKING:
    from lstm_engine.listing.run_entry import RunEntry
    from lstm_engine.run.config import RunConfig
    from lstm_engine.run.history import History
    from lstm_engine.store.contents import KeptCheckpoint, Size
    from lstm_engine.store.directory import RunRecord
    from tui.state.updates import Foreseen


@dataclass(frozen=True)
class RunFolder:
    """Reads, renames and deletes runs; every method may take a while, and raises UserError with a sentence.

    root: where they are. label: what the user calls it.
    """

    root: Path
    label: str

    @classmethod
    def at(cls, path: Path) -> RunFolder:
        """The folder at a path as the user wrote it."""
        return cls(path.absolute(), str(path))

    def name_of(self, directory: str | None) -> str | None:
        """The name of the run in that directory, where it is one of this folder's."""
        if directory is None or Path(directory).resolve().parent != self.root.resolve():
            return None
        return Path(directory).name

    def entries(self) -> list[RunEntry]:
        """All runs, the last saved first."""
        from lstm_engine.listing.entries import entries  # SQLite has no place in the first frame

        return entries(self.root)

    def times(self) -> dict[str, int]:
        """Every folder in it, which may be a run, and when a file in that was last made, renamed or removed.

        Nanoseconds since 1970, by the clock of whoever has the folder. One call to the system for each of them.
        """
        try:
            return {entry.path: _time_of(entry) for entry in os.scandir(self.root) if entry.is_dir()}
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise UserError(
                f"{self.root} cannot be listed ({error.strerror}): expected the folder of all runs"
            ) from error

    def entries_in(self, directories: Iterable[str]) -> list[RunEntry]:
        """The runs in these directories of it; some may hold none."""
        from lstm_engine.listing.entries import entries_in

        return entries_in(directories)

    def entry(self, run: str) -> RunEntry:
        """One run, as the list shows it."""
        from lstm_engine.listing.entries import entry_of

        return entry_of(self.root / run)

    def last(self) -> RunEntry | None:
        """The run of the LSTM that was saved last."""
        from lstm_engine.listing.entries import last_saved

        return last_saved(self.root, "lstm")

    def is_held(self, entry: RunEntry) -> bool:
        """Whether a process has the run open; a heart on another host is listened to for a while."""
        from lstm_engine.store.holding.lock import LISTEN, in_use

        return in_use(Path(entry.directory), LISTEN)

    def checkpoints(self, run: str) -> list[KeptCheckpoint]:
        """A run's checkpoints, the newest first."""
        from lstm_engine.store.contents import checkpoints_of

        return checkpoints_of(self.root / run)

    def record(self, run: str) -> RunRecord:
        """A run's settings, data and lineage."""
        from lstm_engine.store.directory import read_record

        return read_record(self.root / run)

    def history(self, run: str, config: RunConfig) -> History:
        """All epochs of a run with these settings that are on disk; another process may be training it."""
        from lstm_engine.run.history import Columns
        from lstm_engine.store.directory import read_history

        return read_history(self.root / run, Columns.of(config))

    def version(self, run: str) -> tuple[int, ...] | None:
        """What changes when a run's history does, at the cost of a look at the file; None where there is none."""
        from lstm_engine.store.database import HISTORY

        try:
            found = (self.root / run / HISTORY).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns

    def foreseen(self, source: str) -> Foreseen:
        """What is on disk of the run that `source` names: its name, or its directory."""
        from lstm_engine.run.history import Columns
        from lstm_engine.store.directory import find_run, read_history, read_record, read_summary
        from tui.state.updates import Foreseen

        directory = find_run(self.root, source)
        record, summary = read_record(directory), read_summary(directory)
        history = read_history(directory, Columns.of(record.config))
        return Foreseen(directory, record.config, record.parent, history, summary.target if summary else 0)

    def annotate(self, run: str, note: str) -> None:
        """Put a note to a run in place of the one it has; none where it is empty."""
        from lstm_engine.store.notes import write_note

        write_note(self.root / run, note)

    def size(self, run: str) -> Size:
        """What deleting it would remove."""
        from lstm_engine.store.contents import size_of

        return size_of(self.root / run)

    def rename(self, run: str, name: str) -> None:
        """Give a run another name; its branches go on naming the old one."""
        from lstm_engine.listing.changes import rename

        rename(self.root, run, name)

    def delete(self, run: str) -> None:
        """Remove a run for good, with its history and all its checkpoints."""
        from lstm_engine.listing.changes import delete

        delete(self.root, run)

    def now(self) -> datetime.datetime:
        """What “5 min ago” is counted from."""
        return datetime.datetime.now(datetime.UTC)


def _time_of(directory: os.DirEntry[str]) -> int:
    """0 where it has gone since the folder was listed."""
    try:
        return directory.stat().st_mtime_ns
    except OSError:
        return 0
