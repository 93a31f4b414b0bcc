"""A real process, paused, gone on with, killed, and ended."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
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


async def test_where_it_was_left_nothing_starts_by_itself(tmp_path: Path) -> None:
    settings = SweepSettings(seeds=(1, 2), epochs=5)
    write_settings(tmp_path, settings)
    source = SweepSource(tmp_path, standing=Standing("luck", settings, "paused"))
    told: list[Standing] = []
    following = asyncio.create_task(source.follow(told.append))
    await asyncio.sleep(0)
    assert told == []
    source.pause_or_go_on()
    await until(lambda: source.standing.state == "finished")
    following.cancel()


async def test_all_members_are_read_no_more_often_than_twice_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program.py"
    lines = "".join(f'print(\'{{"epoch": {epoch}, "epochs": 5, "rate": 1.0}}\')\n' for epoch in range(1, 5))
    program.write_text(lines)
    monkeypatch.setattr("tui.sweep.sweep_source.sweep_command", lambda *_: [sys.executable, str(program)])
    reads = []
    monkeypatch.setattr("tui.sweep.sweep_source._results", lambda folder: reads.append(folder) or "")
    monkeypatch.setattr("tui.sweep.sweep_source._REST", 3600.0)
    write_settings(tmp_path, SweepSettings(seeds=(1, 2), epochs=5))
    source, told = SweepSource(tmp_path), list[Standing]()
    following = asyncio.create_task(source.follow(told.append))
    await until(lambda: source.standing.state == "finished")
    following.cancel()
    assert {standing.epoch for standing in told} == {0, 1, 2, 3, 4, 5}
    assert len(reads) == 2  # at the first line, and at the end


def test_what_is_no_sweep_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        SweepSource(tmp_path)
