"""Work that is done beside the keys: all of it, or nothing that was never awaited."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label
from textual.worker import WorkerFailed

import tui
from tests.support.script import handled, until
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


class Labelled(App[None]):
    def compose(self) -> ComposeResult:
        yield Vertical(Label("here"))


@pytest.mark.parametrize("is_removed", [True, False])
async def test_a_widget_that_is_not_found_is_an_error_but_where_all_of_it_goes(is_removed: bool) -> None:
    looked: list[str] = []

    def work(node: Vertical) -> Callable[[], Coroutine[Any, Any, None]]:
        async def look() -> None:
            if is_removed:
                node.remove()
            looked.append("looked")
            node.query_one(Input)

        return look

    app = Labelled()
    with contextlib.nullcontext() if is_removed else pytest.raises(WorkerFailed, match="Input"):
        async with app.run_test() as pilot:
            run_beside(app.query_one(Vertical), work(app.query_one(Vertical)))
            await until(lambda: looked and all(worker.is_finished for worker in app.workers))
            await handled(pilot)
    assert looked == ["looked"]


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
