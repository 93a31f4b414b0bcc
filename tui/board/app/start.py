"""A board from start to end, and a word on the normal screen after it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lstm_engine.text import printable
from tui.options import Marker, shell_word
from tui.shell.left import Left
from tui.shell.whole_run import FAILED, prepare, run_whole, say, say_failure

if TYPE_CHECKING:
    from tui.board.state.board import Board
    from tui.runs.run_folder import RunFolder
    from tui.state.told import Source


@dataclass(frozen=True)
class BoardOptions:
    """How a board is shown.

    fps: frames a second, at most. marker: what charts are drawn with.
    command: what looks in again, as one types it: `lstm-tui attach NAME`; empty for nothing to say.
    folder: that the run lies in, and others to open; None where there is none such.
    """

    fps: int = 10
    marker: Marker = "braille"
    command: str = ""
    folder: RunFolder | None = None


def run_board(source: Source, options: BoardOptions) -> Left:
    """Show what the source tells until the user leaves it."""
    return asyncio.run(_run(source, options))


async def _run(source: Source, options: BoardOptions) -> Left:
    prepare()
    from tui.board.app.board_app import BoardApp

    app = BoardApp(source, marker=options.marker, fps=options.fps, folder=options.folder)
    await run_whole(app)
    if app.failure:
        say_failure(app.failure)
    board = app.board.board
    words = farewell(board, options.command) if source.steers and board is not None else ""
    if words:
        say(printable(words))
    status = FAILED if app.failure else app.return_code or 0
    return Left(status, None if status else app.opens)


def farewell(board: Board, command: str) -> str:
    """What becomes of the training; empty where there is nothing to say of it."""
    look = f"; look in with: {command or f'lstm-tui attach {shell_word(board.run)}'}"
    name, step = board.run, board.progress.step
    if board.state == "paused":
        return f"{name} stays paused at step {step}{look}"
    if board.is_alive:
        return f"training goes on: {name}{look}"
    if board.state == "failed":
        return f"{name} failed at step {step}: {board.cause or 'no reason was told'}"
    return f"{name} has ended at step {step}"
