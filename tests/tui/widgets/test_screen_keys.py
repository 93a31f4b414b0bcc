"""The line of a screen's keys: as many as fit, and each of them a button."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen

from tests.support.script import until
from tui.widgets.screen_keys import ScreenKeys

KEYS = (("a", "add", "add"), ("← →", "move", "move(1)"), ("q", "quit", "app.leave"))


@pytest.mark.parametrize("width", range(40))
def test_as_many_keys_as_fit(width: int) -> None:
    text = "".join(piece for piece, _ in ScreenKeys(KEYS)._pieces_in(width)).rstrip()
    assert len(text) <= max(width, 0)
    assert text in ("", " a add", " a add  ← → move", " a add  ← → move  q quit")


class Pressed(Screen[None]):
    def compose(self) -> ComposeResult:
        yield ScreenKeys(KEYS)

    def action_add(self) -> None:
        self.app.done.append("add")  # type: ignore[attr-defined]

    def action_move(self, steps: int) -> None:
        self.app.done.append(f"move {steps}")  # type: ignore[attr-defined]


class Buttons(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def on_mount(self) -> None:
        self.push_screen(Pressed())

    def action_leave(self) -> None:
        self.done.append("leave")


async def test_every_key_is_a_button() -> None:
    app = Buttons()
    async with app.run_test(size=(40, 3)) as pilot:
        await until(lambda: bool(app.screen.query(ScreenKeys)))
        for x in (1, 8, 20, 35):
            await pilot.click(ScreenKeys, (x, 0))
        await until(lambda: app.done == ["add", "move 1", "leave"])
