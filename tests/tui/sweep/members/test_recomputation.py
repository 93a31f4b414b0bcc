"""Members that a sweep trained, trained again by a real engine."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.errors import UserError
from lstm_engine.store.directory import read_summary
from lstm_engine.store.holding.lock import in_use
from lstm_engine.sweep.results import read_results
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.sweep_folder import write_settings
from tests.support.script import until
from tui.options import EngineOptions
from tui.sweep.members.member_run import MemberRun
from tui.sweep.members.recomputation import brought

SETTINGS = SweepSettings(seeds=(7, 8), lr=(0.01,), epochs=40)


def trained(folder: Path, settings: SweepSettings = SETTINGS) -> list[MemberRun]:
    """The members of a sweep in that folder, which is there from then on."""
    folder.mkdir()
    write_settings(folder, settings)
    subprocess.run([sys.executable, "-m", "lstm_engine.sweep_run.program", str(folder)], check=True)
    results = read_results(folder)
    return [MemberRun.of(folder.name, results, number) for number in range(settings.count)]


async def test_a_member_has_the_bits_of_the_single_run(tmp_path: Path) -> None:
    one, other = trained(tmp_path / "luck")
    engine, told = EngineOptions(tmp_path), list[str]()
    (begun,) = await brought([replace(one, epoch=10)], engine, told.append)
    assert (begun.directory, begun.is_same) == (tmp_path / "luck-normal-0.01-seed7", False)
    found = await brought([one, other], engine, told.append)  # the first goes on from epoch 10
    assert [run.is_same for run in found] == [True, True]
    assert found[1].said == "seed 8, normal, lr 0.01: same bits as in the sweep luck at epoch 40"
    assert told[0] == "PyTorch is loading"
    assert "seed 8, normal, lr 0.01 is computed again: epoch 40 of 40" in told
    # What is there needs no engine.
    nowhere = replace(engine, command=("/no/such/engine",))
    assert await brought([other, one], nowhere, told.append) == found[::-1]
    with pytest.raises(UserError, match="the engine cannot be started"):
        await brought([replace(one, name="luck-again")], nowhere, told.append)


async def test_a_member_that_diverges_is_told_and_there(tmp_path: Path) -> None:
    data = msgspec.structs.replace(WALK_THROUGH, targets=(0.0, 3e38))
    member, _ = trained(tmp_path / "luck", msgspec.structs.replace(SETTINGS, data=data))
    (found,) = await brought([member], EngineOptions(tmp_path), lambda _: None)
    assert not found.is_same
    assert "seed 7, normal, lr 0.01 cannot be trained beyond epoch" in found.said
    assert found.directory.is_dir()


async def test_an_engine_that_says_nothing(tmp_path: Path) -> None:
    run = trained(tmp_path / "luck")[0]
    silent = EngineOptions(tmp_path, command=(sys.executable, "-c", "import sys; sys.exit('no room')"))
    with pytest.raises(UserError, match=r"the engine ended before seed 7, .* was there: no room"):
        await brought([run], silent, lambda _: None)


async def test_a_folder_that_is_something_else(tmp_path: Path) -> None:
    run = trained(tmp_path / "luck")[0]
    with pytest.raises(UserError, match="not this member's"):
        await brought([replace(run, name="luck")], EngineOptions(tmp_path), lambda _: None)


async def test_one_that_is_given_up_is_saved_and_gone_on_with(tmp_path: Path) -> None:
    long = msgspec.structs.replace(SETTINGS, seeds=(7,), epochs=200_000)
    folder, told = tmp_path / "luck", list[str]()
    folder.mkdir()
    write_settings(folder, long)
    weights = np.zeros(12, np.float32)
    run = MemberRun("luck", "luck-seed7", long.config(long.member(0)), 200_000, "seed 7", weights)
    bringing = asyncio.create_task(brought([run], EngineOptions(tmp_path), told.append))
    await until(lambda: any("epoch" in words and "epoch 0 of" not in words for words in told))
    bringing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await bringing
    place = tmp_path / run.name
    await until(lambda: not in_use(place))
    summary = read_summary(place)
    assert summary is not None
    assert 0 < summary.epoch < 200_000
    (found,) = await brought([replace(run, epoch=summary.epoch + 5)], EngineOptions(tmp_path), told.append)
    assert "12 of 12 parameters differ" in found.said
