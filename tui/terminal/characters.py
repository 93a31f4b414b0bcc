"""What characters and colours the terminal has: the app knows it, and whatever draws asks here.

A chart draws with other points and marks where there is nothing but ASCII; what is left is `spelling`'s.
"""

from __future__ import annotations

from typing import Any

from textual.app import App

from tui.options import Marker
from tui.terminal.terminal_app import TerminalApp


def marker_of(app: App[Any]) -> Marker:
    """What charts are drawn with in the app; braille in one that knows nothing of its terminal."""
    return app.marker if isinstance(app, TerminalApp) else "braille"


def is_ascii(app: App[Any]) -> bool:
    """Whether its terminal knows no more than ASCII."""
    return marker_of(app) == "ascii"


def has_colour(app: App[Any]) -> bool:
    """Whether its terminal has so many colours that shades of one can be told apart, and the user wants them."""
    return not app.no_color and (app.is_headless or app.console.color_system in ("256", "truecolor"))
