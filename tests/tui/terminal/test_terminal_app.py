"""An app on a terminal: how it ends through an error, and what is kept for good."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Label

from tests.support.script import until
from tui.terminal.terminal_app import TerminalApp


class Kept(ModalScreen[None]):
    def __init__(self) -> None:
        super().__init__()
        self.composed = 0

    def compose(self) -> ComposeResult:
        self.composed += 1
        yield Label("kept")


class Broken(TerminalApp):
    def on_mount(self) -> None:
        raise ValueError("the first")


def test_the_first_error_counts() -> None:
    app = TerminalApp("braille")
    app.fail(ValueError("the first"))
    app.fail(ValueError("the second"))
    assert app.failure.endswith("ValueError: the first\n")
    assert "the second" not in app.failure


async def test_an_error_ends_it_with_status_1_and_draws_no_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    app = Broken("braille")
    with pytest.raises(ValueError, match="the first"):
        async with app.run_test():
            pass
    assert app.return_code == 1
    assert app.failure.startswith("Traceback")
    assert app.failure.endswith("ValueError: the first\n")
    assert capfd.readouterr() == ("", "")


async def test_a_panic_ends_it_with_status_1_and_is_told_later(capfd: pytest.CaptureFixture[str]) -> None:
    app = TerminalApp("braille")
    async with app.run_test():
        app.panic("no such style")
        app.panic("and so on")
        await until(lambda: not app.is_running)
    assert (app.return_code, app.failure) == (1, "no such style")
    assert capfd.readouterr() == ("", "")


async def test_a_kept_screen_is_there_before_it_is_pushed_and_stays() -> None:
    app, screen = TerminalApp("braille"), Kept()
    async with app.run_test() as pilot:
        await app.keep("kept", screen)
        label = screen.query_one(Label)
        await until(lambda: label.size.width > 0)
        for _ in range(2):
            await app.push_screen("kept")
            assert app.screen is screen
            await pilot.press("x")
            screen.dismiss()
            await until(lambda: app.screen is not screen)
        assert screen.composed == 1
        assert screen.query_one(Label) is label


async def test_a_call_comes_later_and_a_text_without_a_terminal_goes_nowhere() -> None:
    called: list[bool] = []
    app = TerminalApp("ascii")
    app.write_to_terminal("nobody is there yet")
    app.restore_terminal()
    async with app.run_test():
        app.after(0, lambda: called.append(True))
        assert called == []
        await until(lambda: called)
    assert app.has_class("-ascii")
    assert not TerminalApp("block").has_class("-ascii")
