"""What the user asked to see, as frozen data, and what the keys of the view make of it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tui.view.timeline import Timeline

#: How much curves are smoothed, in the order of the key.
WEIGHTS = (0.0, 0.6, 0.9, 0.99)


@dataclass(frozen=True)
class Seen:
    """filter: what the metrics' names have in them. chosen: the number of the present chart, of those it finds.

    zoomed: it has the room for itself. log: logarithmic values. smoothing: which of WEIGHTS. by_epoch: the axis.
    timeline: the cursor and the zoom, in positions of the axis. panel: the name of what stands beside the charts.
    hidden: the runs that are not drawn. run: the one whose progress and panels are shown; empty for the first.
    sample: the number of the sequence that the gates are shown of. deviates: as what each unit deviates from its mean.
    opened: what the present row of the panel is of has the panel for itself.
    ticker: the number of the present one. unit: that of the present one in the gates. back: days from the last one
    with prices back to the one that the gates' window predicts.
    days: the prices' in sight, the last ones; 0 for as many as are shown at first.
    """

    filter: str = ""
    chosen: int = 0
    zoomed: bool = False
    log: bool = False
    smoothing: int = 0
    by_epoch: bool = False
    timeline: Timeline = field(default_factory=Timeline)
    panel: str = ""
    hidden: frozenset[str] = frozenset()
    run: str = ""
    sample: int = 0
    deviates: bool = False
    days: int = 0
    opened: bool = False
    ticker: int = 0
    unit: int = 0
    back: int = 0

    @property
    def weight(self) -> float:
        """How much curves are smoothed."""
        return WEIGHTS[self.smoothing]

    def toggled(self, panel: str) -> Seen:
        """With that panel open, or closed where it is."""
        return replace(self, panel="" if self.panel == panel else panel, opened=False)

    @property
    def rows(self) -> str:
        """The name of what the panel has rows of."""
        return "days" if self.panel == "gates" and self.opened else self.panel

    @property
    def first_row(self) -> int:
        """The row that the panel begins on."""
        return {"forecast": self.ticker, "gates": self.unit}.get(self.rows, 0)

    def at_row(self, row: int) -> Seen:
        """With that row of the panel the present one."""
        if self.rows == "forecast":
            return replace(self, ticker=row)
        return replace(self, unit=row) if self.rows == "gates" else self

    def closed(self) -> Seen:
        """Without what was opened last beside the charts."""
        return replace(self, opened=False) if self.opened else replace(self, panel="")

    def hiding(self, run: str) -> Seen:
        """With a run hidden, or drawn again."""
        return replace(self, hidden=self.hidden ^ {run})

    def filtered(self, text: str) -> Seen:
        """Looking for other metrics, from the first of them on."""
        return replace(self, filter=text, chosen=0)

    def moved(self, charts: int, count: int) -> Seen:
        """With another chart chosen, so many further of `count`."""
        return replace(self, chosen=min(max(self.chosen + charts, 0), max(count - 1, 0)))


def _log(seen: Seen) -> tuple[Seen, str]:
    scale = "linear" if seen.log else "logarithmic"
    return replace(seen, log=not seen.log), f"values are drawn on a {scale} axis"


def _smooth(seen: Seen) -> tuple[Seen, str]:
    smoothing = (seen.smoothing + 1) % len(WEIGHTS)
    weight = WEIGHTS[smoothing]
    said = f"smoothed by {weight:g}; what was logged is dotted behind" if weight else "drawn as it was logged"
    return replace(seen, smoothing=smoothing), said


def _zoom(seen: Seen) -> tuple[Seen, str]:
    return replace(seen, zoomed=not seen.zoomed), ""


#: What these keys do to the view: the new one, and what to say.
VIEW_ACTIONS: dict[str, Callable[[Seen], tuple[Seen, str]]] = {
    "log_scale": _log,
    "smooth": _smooth,
    "zoom": _zoom,
}
