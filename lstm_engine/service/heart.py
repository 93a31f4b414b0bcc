"""The heart of the process that holds a run: a thread that writes the run's pulse, whatever else goes on."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import msgspec

from lstm_engine.protocol.audience import Audience
from lstm_engine.protocol.messages import Failed, Stopped
from lstm_engine.run.records import RunState
from lstm_engine.store.directory import timestamp
from lstm_engine.store.holding.pulse import Pulse, PulseFile

log = logging.getLogger(__name__)

#: Seconds that the end of the thread is waited for: a folder server may not answer.
_PATIENCE = 2.0

#: The run that is held: its directory, and where it stands.
Told: TypeAlias = tuple[Path, Pulse]


def told_by(audience: Audience) -> Told | None:
    """The run that is open, as those who attend were told of it; None where nothing of it is on disk."""
    standing, opened = audience.standing, audience.standing.opened
    if opened is None or opened.directory is None or isinstance(standing.ended, Stopped):
        return None
    state: RunState = "finished" if standing.epoch >= opened.target else "paused"
    if standing.is_training:
        state = "training"
    elif isinstance(standing.ended, Failed):
        state = "failed"
    pulse = Pulse(
        epoch=standing.epoch,
        target=opened.target,
        state=state,
        train_loss=standing.train_loss,
        per_second=standing.per_second,
        watchers=audience.count,
    )
    return Path(opened.directory), pulse


class Heart:
    """Beats while a run is held; whatever keeps it from beating is no failure of the run.

    A run that is given back loses its pulse with the next beat, or at the end.
    """

    def __init__(self, told: Callable[[], Told | None], every: float = 1.0) -> None:
        """
        Args:
            told: the run that is held now, None where there is none; called on a thread of its own. The heart counts
                its beats and puts the time to them.
            every: seconds between two beats.
        """
        self._told = told
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._live, name="heart", daemon=True)
        self._directory: Path | None = None
        self._file: PulseFile | None = None
        self._beats = 0

    def start(self) -> None:
        """Beats from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Beats no more, and removes the pulse."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)

    def _live(self) -> None:
        while True:
            try:
                self._beat()
            except Exception as error:  # a heart that stands still has others think that the run is free
                log.debug("no pulse could be written: %s", error)
            if self._stop.wait(self._every):
                break
        self._let_go()

    def _beat(self) -> None:
        """Writes the pulse of the run that is held. Raises OSError, and what `told` raises."""
        told = self._told()
        directory = told[0] if told is not None else None
        if directory != self._directory:
            self._let_go()
        if told is None:
            return
        directory, pulse = told
        if self._file is None:
            self._file, self._directory = PulseFile(directory), directory
        self._beats += 1
        self._file.write(msgspec.structs.replace(pulse, updated=timestamp(), beat=self._beats))

    def _let_go(self) -> None:
        """Removes the pulse of a run that is held no more."""
        file, self._file, self._directory = self._file, None, None
        if file is not None:
            with contextlib.suppress(OSError):
                file.close()
