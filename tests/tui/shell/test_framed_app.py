"""An app that draws frame by frame."""

from __future__ import annotations

import pytest

from tests.support.script import until
from tui.shell.framed_app import FramedApp
from tui.shell.theme import DARK, LIGHT


class Counting(FramedApp):
    """Counts its frames."""

    def __init__(self) -> None:
        super().__init__("braille", fps=5)
        self.frames = 0

    def draw_frame(self) -> None:
        self.frames += 1


async def test_many_requests_are_few_frames_and_the_last_is_drawn() -> None:
    app = Counting()
    async with app.run_test():
        for _ in range(50):
            app.output.request_frame()
        await until(lambda: app.is_drawn)
        assert 1 <= app.frames <= 3


async def test_a_key_s_frame_does_not_wait() -> None:
    app = Counting()
    async with app.run_test():
        app.output.request_frame()
        await until(lambda: app.is_drawn)
        before = app.frames
        app.output.request_frame()
        app.output.draw_now()
        assert app.frames == before + 1


async def test_the_theme_turns_and_the_app_is_left() -> None:
    app = Counting()
    async with app.run_test():
        assert app.theme == DARK.name
        app.switch_theme()
        assert app.theme == LIGHT.name
        app.leave()
        await until(lambda: not app.is_running)


def test_without_a_drawing_it_is_none() -> None:
    with pytest.raises(NotImplementedError):
        FramedApp("braille", fps=5).draw_frame()
