"""What a board is told of a folder of logs: every training's in it, as they grow, and new ones as they turn up."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from lstm_engine.errors import UserError
from lstm_engine.script.vocabulary.commands import Command
from lstm_engine.text import printable
from tui.client.logs.csv_folder import CsvFolder
from tui.client.logs.event_folder import EventFolder
from tui.client.logs.found_logs import FoundLog, found_logs, logs_of
from tui.client.logs.lstm_log import LstmLog
from tui.client.logs.script_log import ScriptLog
from tui.state.told import Restart, Restarted, Told

#: Seconds that is read before what was found is told; and between two looks where there is nothing more.
_BUDGET, _EVERY = 0.1, 0.2
#: Seconds between two searches for new logs; and how many times as long as one took, where that is more.
_SEARCH_EVERY, _REST = 2.0, 20.0


class _Log(Protocol):
    def new(self) -> Iterator[Told]:
        """What is new, a piece at a time. Raises UserError, OSError."""


_KINDS: dict[str, Callable[[str, Path], _Log]] = {
    "script": ScriptLog,
    "lstm": LstmLog,
    "events": EventFolder,
    "csv": CsvFolder,
}


class LogSource:
    """Reads the logs in a folder, and writes nothing.

    steers: never; what wrote the logs takes no commands.
    """

    steers = False

    def __init__(
        self, folder: Path, every: float = _EVERY, search_every: float = _SEARCH_EVERY, *, only: Sequence[str] = ()
    ) -> None:
        """every, search_every: seconds between two looks at the logs, and for new ones, at least.

        only: the names of runs of this program in the folder; none for whatever lies there.
        """
        self._only = only
        self._folder = folder
        self._every = every
        self._search_every = search_every
        self._search_at = 0.0
        self._logs: dict[FoundLog, _Log] = {}
        self._reading: deque[tuple[FoundLog, Iterator[Told]]] = deque()
        self._problems: dict[str, str] = {}
        self._search_problem = ""

    async def follow(self, tell: Callable[[Sequence[Told]], None]) -> None:
        """Tell everything from the beginning and then what is new, until cancelled."""
        while True:
            told = await asyncio.to_thread(self._look)
            if told:
                tell(told)
            await asyncio.sleep(0.0 if self._reading else self._every)

    def send(self, run: str, command: Command) -> None:
        """Does nothing: see `steers`."""

    async def restart(self, run: str, restart: Restart) -> Restarted:  # noqa: ARG002 - there is nothing to go on with
        """Raises UserError: see `steers`."""
        raise UserError(f"{printable(run)} is a log: expected a run of a script, which can be gone on with")

    def _look(self) -> list[Told]:
        """What is new, as far as it could be read in the time that there is."""
        told: list[Told] = []
        if time.monotonic() >= self._search_at:
            self._search()
        if not self._reading:
            self._reading.extend((found, log.new()) for found, log in self._logs.items())
        end = time.monotonic() + _BUDGET
        while self._reading and time.monotonic() < end:
            found, pieces = self._reading.popleft()
            problem = ""
            try:
                piece = next(pieces, None)
            except (UserError, OSError) as error:
                problem, piece = _sentence(found, error), None
            else:
                if piece is not None:
                    told.append(piece)
                    self._reading.append((found, pieces))  # behind the others: each gets its turn
            told += self._problem(found.run, problem or self._search_problem)
        return told

    def _search(self) -> None:
        began = time.monotonic()
        try:
            for found in logs_of(self._folder, self._only) if self._only else found_logs(self._folder):
                if found not in self._logs:
                    self._logs[found] = _KINDS[found.kind](found.run, found.directory)
            self._search_problem = ""
        except OSError as error:
            self._search_problem = f"{printable(str(self._folder))} cannot be listed ({error.strerror})"
        took = time.monotonic() - began
        self._search_at = time.monotonic() + max(self._search_every, _REST * took)

    def _problem(self, run: str, problem: str) -> list[Told]:
        """What there is to tell of what goes wrong with a run, where that is something else than before."""
        if self._problems.get(run, "") == problem:
            return []
        self._problems[run] = problem
        return [Told(run, problem=problem)]


def _sentence(found: FoundLog, error: UserError | OSError) -> str:
    if isinstance(error, UserError):
        return printable(str(error))
    return f"{printable(str(found.directory))} cannot be read ({error.strerror or error})"
