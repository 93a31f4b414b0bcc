"""Both themes name the same colours, and all of them can be read on their ground."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from tui.shell.theme import DARK, LIGHT

#: What WCAG 2 asks of text, and of what is no text.
TEXT, LINES = 4.5, 1.3


def contrast(one: str, other: str) -> float:
    """By WCAG 2, 1 to 21."""

    def luminance(text: str) -> float:
        parts = [value / 255 for value in Color.parse(text).rgb]
        red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_colour_of_text_can_be_read(theme: Theme) -> None:
    assert theme.background is not None
    names = ("primary", "secondary", "accent", "success", "warning", "error", "foreground")
    colours = {name: getattr(theme, name) for name in names} | theme.variables
    for name, colour in colours.items():
        assert contrast(colour, theme.background) >= (LINES if name == "edge" else TEXT), name


def test_they_are_one_another_s_other_side() -> None:
    assert (DARK.dark, LIGHT.dark) == (True, False)
    assert DARK.variables.keys() == LIGHT.variables.keys()
