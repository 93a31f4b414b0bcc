from __future__ import annotations

import pytest
from textual.screen import Screen

from tests.support.script import press, until
from tui.shell.one_screen_app import OneScreenApp


class App(OneScreenApp):
    asked = 0

    def on_mount(self) -> None:
        self.push_screen(Screen())

    def draw_frame(self) -> None:
        pass

    def show_help(self) -> None:
        self.asked += 1


async def test_what_a_screen_leaves_to_it() -> None:
    app = App("braille", 10)
    async with app.run_test():
        theme = app.theme
        for name in ("theme", "help", "help", "nothing of the kind"):
            app.action_perform(name)
        assert (app.theme != theme, app.asked) == (True, 2)


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q"])
async def test_it_is_left(key: str) -> None:
    app = App("braille", 10)
    async with app.run_test() as pilot:
        await press(pilot, key)
        await until(lambda: not app.is_running)
