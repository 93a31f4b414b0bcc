"""What characters the terminal has: the app knows it, and whatever draws asks here.

A chart draws with other points where there is nothing but ASCII; a text is spelt with other letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.app import App
from textual.widget import Widget

from tui.options import Marker
from tui.terminal.terminal_app import TerminalApp
from tui.text.pieces import Piece, ascii_only


def marker_of(app: App[Any]) -> Marker:
    """What charts are drawn with in the app; braille in one that knows nothing of its terminal."""
    return app.marker if isinstance(app, TerminalApp) else "braille"


def is_ascii(app: App[Any]) -> bool:
    """Whether its terminal knows no more than ASCII."""
    return marker_of(app) == "ascii"


def legible(widget: Widget, pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces in characters that the widget's terminal has."""
    if not is_ascii(widget.app):
        return list(pieces)
    return [(ascii_only(text), style) for text, style in pieces]
