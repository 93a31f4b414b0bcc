"""Work that is done beside the keys: all of it, or nothing that was never awaited."""

from __future__ import annotations

import ast
from pathlib import Path

from textual.app import App

import tui
from tui.terminal.beside import run_beside


async def test_it_is_run() -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("work")

    app = App[None]()
    async with app.run_test():
        run_beside(app, work)
        await app.workers.wait_for_complete()
    assert done == ["work"]


def test_no_coroutine_is_made_before_its_turn() -> None:
    """An argument that is a call makes the coroutine at once, and who closes the app leaves it there."""
    (folder,) = tui.__path__
    made = [
        f"{path}:{call.lineno}"
        for path in Path(folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(("run_worker", "run_beside"))
        for argument in call.args
        if isinstance(argument, ast.Call) and ast.unparse(argument.func) != "partial"
    ]
    assert made == []
