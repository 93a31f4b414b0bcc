"""The runs of a folder as they are by now, read beside the screen."""

from __future__ import annotations

import asyncio
import datetime
import time
from collections.abc import Callable

from tui.runs.listing import Listing
from tui.runs.run_cells import Showing
from tui.runs.run_folder import RunFolder
from tui.runs.run_watch import RunWatch

#: Seconds after which “just now” may not be so any more.
_AGES = 10.0
#: Seconds between two looks at the folder: at least, and at most; and how many times what a look takes.
_PAUSE, _LONGEST_PAUSE, _TIMES = 1.0, 10.0, 20


class LiveListing:
    """Keeps a listing up to date with what other processes do in the folder.

    listing: the runs as they were at the last look.
    """

    def __init__(self, folder: RunFolder, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: seconds, to measure what a look takes."""
        self._watch = RunWatch(folder)
        self._clock = clock
        self._one_look = asyncio.Lock()
        self._seconds = 0.0
        self._shown_at = datetime.datetime.min.replace(tzinfo=datetime.UTC)
        self.listing = Listing()

    async def look(self, showing: Showing) -> bool:
        """Whether rows may look different after a look at the folder, on a thread: for what is new in it, or as time
        has passed. showing: what they would be shown with.

        Raises:
            UserError: the folder cannot be read.
        """
        async with self._one_look:
            before, self.listing = self.listing, await asyncio.to_thread(self._next, showing)
        if self.listing is before and (showing.now - self._shown_at).total_seconds() < _AGES:
            return False
        self._shown_at = showing.now
        return True

    @property
    def seconds(self) -> float:
        """Until it is time for another look: many where each of them is costly."""
        return min(max(_PAUSE, _TIMES * self._seconds), _LONGEST_PAUSE)

    async def pause(self) -> None:
        """Wait so long."""
        await asyncio.sleep(self.seconds)

    def _next(self, showing: Showing) -> Listing:
        is_first, begun = not self.listing.widths, self._clock()
        listing = self.listing.moved_on(self._watch.look(), showing)
        self._seconds = 0.0 if is_first else self._clock() - begun
        return listing
