"""The dimmed dashboard looks as Textual's own would."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip

from tests.support.hands import NARROW, dashboard
from tests.support.script import Bench, training
from tui.terminal.dimmed import Dimmed

TINT = Color.parse("#000000").with_alpha(0.6)


async def test_every_cell_has_the_colour_that_textual_gives_it() -> None:
    async with dashboard(Bench(training()), NARROW) as hands:
        screen = hands.screen
        ours = Dimmed(screen, TINT).render_strips(NARROW[0], NARROW[1], None, None)  # type: ignore[arg-type]
        theirs = [
            Strip(BackgroundScreen.process_segments(strip, TINT)) for strip in screen._compositor.render_strips()
        ]
    assert len(ours) == NARROW[1]
    assert [cells(strip) for strip in ours] == [cells(strip) for strip in theirs]
    assert any(style is not None and style.color is not None for strip in ours for _, style, _ in strip)


def cells(strip: Strip) -> list[tuple[str, Style | None]]:
    return [(character, style) for text, style, _ in strip for character in text]


def test_a_lower_dialog_gets_its_lines_alone() -> None:
    class Low:
        class _compositor:  # noqa: N801
            @staticmethod
            def render_strips() -> list[Strip]:
                return [Strip([Segment("abc")])] * 9

    strips = Dimmed(Low, TINT).render_strips(5, 2, None, None)  # type: ignore[arg-type]
    assert [strip.text for strip in strips] == ["abc  "] * 2
