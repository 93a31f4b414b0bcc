"""Keys one after another: also where one of them never comes to its end, and before there is a screen for them."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Key
from textual.widgets import Label

from tests.support.script import until
from tui.terminal.fitted_screens import FittedModalScreen
from tui.terminal.terminal_app import TerminalApp


class Dialog(FittedModalScreen[str]):
    def compose(self) -> ComposeResult:
        yield Label("a dialog")


class Keys(TerminalApp):
    """Notes its keys; `w` waits until it is told to go on."""

    BINDINGS = [Binding("a,b", "note"), Binding("w", "wait")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__("braille")
        self.noted: list[str] = []
        self.gate = asyncio.Event()

    def action_note(self) -> None:
        self.noted.append("noted")

    async def action_wait(self) -> None:
        await self.gate.wait()
        self.noted.append("waited")

    def type(self, keys: str) -> None:
        for key in keys:
            self.post_message(Key(key, key))


async def test_a_key_waits_for_the_end_of_the_one_before() -> None:
    app = Keys()
    async with app.run_test():
        app.type("wa")
        await until(lambda: not app.keys.is_idle)
        app.gate.set()
        await until(lambda: len(app.noted) == 2)
        assert app.noted == ["waited", "noted"]


async def test_a_handler_that_never_ends_holds_the_next_key_up_for_a_while_only() -> None:
    app = Keys()
    app.keys.patience = 0.05
    never = asyncio.Event()
    async with app.run_test():
        label = Label()
        await app.screen.mount(label)
        label.call_later(never.wait)
        app.type("ab")
        await until(lambda: len(app.noted) == 2)
        never.set()


async def test_what_is_early_waits_and_so_does_what_is_behind_it() -> None:
    app = Keys()
    early = True
    app.keys.is_early = lambda event: early and isinstance(event, Key) and event.key == "b"
    async with app.run_test() as pilot:
        app.type("aba")
        await until(lambda: app.noted == ["noted"])
        await pilot.pause()
        assert app.noted == ["noted"]
        early = False
        app.keys.go_on()
        await until(lambda: len(app.noted) == 3)


async def test_dismissing_twice_closes_one_screen() -> None:
    app = Keys()
    async with app.run_test():
        first, second = Dialog(), Dialog()
        await app.push_screen(first)
        await app.push_screen(second)
        second.dismiss("once")
        second.dismiss("twice")
        await until(lambda: not second.is_attached)
        assert app.screen is first


async def test_an_error_in_a_key_ends_it_with_status_1_and_its_traceback_kept() -> None:
    class Broken(Keys):
        def action_note(self) -> None:
            raise ZeroDivisionError("broken")

    app = Broken()

    async def run() -> None:
        async with app.run_test():
            app.type("ab")
            await until(lambda: app.failure)

    with pytest.raises(ZeroDivisionError):
        await run()
    assert "action_note" in app.failure
    assert app.return_code == 1
    assert not app._exit_renderables
