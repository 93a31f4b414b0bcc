"""The list of runs on the screen of a dashboard, read and pressed."""

from __future__ import annotations

from typing import Any

from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.hands import Hands
from tests.support.run_folders import ListedFolder, StillFolder, before, entry
from tests.support.script import Bench, done, until
from tui.screens.run_list import RunList
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList

#: Who trains a run.
HOLDER: dict[str, Any] = {"host": "bench", "pid": 4711, "per_second": 410.0, "watchers": 2}
LISTED = ListedFolder.holding(
    entry("calm-lake", "stopped", 1200, saved=before(minutes=5)),
    entry("old-oak", loss=0.05, saved=before(hours=3), config=RunConfig(seed=7, lr=0.1)),
    entry("young-ash", parent=Parent("old-oak", 1000), saved=before(days=2), loss=0.3),
    entry("wild-fern", "running", 300, loss=None, saved=before(days=30), note="the best #keep", **HOLDER),
    entry("broken-reed", "damaged", 0, 0, None, problem="run.json is damaged", saved=""),
)


class List:
    """The list of runs on the screen of a dashboard."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.app = hands.app

    @property
    def screen(self) -> RunList:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, RunList))

    @property
    def names(self) -> list[str]:
        """The runs shown, from top to bottom."""
        rows = self.screen.query_one(RowList)
        return [self._name(number) for number in range(rows.virtual_size.height)]

    @property
    def present(self) -> str:
        """The name under the cursor."""
        return self._name(self.screen.query_one(RowList).cursor)

    def _name(self, number: int) -> str:
        """Behind the mark."""
        return self.line(number)[2:].split()[0]

    def line(self, number: int) -> str:
        rows = self.screen.query_one(RowList)
        return rows.render_line(number - rows.scroll_offset.y).text

    def text(self, name: str) -> str:
        """What a line below the rows says."""
        return plain(self.screen.query_one(f"#{name}", Lines)).strip()

    async def press(self, *keys: str) -> None:
        await self.hands.press(*keys)

    async def on(self, kind: type) -> None:
        """Wait for a screen of that kind."""
        await until(lambda: isinstance(self.app.screen, kind) and self.app.screen.is_attached)
        await self.hands.pilot.pause()


def plain(lines: Lines) -> str:
    """What some lines show."""
    return lines.render().plain  # type: ignore[union-attr]


async def listed(hands: Hands) -> List:
    """The list, read; the cursor is on the first run that nobody trains."""
    await hands.press("o")
    await until(lambda: isinstance(hands.app.screen, RunList))
    shown = List(hands)
    await until(lambda: "reading" not in shown.text("said"))
    await hands.press(*["down"] * sum("training" in shown.line(number) for number in range(len(shown.names))))
    return shown


def bench(folder: StillFolder = LISTED) -> Bench:
    return Bench(done(), folder=folder)
