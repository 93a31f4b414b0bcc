"""What characters the terminal has is asked of its app."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.widgets import Label

from tui.options import Marker
from tui.terminal.characters import is_ascii, legible, marker_of
from tui.terminal.terminal_app import TerminalApp

PIECES = [("● trained…", "bold"), (" café", "")]


@pytest.mark.parametrize("marker", ["braille", "block", "ascii"])
def test_an_app_is_drawn_with_what_its_terminal_has(marker: Marker) -> None:
    app = TerminalApp(marker)
    assert marker_of(app) == marker
    assert is_ascii(app) == (marker == "ascii")


def test_an_app_that_knows_nothing_of_its_terminal_has_all_characters() -> None:
    assert marker_of(App()) == "braille"
    assert not is_ascii(App())


@pytest.mark.parametrize(
    ("marker", "shown"), [("braille", PIECES), ("block", PIECES), ("ascii", [("* trained...", "bold"), (" caf?", "")])]
)
async def test_a_widget_s_texts_are_spelt_with_what_its_terminal_has(
    marker: Marker, shown: list[tuple[str, str]]
) -> None:
    app = TerminalApp(marker)
    async with app.run_test():
        label = Label()
        await app.mount(label)
        assert legible(label, iter(PIECES)) == shown
