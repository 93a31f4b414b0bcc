"""A folder of logs as a board is told of it: all kinds, live, new ones by themselves, each getting its turn."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.script.vocabulary.commands import Pause
from lstm_engine.store.script_record import ScriptRecord, write_script_record
from tests.support.event_files import Points, written
from tests.support.logs import Heard
from tests.support.run_folders import make_run
from tests.support.script import until
from tui.client.log_source import LogSource
from tui.state.told import Restart, Told


@contextlib.asynccontextmanager
async def following(folder: Path) -> AsyncIterator[dict[str, Heard]]:
    """What is told of the folder, by run, while the block is carried out."""
    runs: dict[str, Heard] = {}

    def tell(news: Sequence[Told]) -> None:
        for told in news:
            runs.setdefault(told.run, Heard()).hear(told)

    task = asyncio.create_task(LogSource(folder, every=0.01, search_every=0.01).follow(tell))
    try:
        yield runs
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_an_empty_folder_is_waited_for_and_new_logs_turn_up_and_grow(tmp_path: Path) -> None:
    async with following(tmp_path) as runs:
        folder = tmp_path / "lightning_logs" / "version_0"
        folder.mkdir(parents=True)
        (folder / "metrics.csv").write_text("loss,step\n1,1\n")
        await until(lambda: "lightning_logs/version_0" in runs)
        with (folder / "metrics.csv").open("a") as file:
            file.write("2,2\n")
        await until(lambda: runs["lightning_logs/version_0"].points.get("loss") == [(1, 1.0), (2, 2.0)])
        written(folder.parent / "events.out.tfevents.1.host", {"loss": [(3, 1.0, 0.5)]})
        await until(lambda: "lightning_logs" in runs)
        assert runs["lightning_logs"].points == {"loss": [(3, 0.5)]}


async def test_all_kinds_side_by_side(tmp_path: Path) -> None:
    make_run(tmp_path, "calm-lake")
    script = tmp_path / "train"
    script.mkdir()
    write_script_record(script, ScriptRecord(created="", argv=("x",), title="train.py", directory="/w"))
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "metrics.csv").write_text("loss,step\n1,1\n")
    (tmp_path / "events").mkdir()
    written(tmp_path / "events" / "events.out.tfevents.1.host", {"loss": [(3, 1.0, 0.5)]})
    before = sorted(path.as_posix() for path in tmp_path.rglob("*"))
    async with following(tmp_path) as runs:
        await until(lambda: len(runs) == 4)
        await until(lambda: "out_0" in runs["calm-lake"].points)
    assert runs["train"].texts["title"] == "train.py"
    assert list(runs) == ["calm-lake", "csv", "events", "train"]
    assert sorted(path.as_posix() for path in tmp_path.rglob("*")) == before


async def test_of_a_folder_those_runs_alone_that_are_wanted(tmp_path: Path) -> None:
    for name in ("calm-lake", "old-oak", "young-ash"):
        make_run(tmp_path, name)
    told: list[Told] = []
    task = asyncio.create_task(LogSource(tmp_path, 0.01, 0.01, only=("old-oak", "calm-lake")).follow(told.extend))
    await until(lambda: {each.run for each in told} >= {"calm-lake", "old-oak"})
    task.cancel()
    assert {each.run for each in told} == {"calm-lake", "old-oak"}


async def test_a_large_log_keeps_no_other_one_waiting(tmp_path: Path) -> None:
    large: Points = {"a": [(step, 1.0, 0.5) for step in range(300_000)]}
    for name, points in (("a", large), ("b", {"a": [(1, 1.0, 0.25)]})):
        (tmp_path / name).mkdir()
        written(tmp_path / name / "events.out.tfevents.1.host", points)
    order: list[str] = []
    task = asyncio.create_task(LogSource(tmp_path).follow(lambda news: order.extend(told.run for told in news)))
    await until(lambda: len(order) > 2)
    task.cancel()
    assert order[:3] == ["a", "b", "a"]


async def test_what_cannot_be_read_is_told_and_mends(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake")
    record = (run / "run.json").read_bytes()
    (run / "run.json").write_text("{")
    async with following(tmp_path) as runs:
        await until(lambda: "calm-lake" in runs)
        assert "run.json is damaged" in runs["calm-lake"].problem
        (run / "run.json").write_bytes(record)
        await until(lambda: "out_0" in runs["calm-lake"].points)
        assert runs["calm-lake"].problem == ""


async def test_a_folder_that_goes_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "metrics.csv").write_text("loss,step\n1,1\n")
    async with following(folder) as runs:
        await until(lambda: "a" in runs)
        shutil.rmtree(folder)
        await until(lambda: "cannot be listed (No such file or directory)" in runs["a"].problem)
    assert runs["a"].points == {"loss": [(1, 1.0)]}


async def test_nothing_is_steered(tmp_path: Path) -> None:
    source = LogSource(tmp_path)
    assert not source.steers
    source.send("a", Pause())
    with pytest.raises(UserError, match="a is a log"):
        await source.restart("a", Restart())
