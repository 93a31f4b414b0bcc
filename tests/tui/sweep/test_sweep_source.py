"""A real process, paused, gone on with, killed, and ended."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.sweep_folder import write_settings
from tests.support.script import until
from tui.sweep.standing import Standing
from tui.sweep.sweep_source import SweepSource


async def test_it_is_paused_goes_on_and_is_told(tmp_path: Path) -> None:
    write_settings(tmp_path, SweepSettings(seeds=tuple(range(20)), epochs=100_000))
    source, told = SweepSource(tmp_path, 1), list[Standing]()
    following = asyncio.create_task(source.follow(told.append))
    await until(lambda: source.standing.results is not None)
    source.pause_or_go_on()
    assert source.standing.state == "pausing"
    await until(lambda: source.standing.state == "paused")
    epoch = source.standing.epoch
    source.pause_or_go_on()
    await until(lambda: source.standing.state == "training" and source.standing.epoch > epoch)
    assert source._process is not None
    os.killpg(source._process.pid, signal.SIGKILL)
    await until(lambda: source.standing.state == "failed")
    assert source.standing.problem == "its process was killed"
    source.pause_or_go_on()
    await until(lambda: source.standing.state == "training")
    assert not source.standing.problem
    await source.end()
    await until(lambda: source.standing.state == "paused")
    following.cancel()
    states = [standing.state for standing in told]
    assert states[0] == "starting"
    assert {"training", "pausing", "paused", "failed"} <= set(states)


async def test_it_comes_to_its_end(tmp_path: Path) -> None:
    write_settings(tmp_path, SweepSettings(seeds=(1, 2), epochs=5))
    source = SweepSource(tmp_path)
    following = asyncio.create_task(source.follow(lambda _: None))
    await until(lambda: source.standing.state == "finished")
    assert source.standing.epoch == 5
    source.pause_or_go_on()
    assert source.standing.state == "finished"
    following.cancel()


def test_what_is_no_sweep_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        SweepSource(tmp_path)
