"""Fewer bytes to the terminal: what changed is sent, and not what stands to its left.

Textual knows the span of cells that changed in a line, but sends the line from the left edge of the widget on (8.2.8,
the version that is pinned; "TODO: crop to x extents" in its source). For a chart that is most of the line, for every
point. Here the same update is cropped on both sides.
"""

from __future__ import annotations

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate


def send_only_what_changed() -> None:
    """Make Textual's partial updates precise."""
    setattr(ChopsUpdate, ChopsUpdate.render_segments.__name__, _render_segments)


def _render_segments(update: ChopsUpdate, console: Console) -> str:
    parts: list[str] = []
    for y, first, end in update.spans:
        for chop_end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            left, right = max(x, first), min(chop_end, end)
            if strip is None or left >= right:
                continue
            parts.append(Control.move_to(left, y).segment.text)
            parts.append(strip.crop(left - x, right - x).simplify().render(console))
    return "".join(parts)
