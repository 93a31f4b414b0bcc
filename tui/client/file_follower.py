"""Follows a run that another process holds by its files: nothing is written, and nobody is kept waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_engine.errors import UserError

if TYPE_CHECKING:
    from lstm_engine.run.config import RunConfig
    from lstm_engine.store.contents import Contents
    from lstm_engine.store.directory import RunRecord
    from lstm_engine.store.snapshot import Mark
    from tui.state.updates import LookedOn, Update

#: Seconds between two looks; and how many times as long as a look took, where that is more.
EVERY, _REST = 2.0, 10.0


class FileFollower:
    """Looks at a run's files again and again, and tells what has changed."""

    def __init__(self, directory: Path, look: Callable[[], LookedOn] | None = None, every: float = EVERY) -> None:
        """
        Args:
            directory: the run's.
            look: reads it; may take a while, and raises UserError and OSError.
            every: seconds between two looks, at least.
        """
        self._look = look or _RunFiles(directory).look
        self._every = every
        self._is_wanted = True

    def stop(self) -> None:
        """Tell nothing more; `follow` returns when it would look again."""
        self._is_wanted = False

    async def follow(self, tell: Callable[[Update], None]) -> None:
        """Hand on what the files say, at once and whenever it has changed, until this is cancelled or stopped.

        The first look that succeeds begins: the screen goes over to the run. Afterwards only what is of the run on
        screen is of account.
        """
        from tui.state.updates import Said

        last: LookedOn | None = None
        problem = ""
        while self._is_wanted:
            began = time.monotonic()
            try:
                found = await asyncio.to_thread(self._look)
            except (UserError, OSError) as error:
                if problem != (problem := f"the run's files cannot be read: {error}") and self._is_wanted:
                    tell(Said(problem, alert=True))
            else:
                if not self._is_wanted:
                    return
                if problem:
                    problem = ""
                    tell(Said(""))
                if last is None or found.history is not last.history or found != last:
                    tell(replace(found, begins=last is None))
                    last = found
            await asyncio.sleep(max(self._every, _REST * (time.monotonic() - began)))


class _RunFiles:
    """A run's directory. What did not change since the last look is not read again."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._record: RunRecord | None = None
        self._mark: Mark | None = None
        self._contents: Contents | None = None

    def look(self) -> LookedOn:
        """What the files say now. Raises UserError, OSError."""
        from lstm_engine.store.directory import read_record, read_summary
        from lstm_engine.store.holding.lock import in_use
        from lstm_engine.store.holding.owner import owner_of
        from lstm_engine.store.holding.pulse import read_pulse
        from tui.state.elsewhere import Elsewhere
        from tui.state.session import Saved
        from tui.state.updates import LookedOn

        directory = self._directory
        is_held, owner = in_use(directory), owner_of(directory)
        pulse, summary = read_pulse(directory), read_summary(directory)
        told = pulse if is_held else None
        state = told.state if told else summary.state if summary else "training"
        if self._record is None:
            self._record = read_record(directory)
        contents = self._read(self._record.config)
        newest = contents.checkpoints[-1] if contents.checkpoints else None
        return LookedOn(
            directory=directory,
            config=self._record.config,
            parent=self._record.parent,
            history=contents.history,
            epoch=told.epoch if told else 0,
            target=told.target if told else summary.target if summary else 0,
            resumes=tuple(stage.start for stage in contents.stages if stage.start > 0),
            saved=Saved(newest.file, newest.epoch) if newest else None,
            elsewhere=Elsewhere(
                host=owner.host if owner else None,
                pid=owner.pid if owner else None,
                is_here=owner is not None and owner.is_here,
                is_held=is_held,
                is_lost=not is_held and pulse is not None,
                training=state == "training",
                per_second=told.per_second if told and state == "training" else None,
            ),
        )

    def _read(self, config: RunConfig) -> Contents:
        from lstm_engine.store.contents import read_contents
        from lstm_engine.store.database import HISTORY
        from lstm_engine.store.snapshot import mark_of

        mark = mark_of(self._directory / HISTORY)
        if self._contents is None or mark != self._mark:
            self._contents = read_contents(self._directory, config)
            self._mark = mark
        return self._contents
