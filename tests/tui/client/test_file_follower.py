"""A run that another process holds, followed by its files alone."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.holding.pulse import PULSE
from tests.support.folder_contents import contents
from tests.support.run_folders import make_run
from tests.support.script import until
from tests.support.trainer_elsewhere import TrainerElsewhere
from tui.client.file_follower import FileFollower
from tui.state.elsewhere import Elsewhere
from tui.state.reducer import reduce
from tui.state.session import Saved, Session
from tui.state.updates import LookedOn, Said, Update


@pytest.fixture
def trainer(tmp_path: Path) -> TrainerElsewhere:
    run = make_run(tmp_path / "checkpoints", "calm-lake", 10, 20, "paused")
    return TrainerElsewhere(run)


class Watched:
    """A session, and all that was told to it."""

    def __init__(self) -> None:
        self.session = Session.loading(RunConfig(), 2000)
        self.told: list[Update] = []

    def tell(self, update: Update) -> None:
        self.told.append(update)
        self.session = reduce(self.session, update)


@asynccontextmanager
async def following(run: Path, look: Callable[[], LookedOn] | None = None) -> AsyncIterator[Watched]:
    watched = Watched()
    follower = FileFollower(run, look, every=0.001)
    task = asyncio.create_task(follower.follow(watched.tell))
    yield watched
    follower.stop()
    await asyncio.wait_for(task, 30)


async def test_the_curve_grows_as_the_run_is_saved(trainer: TrainerElsewhere) -> None:
    async with following(trainer.run) as watched:
        await until(lambda: watched.told)
        session = watched.session
        assert (session.state, session.run, session.history.last_epoch) == ("elsewhere", "calm-lake", 10)
        assert session.elsewhere == Elsewhere("node-17", 4711, per_second=50.0)
        trainer.tell(15)
        await until(lambda: watched.session.epoch == 15)
        assert watched.session.history.last_epoch == 10
        trainer.save(20)
        await until(lambda: watched.session.history.last_epoch == 20)
        session = watched.session
        assert (session.epoch, session.target, session.resumes) == (20, 40, (10,))
        assert session.saved == Saved("epoch=19-step=40.ckpt", 20)
        assert session.history.loss[-1] == 20 / 8
        assert session.rewrites == 1


async def test_nothing_is_written_and_what_stays_is_told_once(trainer: TrainerElsewhere) -> None:
    async with following(trainer.run) as watched:
        await until(lambda: watched.told)
        before = contents(trainer.run)
        times = {path.name: path.stat().st_mtime_ns for path in trainer.run.iterdir()}
        os.utime(trainer.run / PULSE)  # a beat that tells nothing new
        for _ in range(20):
            await asyncio.sleep(0.002)
        assert len(watched.told) == 1
        assert contents(trainer.run) == before
        del times[PULSE]
        assert {name: (trainer.run / name).stat().st_mtime_ns for name in times} == times


async def test_its_end_there_is_said_and_a_new_beginning_too(trainer: TrainerElsewhere) -> None:
    async with following(trainer.run) as watched:
        await until(lambda: watched.session.is_watched)
        trainer.save(20)
        trainer.end()
        await until(lambda: not watched.session.is_watched)
        await until(lambda: watched.session.history.last_epoch == 20)
        assert "has ended" in watched.session.notice
        again = TrainerElsewhere(trainer.run)
        await until(lambda: watched.session.is_watched)
        assert watched.session.notice == ""
        again.end()


async def test_a_process_that_is_not_heard_any_more_is_said_to_be_lost(trainer: TrainerElsewhere) -> None:
    trainer.die()
    async with following(trainer.run) as watched:
        await until(lambda: watched.told)
        assert "nothing is heard any more of process 4711 on node-17" in watched.session.notice


async def test_a_process_of_this_host_that_cannot_be_reached(tmp_path: Path) -> None:
    run = make_run(tmp_path / "checkpoints", "calm-lake", 10, 20, "training")
    lock = RunLock(run)
    lock.acquire()
    async with following(run) as watched:
        await until(lambda: watched.told)
        found = watched.session.elsewhere
        assert found is not None
        assert (found.pid, found.is_here, found.is_held, found.training) == (os.getpid(), True, True, True)
        lock.release()
        await until(lambda: not watched.session.is_watched)


async def test_files_that_cannot_be_read_are_said_once_and_read_again(trainer: TrainerElsewhere) -> None:
    away = trainer.run.with_name("away")
    async with following(trainer.run) as watched:
        await until(lambda: watched.told)
        trainer.run.rename(away)
        await until(lambda: watched.session.alert)
        await asyncio.sleep(0.02)
        away.rename(trainer.run)
        await until(lambda: not watched.session.alert)
    problems = [update for update in watched.told if isinstance(update, Said) and update.text]
    assert len(problems) == 1
    assert problems[0].text.startswith("the run's files cannot be read: ")
    assert watched.session.history.last_epoch == 10


async def test_who_is_stopped_tells_nothing_more(tmp_path: Path) -> None:
    told: list[Update] = []
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    def look() -> LookedOn:
        loop.call_soon_threadsafe(asked.set)
        raise UserError("the file is damaged")

    follower = FileFollower(tmp_path, look, every=0.0)
    task = asyncio.create_task(follower.follow(told.append))
    await asked.wait()
    follower.stop()
    count = len(told)
    await asyncio.wait_for(task, 30)
    assert len(told) == count


async def test_a_folder_that_is_gone_ends_nothing(trainer: TrainerElsewhere) -> None:
    async with following(trainer.run) as watched:
        await until(lambda: watched.told)
        shutil.rmtree(trainer.run)
        await until(lambda: watched.session.alert)
        assert watched.session.history.last_epoch == 10
