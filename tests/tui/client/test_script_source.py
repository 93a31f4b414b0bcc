"""A board's source reads a script's run by its files, and reaches its script."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from lstm_engine.errors import UserError
from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.output_tail import OUTPUT
from lstm_engine.script.script_run import new_script_run
from lstm_engine.script.vocabulary.answers import Refused
from lstm_engine.script.vocabulary.commands import Go, StopFit
from lstm_engine.script.vocabulary.events import EVENTS, Event
from lstm_engine.script.vocabulary.keeper_events import Machine, ScriptEnded
from lstm_engine.script.vocabulary.log_events import Described
from lstm_engine.store.holding.owner import OWNER, Owner
from lstm_engine.store.holding.pulse import Pulse, PulseFile
from tests.support.kept_scripts import LIMIT, fake_training, kept, progress_of, record_of, wait_for, wait_until_over
from tui.client.logs import script_log
from tui.client.script_source import ScriptSource
from tui.state.told import Restart, Told


class Listener:
    """What a source has told."""

    def __init__(self) -> None:
        self.told: list[Told] = []

    def hear(self, told: Sequence[Told]) -> None:
        self.told += told

    def events(self, run: str) -> list[Event]:
        return [event for told in self.told if told.run == run for event in told.events]

    @property
    def output(self) -> str:
        return "".join(told.output for told in self.told)

    @property
    def problems(self) -> list[str]:
        return [told.problem for told in self.told if told.problem]

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(LIMIT):
            while not condition():
                await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def followed(source: ScriptSource) -> AsyncIterator[Listener]:
    listener = Listener()
    task = asyncio.create_task(source.follow(listener.hear))
    try:
        yield listener
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    record = msgspec.structs.replace(record_of("python", "a b.py"), commit="abc", parent="old", parent_epoch=3)
    with new_script_run(tmp_path, record, "mine") as run:
        return run


async def test_a_real_script_is_followed_told_and_gone_on_with(tmp_path: Path) -> None:
    with kept(tmp_path, fake_training("--hold", "--epochs", "3"), "mine") as (run, _):
        wait_for(lambda: progress_of(run).epoch == 1)
        source = ScriptSource(run, every=0.01)
        assert source.steers
        async with followed(source) as listener:
            source.send("mine", Go(id="x"))
            await listener.until(lambda: [event for event in listener.events("mine") if isinstance(event, Refused)])
            source.send("mine", StopFit(id="y"))
            await listener.until(lambda: [one for one in listener.events("mine") if isinstance(one, ScriptEnded)])
            wait_until_over(run)
            await listener.until(lambda: listener.output == "training\ndone\n")
            source.send("mine", Go(id="z"))
            await listener.until(lambda: listener.problems == ["run mine has no script that runs"])
            said = await source.restart("mine", Restart(branch=True))
            (branch,) = (path for path in tmp_path.iterdir() if path != run)
            assert said.branch == branch.name
            assert said.sentence.startswith(f"{branch.name} branches off at step 2, in process ")
            (branch / "go").touch()
            await listener.until(lambda: [one for one in listener.events(branch.name) if isinstance(one, ScriptEnded)])
            (run / "go").touch()
            went_on = await source.restart("mine", Restart(max_epochs=2))
            assert went_on.sentence.startswith("mine goes on from step 2 in process")
            wait_until_over(run)
            assert progress_of(run).epoch == 2
            with pytest.raises(UserError, match="is no checkpoint that run mine has told of"):
                await source.restart("mine", Restart(checkpoint="/none.ckpt"))


async def test_for_the_newest_that_is_gone_stands_the_newest_there_is(tmp_path: Path) -> None:
    with kept(tmp_path, fake_training("--epochs", "2"), "mine") as (run, _):
        wait_until_over(run)
    source = ScriptSource(run)
    gone = run / "checkpoints" / "step=4.ckpt"
    gone.unlink()
    with pytest.raises(UserError, match=r"step=4\.ckpt of run mine is gone: expected step=2\.ckpt at step 2$"):
        await source.restart("mine", Restart(str(gone), branch=True))
    begun = await source.restart("mine", Restart(str(gone), branch=True, newest=True))
    sentence = f"{begun.branch} branches off at step 2, the newest now that step=4.ckpt is gone, in process "
    assert begun.sentence.startswith(sentence)
    wait_until_over(tmp_path / begun.branch)
    assert progress_of(tmp_path / begun.branch).epoch == 2
    (run / "checkpoints" / "step=2.ckpt").unlink()
    with pytest.raises(UserError, match="run mine has no checkpoint to go on from"):
        await source.restart("mine", Restart(str(gone), branch=True, newest=True))


async def test_the_record_comes_first_and_events_in_parts(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_log, "_MOST", 10)
    events = EventWriter(run)
    for number in range(35):
        events.tell(Machine(processor=number, memory=1))
    async with followed(ScriptSource(run, every=0.01)) as listener:
        await listener.until(lambda: len(listener.events("mine")) == 36)
        first, *rest = listener.events("mine")
        assert isinstance(first, Described)
        assert first.texts["command"] == "python 'a b.py'"
        assert (first.texts["commit"], first.texts["branch of"]) == ("abc", "old at 3")
        assert [event.processor for event in rest if isinstance(event, Machine)] == list(range(35))
        assert max(len(told.events) for told in listener.told) == 10
        (run / EVENTS).unlink()
        EventWriter(run).tell(Machine(processor=99.0, memory=1))
        await listener.until(lambda: any(told.anew for told in listener.told))
        await listener.until(lambda: len([one for one in listener.events("mine") if isinstance(one, Described)]) == 2)


async def test_output_is_told_as_it_grows_and_no_character_in_halves(run: Path) -> None:
    log = run / OUTPUT
    log.write_bytes("é".encode()[:1])
    async with followed(ScriptSource(run, every=0.01)) as listener:
        await listener.until(lambda: listener.events("mine"))
        with log.open("ab") as file:
            file.write("é".encode()[1:] + "日本\n".encode())
        await listener.until(lambda: listener.output == "é日本\n")
        log.write_text("anew\n")
        await listener.until(lambda: listener.output == "é日本\nanew\n")


async def test_what_cannot_be_read_is_told_once(run: Path) -> None:
    (run / "script.json").rename(run / "away")
    async with followed(ScriptSource(run, every=0.01)) as listener:
        await listener.until(lambda: listener.problems)
        (run / "away").rename(run / "script.json")
        await listener.until(lambda: listener.events("mine"))
        assert len(listener.problems) == 1


def test_what_another_host_holds_is_only_watched(run: Path) -> None:
    (run / OWNER).write_bytes(msgspec.json.encode(Owner(4711, "node-17")))
    PulseFile(run).write(Pulse(epoch=1, target=2, state="training"))
    assert not ScriptSource(run).steers
