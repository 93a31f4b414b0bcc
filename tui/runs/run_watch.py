"""The runs of a folder as time goes by: looked at often, and read again only where something has changed."""

from __future__ import annotations

import time
from collections.abc import Callable

from lstm_engine.listing.run_entry import RunEntry
from tui.runs.run_folder import RunFolder

#: Nanoseconds within which a folder can change twice and have one time, by its clock or ours.
_DOUBTFUL = 1_000_000_000
#: The time of a folder that is not to be trusted.
_NEVER = -1


class RunWatch:
    """What is known of a folder's runs. Its one method may take a while, and belongs to one thread at a time.

    What a run's process writes beside a name and renames (its settings, summary, note, owner) changes the time of the
    run's folder, which one look tells. Of a run that a process has it tells nothing when that process dies.
    """

    def __init__(self, folder: RunFolder, clock: Callable[[], int] = time.time_ns) -> None:
        """clock: nanoseconds since 1970."""
        self._folder = folder
        self._clock = clock
        self._times: dict[str, int] = {}
        self._entries: dict[str, RunEntry] = {}

    def look(self) -> tuple[RunEntry, ...]:
        """The runs as they are now; those of which nothing is new are the same objects as before.

        Raises:
            UserError: the folder cannot be read.
        """
        trusted = self._clock() - _DOUBTFUL
        times = self._folder.times()
        doubtful = [directory for directory, when in times.items() if self._may_be_new(directory, when)]
        read = {entry.directory: entry for entry in self._folder.entries_in(doubtful)}
        kept = times.keys() - set(doubtful)
        known = {directory: entry for directory, entry in self._entries.items() if directory in kept}
        for directory, entry in read.items():
            before = self._entries.get(directory)
            known[directory] = before if before == entry else entry
        self._entries = known
        self._times = {directory: when if when < trusted else _NEVER for directory, when in times.items()}
        return tuple(known.values())

    def _may_be_new(self, directory: str, when: int) -> bool:
        entry = self._entries.get(directory)
        is_held = entry is not None and (entry.state == "running" or entry.pid is not None)
        return is_held or self._times.get(directory) != when
