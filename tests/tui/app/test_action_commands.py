"""The command palette finds an action by its title, and by what its sentence says."""

from __future__ import annotations

import pytest
from textual.command import CommandList, CommandPalette

from tests.support.hands import dashboard
from tests.support.script import Bench, done, until
from tui.actions import ACTIONS


def found(palette: CommandPalette) -> list[str]:
    options = palette.query_one(CommandList)
    return [str(options.get_option_at_index(index).prompt) for index in range(options.option_count)]


@pytest.mark.parametrize(
    ("query", "title"), [("reseed", "Reseed (r)"), ("another seed", "Reseed (r)"), ("renames", "Open a run (o)")]
)
async def test_titles_and_sentences_are_searched(query: str, title: str) -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press("ctrl+p")
        await until(lambda: isinstance(hands.app.screen, CommandPalette))
        palette = hands.app.screen
        assert isinstance(palette, CommandPalette)
        await until(lambda: len(found(palette)) == len(ACTIONS) - 1)
        await hands.press(*(key if key != " " else "space" for key in query))
        await until(lambda: 0 < len(found(palette)) < len(ACTIONS) - 1 and title in found(palette)[0])


async def test_it_says_that_nothing_matches() -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press("ctrl+p", *"zzqx")
        palette = hands.app.screen
        assert isinstance(palette, CommandPalette)
        await until(lambda: [option.disabled for option in palette.query_one(CommandList).options] == [True])
