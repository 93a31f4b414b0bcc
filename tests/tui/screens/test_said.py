"""The line that says what there is to say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import ComposeResult

from tests.support.script import until
from tui.screens.said import Said
from tui.terminal.terminal_app import TerminalApp


class OneLine(TerminalApp):
    CSS = "Said { height: auto; min-height: 1; max-height: 2; }"

    def compose(self) -> ComposeResult:
        yield Said()


@asynccontextmanager
async def line() -> AsyncIterator[Said]:
    async with OneLine("braille").run_test(size=(30, 8)) as pilot:
        yield pilot.app.query_one(Said)


def text(said: Said) -> str:
    return said.render().plain  # type: ignore[union-attr]


async def test_each_takes_back_its_own_sentence_only() -> None:
    async with line() as said:
        said.say("reading", by="folder")
        said.take_back("filter")
        assert text(said) == " reading"
        said.take_back("folder")
        assert text(said).strip() == ""
        said.say("marked")
        said.take_back("folder")
        assert text(said) == " marked"


async def test_a_long_sentence_takes_two_lines_and_a_short_one_a_single_one() -> None:
    async with line() as said:
        said.say("so many words that they do not stand on one line", alert=True)
        await until(lambda: said.size.height == 2)
        said.say("few")
        await until(lambda: said.size.height == 1)
        said.say("")
        await until(lambda: said.size.height == 1)
