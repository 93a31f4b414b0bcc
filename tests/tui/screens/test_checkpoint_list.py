"""The checkpoints of a run: listed, chosen, damaged, missing."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.protocol.messages import OpenRun
from tests.support.hands import dashboard
from tests.support.run_folders import StillFolder, before, make_run
from tests.support.run_list import bench, listed, plain
from tests.support.script import checkpoint, until
from tui.screens.checkpoint_list import CheckpointList
from tui.screens.run_list import RunList
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList


async def test_k_lists_the_checkpoints_and_enter_continues_from_one() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("down", "k")
        await shown.on(CheckpointList)
        screen = hands.app.screen
        await until(lambda: screen.query_one(RowList).virtual_size.height == 5)
        await shown.press("down", "enter")
        assert hands.app.screen is screen, "the damaged one is not opened"
        said = screen.query_one("#said", Lines)
        assert "damaged" in plain(said)
        await shown.press("down")
        assert "a branch" in plain(said)
        await shown.press("enter")
        await hands.closed()
        assert hands.bench.engine.commands[-1] == OpenRun(source=f"/runs/old-oak/{checkpoint(1491)}")


async def test_escape_in_the_checkpoints_goes_back_to_the_list() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("k")
        await shown.on(CheckpointList)
        await shown.press("escape")
        await shown.on(RunList)


async def test_a_run_without_checkpoints_and_one_that_cannot_be_read(tmp_path: Path) -> None:
    make_run(tmp_path, "old-oak", saved=before(hours=2))
    broken = make_run(tmp_path, "young-ash", saved=before(hours=3))
    (broken / "history.sqlite").write_bytes(b"rubbish" * 100)
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints"))) as hands:
        shown = await listed(hands)
        for told in ("it has none yet", "cannot be read"):
            await shown.press("k")
            await shown.on(CheckpointList)
            said = hands.app.screen.query_one("#said", Lines)
            await until(lambda said=said, told=told: told in plain(said))
            await shown.press("enter", "escape", "down")
