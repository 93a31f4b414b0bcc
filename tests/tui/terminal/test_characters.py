"""What characters the terminal has is asked of its app."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem
from textual.app import App

from tui.options import Marker
from tui.terminal.characters import has_colour, is_ascii, marker_of
from tui.terminal.terminal_app import TerminalApp


@pytest.mark.parametrize("marker", ["braille", "block", "ascii"])
def test_an_app_is_drawn_with_what_its_terminal_has(marker: Marker) -> None:
    app = TerminalApp(marker)
    assert marker_of(app) == marker
    assert is_ascii(app) == (marker == "ascii")


def test_an_app_that_knows_nothing_of_its_terminal_has_all_characters() -> None:
    assert marker_of(App()) == "braille"
    assert not is_ascii(App())


def test_colours_are_there_unless_the_user_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, system, wanted in ((None, "truecolor", True), (None, "standard", False), ("1", "truecolor", False)):
        monkeypatch.delenv("NO_COLOR", raising=False)
        if variable:
            monkeypatch.setenv("NO_COLOR", variable)
        app = App[None]()
        monkeypatch.setattr(app.console, "_color_system", ColorSystem[system.upper()])
        assert has_colour(app) == wanted
