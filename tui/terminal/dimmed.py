"""The dashboard behind a dialog, dimmed, for a fraction of what Textual's own takes.

Textual (8.2.8) mixes the colours of every piece of text anew, through Rich: 30 ms for a full screen, at every frame
of a training that goes on behind the dialog. The styles on a screen are few, so each is mixed once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.styles import RulesMap
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.visual import RenderOptions, Visual


class Dimmed(Visual):
    """What a screen shows, tinted. color: the tint, with its strength as alpha."""

    def __init__(self, screen: Screen[Any], color: Color) -> None:
        self._screen = screen
        self._color = color

    def render_strips(self, width: int, height: int | None, _style: object, _options: RenderOptions) -> list[Strip]:
        strips = self._screen._compositor.render_strips()
        return [self._tinted(strip).adjust_cell_length(width) for strip in strips[:height]]

    def get_optimal_width(self, _rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, _rules: RulesMap, _width: int) -> int:
        return self._screen.size.height

    def _tinted(self, strip: Strip) -> Strip:
        return Strip([Segment(text, _mixed(style, self._color)) for text, style, _ in strip], strip.cell_length)


@lru_cache(maxsize=1024)
def _mixed(style: Style | None, color: Color) -> Style | None:
    """The style in the tinted colours, by Textual's own mixing."""
    (segment,) = BackgroundScreen.process_segments([Segment(" ", style)], color)
    return segment.style
