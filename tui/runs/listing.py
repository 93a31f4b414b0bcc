"""All runs of a folder, ready to be listed, and moved on as they change. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lstm_engine.listing.run_entry import RunEntry
from tui.runs.catalogue import Catalogue
from tui.runs.run_cells import Showing
from tui.runs.run_rows import content_widths


@dataclass(frozen=True)
class Listing:
    """catalogue: the runs. widths: of their columns, by heading; empty before anything was read."""

    catalogue: Catalogue = field(default_factory=lambda: Catalogue.of(()))
    widths: Mapping[str, int] = field(default_factory=dict)

    def moved_on(self, entries: Sequence[RunEntry], showing: Showing) -> Listing:
        """With the runs as they are by now; itself where these are the same objects as before.

        No column grows narrower, so that the others stay where they are while runs come and go.
        """
        known = set(map(id, self.catalogue.entries))
        new = [entry for entry in entries if id(entry) not in known]
        if self.widths and not new and len(entries) == len(known):
            return self
        return Listing(self.catalogue.moved_on(entries), content_widths(new, showing, self.widths))
