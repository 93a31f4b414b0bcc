"""Which widgets are asked for their lines when a part of the screen has changed: those that are seen there.

Textual (8.2.8, the version that is pinned) asks every widget within the rectangle around all that changed, which is
most of the screen as soon as two panels change, and each container behind them. Nothing of those is shown, but each
takes a share of every frame.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class ThriftyCompositor(Compositor):
    """Textual's compositor with fewer widgets to render; what it answers for cells that changed is the same."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: list[Region] = []

    def render_partial_update(self) -> ChopsUpdate | None:
        self._changed = list(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = []

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        return self._renders_of(self._changed) if self._changed else super()._get_renders(crop)

    def _renders_of(self, changed: list[Region]) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """From front to back, until there is nothing left of the changed regions to be seen."""
        for widget, (region, clip) in self.visible_widgets.items():
            if not changed:
                return
            seen = region.intersection(clip)
            if seen and any(seen.overlaps(part) for part in changed):
                yield region, clip, widget.render_lines(seen.translate((-region.x, -region.y)))
                changed = [part for part in changed if not seen.contains_region(part)]
