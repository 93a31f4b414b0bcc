"""The runs of a folder as they are by now, read beside the screen."""

from __future__ import annotations

import asyncio
import time

from tui.runs.listing import Listing
from tui.runs.run_folder import RunFolder
from tui.runs.run_rows import Showing
from tui.runs.run_watch import RunWatch

#: Seconds between two looks at the folder: at least, and at most; and how many times what a look takes.
_PAUSE, _LONGEST_PAUSE, _TIMES = 1.0, 10.0, 20


class LiveListing:
    """Keeps a listing up to date with what other processes do in the folder.

    listing: the runs as they were at the last look.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._watch = RunWatch(folder)
        self._one_look = asyncio.Lock()
        self._seconds = 0.0
        self.listing = Listing()

    async def look(self, showing: Showing) -> bool:
        """Whether a look at the folder, on a thread, finds something new. showing: what the rows are shown with.

        Raises:
            UserError: the folder cannot be read.
        """
        async with self._one_look:
            before, self.listing = self.listing, await asyncio.to_thread(self._next, showing)
            return self.listing is not before

    async def pause(self) -> None:
        """Wait until it is time for another look: seldom where each of them is costly."""
        await asyncio.sleep(min(max(_PAUSE, _TIMES * self._seconds), _LONGEST_PAUSE))

    def _next(self, showing: Showing) -> Listing:
        is_first, begun = not self.listing.widths, time.monotonic()
        listing = self.listing.moved_on(self._watch.look(), showing)
        self._seconds = 0.0 if is_first else time.monotonic() - begun
        return listing
