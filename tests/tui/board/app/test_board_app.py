"""The app around a board."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from tests.support.board_feed import RUN, FedSource, training
from tests.support.board_hands import board
from tests.support.run_folders import ListedFolder, entry
from tests.support.script import press, until
from tui.board.app.board_app import BoardApp
from tui.board.screen.board_screen import BoardScreen
from tui.drawing.plotext_private import warm_up
from tui.runs.chosen_run import ChosenRun
from tui.screens.help_screen import HelpScreen
from tui.screens.run_list import RunList
from tui.widgets.row_list import RowList


async def test_it_draws_no_more_often_than_it_is_told() -> None:
    source = FedSource()
    source.feed(training())
    async with board(source) as hands:
        drawings: list[int] = []
        draw = hands.screen.draw
        hands.screen.draw = lambda: (drawings.append(1), draw())  # type: ignore[assignment, method-assign, func-returns-value]
        for _ in range(200):
            source.feed(output="x\n")
        await hands.drawn()
        assert 1 <= len(drawings) < 10
        assert hands.board.output.written == 200


@asynccontextmanager
async def listed() -> AsyncIterator[tuple[BoardApp, Pilot[None]]]:
    """A board with a list of runs, which is open."""
    warm_up()
    source = FedSource()
    source.feed(training())
    folder = ListedFolder.holding(entry(RUN, "running", kind="lightning"), entry("old-oak"))
    app = BoardApp(source, fps=1000, folder=folder)
    async with app.run_test(size=(160, 48)) as pilot:
        await until(lambda: isinstance(app.screen, BoardScreen) and app.board.boards.by_name)
        await press(pilot, "o")
        await until(lambda: isinstance(app.screen, RunList) and app.screen.query_one(RowList).virtual_size.height == 2)
        yield app, pilot


async def test_another_run_is_chosen_from_the_list() -> None:
    async with listed() as (app, pilot):
        await press(pilot, "enter")
        assert app.is_running  # it is the one that is open
        await press(pilot, "down", "enter")
        await until(lambda: not app.is_running)
        assert app.opens == ChosenRun("/runs/old-oak")


async def test_the_list_has_its_help_and_escape_goes_back_to_the_board() -> None:
    async with listed() as (app, pilot):
        await press(pilot, "question_mark")
        await until(lambda: isinstance(app.screen, HelpScreen))
        await press(pilot, "escape")
        await press(pilot, "escape")
        await until(lambda: app.screen is app.board)
        assert app.opens is None


async def test_no_key_waits_for_the_source_which_never_ends() -> None:
    source = FedSource()
    source.feed(training())
    async with board(source) as hands:
        assert [worker.node for worker in hands.app.workers if worker.node is hands.screen] == []


async def test_q_leaves_it_with_success() -> None:
    source = FedSource()
    source.feed(training())
    async with board(source) as hands:
        await hands.press("q")
        await until(lambda: not hands.app.is_running)
        assert not hands.app.return_code
        assert not hands.app.failure
