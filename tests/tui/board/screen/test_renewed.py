from __future__ import annotations

from typing import Any

import pytest
from textual.app import App
from textual.dom import DOMNode

from tests.support.script import until
from tui.board.screen import renewed
from tui.board.screen.renewed import Renewed


class Host(App[None]):
    @property
    def panel(self) -> DOMNode:
        return self


async def test_it_is_read_once_for_each_mark_and_not_twice_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewed, "_EVERY", 0.0)
    monkeypatch.setattr(renewed, "_REST", 0.0)
    host, marks, drawn = Host(), list[Any](), list[Any]()

    def read(mark: Any) -> str:
        marks.append(mark)
        return f"found {mark}"

    async with host.run_test():
        reading = Renewed(host, lambda: drawn.append(reading.found), read)
        assert reading.found is None
        for mark in (1, 2, 1):
            reading.watch(mark)
        await until(lambda: len(drawn) == 2)
        assert marks == [1], "the others came while it was read"
        reading.watch(1)
        reading.watch(2)
        await until(lambda: reading.found == "found 2")
        assert marks == [1, 2]
