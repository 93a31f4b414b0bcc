"""A process as what is told of it, of a queue; it is a program of the test's."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.support.queues import queue_standing
from tests.support.script import until
from tui.queue.queue_source import QueueSource
from tui.queue.queue_standing import QueueStanding

TELLS = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))
print('{"run":"luck-1","state":"training","where":"","epoch":1,"epochs":3,"loss":0.5}', flush=True)
print('nothing that is JSON', flush=True)
"""


@asynccontextmanager
async def followed(program: str, command: list[str] | None = None) -> AsyncIterator[tuple[QueueSource, list[str]]]:
    """And the states that it was told in."""
    source = QueueSource(command or [sys.executable, "-c", program], queue_standing(told={}, state="starting"))
    states: list[str] = []

    def tell(standing: QueueStanding) -> None:
        states.append(standing.state)

    task = asyncio.create_task(source.follow(tell))
    try:
        yield source, states
    finally:
        await source.end()
        task.cancel()


async def test_members_are_told_as_they_go() -> None:
    async with followed(TELLS) as (source, states):
        await until(lambda: source.standing.state == "finished")
        assert (source.standing.member(0).state, source.standing.member(0).epoch) == ("training", 1)
        assert [states[0], states[-1]] == ["starting", "finished"]


async def test_space_saves_and_goes_on() -> None:
    async with followed(TELLS + "signal.pause()") as (source, _):
        await until(lambda: source.standing.state == "training")
        source.pause_or_go_on()
        assert source.standing.state == "pausing"
        await until(lambda: source.standing.state == "paused")
        source.pause_or_go_on()
        await until(lambda: source.standing.state == "training")
    assert source.standing.state == "paused"


@pytest.mark.parametrize(
    ("end", "problem"),
    [
        ("sys.exit('the scheduler is gone')", "the scheduler is gone"),
        ("sys.exit(3)", "its process ended with status 3"),
    ],
)
async def test_an_end_by_itself_has_its_reason(end: str, problem: str) -> None:
    async with followed(TELLS + end) as (source, _):
        await until(lambda: source.standing.state == "failed")
        assert source.standing.problem == problem


async def test_what_cannot_be_started_is_said() -> None:
    async with followed("", ["/nowhere/at-all"]) as (source, _):
        await until(lambda: source.standing.state == "failed")
        assert source.standing.problem.startswith("no process could be started")
