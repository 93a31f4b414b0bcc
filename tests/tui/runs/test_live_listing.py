"""A listing that is kept up to date."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from tests.support.run_folders import NOW, make_run
from tui.runs.live_listing import LiveListing
from tui.runs.run_cells import Showing
from tui.runs.run_folder import RunFolder


def at(seconds: float) -> Showing:
    return Showing(None, NOW + datetime.timedelta(seconds=seconds))


def names(live: LiveListing) -> set[str]:
    return {entry.run for entry in live.listing.catalogue.entries}


async def test_only_what_is_new_is_told(tmp_path: Path) -> None:
    live = LiveListing(RunFolder.at(tmp_path))
    assert await live.look(at(0)), "that there is none is new, too"
    assert not await live.look(at(1))
    make_run(tmp_path, "calm-lake")
    assert await live.look(at(2))
    assert names(live) == {"calm-lake"}


async def test_looks_at_the_same_time_come_one_after_the_other(tmp_path: Path) -> None:
    for name in ("calm-lake", "old-oak"):
        make_run(tmp_path, name)
    live = LiveListing(RunFolder.at(tmp_path))
    assert sorted(await asyncio.gather(*(live.look(at(0)) for _ in range(8)))) == [False] * 7 + [True]
    assert names(live) == {"calm-lake", "old-oak"}


async def test_times_grow_old_though_nothing_happens(tmp_path: Path) -> None:
    make_run(tmp_path, "calm-lake")
    live = LiveListing(RunFolder.at(tmp_path))
    assert await live.look(at(0))
    assert [await live.look(at(seconds)) for seconds in (5, 9.9, 10, 15, 25)] == [False, False, True, False, True]


async def test_a_folder_that_cannot_be_read_is_told_and_looked_at_again(tmp_path: Path) -> None:
    path = tmp_path / "checkpoints"
    path.write_text("")
    live = LiveListing(RunFolder.at(path))
    for _ in range(2):
        with pytest.raises(UserError, match="cannot be listed"):
            await live.look(at(0))
    path.unlink()
    make_run(path, "calm-lake")
    assert await live.look(at(1))
    assert names(live) == {"calm-lake"}


@pytest.mark.parametrize(("took", "seconds"), [(0.001, 1.0), (0.04, 1.0), (0.1, 2.0), (3.0, 10.0)])
async def test_a_costly_look_is_a_seldom_one(tmp_path: Path, took: float, seconds: float) -> None:
    times = iter([0.0, 100.0, 100.0 + took])
    live = LiveListing(RunFolder.at(tmp_path), lambda: next(times))
    await live.look(at(0))
    assert live.seconds == 1.0, "the first one reads everything, and the others do not"
    await live.look(at(0))
    assert live.seconds == pytest.approx(seconds)
