"""Sequences of commands, faults among them, carried out by real engines; and what must hold after each of them.

A sequence is drawn before anything runs: `Action` says what to do with "the second run" or "the newest checkpoint" of
whatever is there by then. Nothing depends on time: the engine's clock ticks once each time it is looked at, a command
comes in after a number of epochs, and a kill falls on the n-th step towards the disk. So a sequence that fails, fails
again.
"""

from __future__ import annotations

import functools
import os
import signal
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

import msgspec
import torch
from lightning import Callback, LightningModule, Trainer

from lstm_engine.data.companies import Companies
from lstm_engine.listing.entries import entries, entry_of
from lstm_engine.listing.run_entry import RunEntry
from lstm_engine.models.base import CompanyModel, row_of
from lstm_engine.models.build import build
from lstm_engine.protocol.channel import Inbox, Outbox
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import (
    AddEpochs,
    Branch,
    CheckpointSaved,
    Command,
    Event,
    Failed,
    NewRun,
    OpenRun,
    Pause,
    Quit,
    Refused,
    Reseed,
    RunFinished,
    RunOpened,
    Save,
    Stopped,
    Train,
    TrainingStarted,
    decode_event,
    encode,
)
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.service.engine import Engine
from lstm_engine.service.saving_options import SavingOptions
from lstm_engine.store import directory as runs
from lstm_engine.store.contents import checkpoints_of, read_contents
from lstm_engine.store.directory import read_record
from lstm_engine.store.holding.lock import LOCK, in_use
from lstm_engine.store.holding.owner import OWNER
from lstm_engine.store.holding.pulse import PULSE
from lstm_engine.store.integrity import is_whole
from lstm_engine.store.sqlite_file import HistoryFile
from lstm_engine.training import callback as streaming
from lstm_engine.training import checkpoint as checkpoints
from lstm_engine.training.trainer import checkpoint_bytes, fit

# --- what is done ----------------------------------------------------------------------------------------------------

THREE = Companies(
    source="three.csv",
    names=("A", "B", "C"),
    days=((0.0, 0.5), (1.0, 0.5), (0.25, 1.0)),
    targets=(0.0, 1.0, 0.5),
)
CONFIGS = (
    RunConfig(lr=0.01),
    RunConfig(model="nn-lstm", init="uniform", batch_size=2),
    RunConfig(init="uniform", lr=0.05, batch_size=2, data=THREE),
)

Kind = Literal["new", "train", "go on", "add", "pause", "save", "reseed", "branch", "open", "open older"]
Harm = Literal["truncated", "emptied", "one bit flipped", "gone", "summary gone", "summary rubbish"]


@dataclass(frozen=True)
class Action:
    """A command to come.

    number: how many epochs, which seed, or which configuration, run or checkpoint there is, counted round and round.
    lr: of a branch. after: how many epochs of training under way it lets pass first.
    """

    kind: Kind
    number: int = 0
    lr: float | None = None
    after: int = 0

    def command(self, root: Path, held: Path | None) -> Command:
        """What it comes to. root: the folder of all runs. held: the directory of the open one, if it has one."""
        there = all_runs(root)
        match self.kind:
            case "new":
                return NewRun(config=CONFIGS[self.number % len(CONFIGS)])
            case "train":
                return Train(epochs=self.number)
            case "go on":
                return Train()
            case "add":
                return AddEpochs(epochs=self.number)
            case "pause":
                return Pause()
            case "save":
                return Save()
            case "reseed":
                return Reseed(seed=self.number)
            case "branch":
                reached = parts(held)[0].last_epoch if held else 0
                return Branch(epoch=self.number % (reached + 2), lr=self.lr)  # one epoch too many now and then
            case "open":
                return OpenRun(source=there[self.number % len(there)].name if there else "none")
            case "open older":
                kept = [one.path for run in there for one in checkpoints_of(run)]
                return OpenRun(source=kept[self.number % len(kept)] if kept else "none.ckpt")


@dataclass(frozen=True)
class Damage:
    """Harm done to a run's newest checkpoint, or to its summary, while no engine runs."""

    harm: Harm
    run: int

    def do(self, root: Path) -> None:
        there = all_runs(root)
        if not there:
            return
        run = there[self.run % len(there)]
        if self.harm.startswith("summary"):
            path: Path | None = run / runs.SUMMARY
        else:
            path = next((Path(one.path) for one in checkpoints_of(run)), None)
        if path is None or not path.exists():
            return
        data = path.read_bytes()
        match self.harm:
            case "truncated":
                path.write_bytes(data[: len(data) // 2])
            case "emptied":
                path.write_bytes(b"")
            case "one bit flipped":
                path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if data else b"?")
            case "summary rubbish":
                path.write_bytes(b"{")
            case _:
                path.unlink()


@dataclass(frozen=True)
class Session:
    """One engine's life, and what happens before the next one's.

    save_every: looks at the clock between two timed saves. keep: how many of those are kept.
    killed_at: the step towards the disk that it is killed before; None where it is told to quit.
    """

    actions: tuple[Action, ...]
    save_every: int = 1000
    keep: int = 5
    killed_at: int | None = None
    then: tuple[Damage, ...] = ()


def all_runs(root: Path) -> list[Path]:
    """Every run, in the order in which they were set up."""
    records = sorted(root.glob(f"*/{runs.RECORD}"), key=lambda record: record.stat().st_mtime_ns)
    return [record.parent for record in records]


def parts(run: Path) -> tuple[History, Any, Any]:
    """A run's history, checkpoints and stages."""
    contents = read_contents(run, read_record(run).config)
    return contents.history, contents.checkpoints, contents.stages


# --- an engine without time ------------------------------------------------------------------------------------------


class _Clock:
    """Goes on by one each time it is looked at."""

    def __init__(self) -> None:
        self._now = 0.0

    def monotonic(self) -> float:
        self._now += 1
        return self._now


class _Script(Inbox):
    """Commands that come in after so many epochs of training, or as soon as there is nothing else to do."""

    def __init__(self, root: Path, actions: Iterable[Action], watch: _Watch) -> None:
        super().__init__()
        self._root, self._left, self._watch = root, list(actions), watch
        self._epochs_to_go = self._left[0].after if self._left else 0

    def __bool__(self) -> bool:
        self._epochs_to_go -= 1
        return self._comes

    @property
    def _comes(self) -> bool:
        return bool(self._left) and self._epochs_to_go < 0

    def peek(self) -> Command | None:
        return self._left[0].command(self._root, self._watch.held) if self._comes else None

    def get(self, _timeout: float | None = None) -> Command | None:
        command: Command = Quit()
        if self._left:
            command = self._left.pop(0).command(self._root, self._watch.held)
            self._epochs_to_go = self._left[0].after if self._left else 0
        self._watch.begins(command)
        return command


@dataclass
class _Watch(Outbox):
    """Hears what the engine says, and checks it against what is on disk at that very moment.

    held: the directory of the run on the bench. saved: by run, the epoch that its last checkpoint is said to be of.
    """

    root: Path
    note: Callable[[bytes], None]
    held: Path | None = None
    config: RunConfig | None = None
    saved: dict[str, int] = field(default_factory=dict)
    command: Command | None = None
    before: dict[Path, bytes] = field(default_factory=dict)

    def begins(self, command: Command) -> None:
        self.command, self.before = command, contents(self.root)

    def put(self, event: Message) -> None:
        line = encode(event)
        self.note(line)
        self.hear(decode_event(line))

    def hear(self, event: Event) -> None:
        match event:
            case Refused():
                assert self.command is not None
                assert event.command == type(self.command).__struct_config__.tag
                assert event.reason.strip()
                assert "\n" not in event.reason
                assert contents(self.root) == self.before, f"{event} changed something"
            case RunOpened():
                self._opened(event)
            case TrainingStarted():
                self.held = Path(event.directory)
                assert event.verified == (event.resumed_from is not None)
            case CheckpointSaved():
                assert self.held is not None
                assert (self.held / event.checkpoint).is_file()
                self.saved[self.held.name] = event.epoch
            case RunFinished():
                assert Path(event.checkpoint).is_file()
                assert event.epoch == parts(Path(event.checkpoint).parent)[0].last_epoch
            case Failed():
                raise AssertionError(f"{event.cause}: {event.detail}")
            case Stopped():
                assert event.directory == (str(self.held) if self.held else None)
            case _:
                pass

    def _opened(self, event: RunOpened) -> None:
        """Whatever run there was before is as it was, down to the byte."""
        others = {path: data for path, data in contents(self.root).items() if path.parent.name != event.run}
        assert others == {path: data for path, data in self.before.items() if path.parent.name != event.run}
        if isinstance(self.command, Branch):
            assert self.held is not None
            assert self.config is not None
            assert event.parent is not None
            assert (event.parent.run, event.parent.epoch) == (self.held.name, self.command.epoch)
            lr = self.config.lr if self.command.lr is None else self.command.lr
            assert event.config == msgspec.structs.replace(self.config, lr=lr)
            assert event.epoch == self.command.epoch
        self.held = Path(event.directory) if event.directory else None
        self.config = event.config

    def close(self, timeout: float) -> None:
        pass


#: What a refused command, or opening another run, may write.
_OF_NO_ACCOUNT = (OWNER, PULSE, LOCK, "engine.log")


def contents(root: Path) -> dict[Path, bytes]:
    """All that is in the runs, byte for byte."""
    return {
        path: path.read_bytes()
        for path in root.glob("*/*")
        if path.name not in _OF_NO_ACCOUNT and not path.name.endswith(".part")
    }


@dataclass(frozen=True)
class Outcome:
    """saved: by run, the epoch that its last checkpoint was said to be of. ended: the engine did, before a kill."""

    saved: dict[str, int]
    ended: bool


def carry_out(session: Session, root: Path) -> Outcome:
    """An engine's life, in this process, or in another one where it is killed."""
    said, name = tempfile.mkstemp()
    try:
        watch = _Watch(root, functools.partial(os.write, said))
        if session.killed_at is None:
            _serve(session, root, watch)
            return Outcome(watch.saved, ended=True)
        child = os.fork()
        if child == 0:
            _serve_and_die(session, root, watch, session.killed_at)
        _, status = os.waitpid(child, 0)
        heard = Path(name).read_bytes()
        assert status in (0, signal.SIGKILL), heard.decode(errors="replace")
        return Outcome(saved_in(map(decode_event, heard.splitlines())), ended=status == 0)
    finally:
        os.close(said)
        os.unlink(name)  # noqa: PTH108


def _serve(session: Session, root: Path, watch: _Watch) -> None:
    options = SavingOptions(root, save_every=session.save_every, keep=session.keep)
    with patch.object(streaming, "time", _Clock()):
        Engine(options, _Script(root, session.actions, watch), watch).serve()


def _serve_and_die(session: Session, root: Path, watch: _Watch, step: int) -> None:
    """In a process of its own, which ends here, of a real SIGKILL where it gets as far as that step."""
    try:
        _die_before(step, root)
        _serve(session, root, watch)
    except BaseException:
        watch.note(traceback.format_exc().encode())
        os._exit(1)
    os._exit(0)


def _die_before(step: int, root: Path) -> None:
    """Kills this process before its n-th step towards the disk: a file opened, renamed or removed, a statement."""
    left = step

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("open", "os.rename", "os.remove", "os.mkdir") and str(arguments[0]).startswith(str(root)):
            count()

    execute = HistoryFile.execute

    def counted(*arguments: Any) -> sqlite3.Cursor:
        count()
        return execute(*arguments)

    sys.addaudithook(audit)
    HistoryFile.execute = counted  # type: ignore[method-assign]


def saved_in(heard: Iterable[Event]) -> dict[str, int]:
    """By run, the epoch that its last checkpoint is said to be of."""
    held, saved = "", dict[str, int]()
    for event in heard:
        match event:
            case TrainingStarted(run=run):
                held = run
            case RunOpened(run=opened):
                held = opened or ""
            case CheckpointSaved(epoch=epoch):
                saved[held] = epoch
            case _:
                pass
    return saved


# --- the same without any of it --------------------------------------------------------------------------------------

#: Trained with these settings up to that epoch, and so on.
Past = tuple[tuple[RunConfig, int], ...]


class _Rows(Callback):
    def __init__(self) -> None:
        self.rows: list[list[float]] = []

    def on_train_epoch_end(self, _: Trainer, pl_module: LightningModule) -> None:
        assert isinstance(pl_module, CompanyModel)
        self.rows.append(row_of(pl_module, pl_module.take_loss()))


def past_of(run: Path, epoch: int) -> Past:
    """What the run with that epoch at its end went through, by its lineage."""
    record = read_record(run)
    if record.parent is None or epoch <= 0:
        return ((record.config, epoch),)
    if epoch <= record.parent.epoch:
        return past_of(run.parent / record.parent.run, epoch)
    return (*past_of(run.parent / record.parent.run, record.parent.epoch), (record.config, epoch))


@functools.cache
def straight(past: Past) -> bytes:
    """The history of a run that went through that without interruption, as bytes."""
    (config, _), *_ = past
    told = _Rows()
    rows = [row_of(build(config), float("nan"))]
    with tempfile.TemporaryDirectory() as folder:
        file: Path | None = None
        for number, (config, end) in enumerate(past):
            if end == 0:
                continue
            trainer = fit(build(config), end, told, file)
            assert trainer.optimizers[0].param_groups[0]["lr"] == config.lr
            file = Path(folder) / f"{number}.ckpt"
            file.write_bytes(checkpoint_bytes(trainer))
    width = Columns.of(config).width
    return History.from_rows(Columns.of(config), _array([*rows, *told.rows], width)).rows.tobytes()


def _array(rows: list[list[float]], width: int) -> Any:
    return torch.tensor(rows, dtype=torch.float32).reshape(-1, width).numpy()


#: Histories are compared with one that is this much longer, so that few of them need to be computed.
_BLOCK = 64


def expected(run: Path, length: int) -> bytes:
    """The first `length` rows that the run must have, as bytes."""
    if length == 0:
        return b""
    end = -(-length // _BLOCK) * _BLOCK
    width = Columns.of(read_record(run).config).width
    return straight(past_of(run, end))[: 4 * width * length]


# --- what must hold --------------------------------------------------------------------------------------------------


def check(root: Path, saved: dict[str, int], *, harmed: bool) -> None:
    """After an engine ended, however it did.

    saved: by run, the epoch that it said is saved. harmed: checkpoints were damaged, so a branch may have none left.
    """
    listed = {entry.run: entry for entry in entries(root)}
    assert sorted(listed) == sorted(run.name for run in all_runs(root))
    for run in all_runs(root):
        entry = listed[run.name]
        if is_lost(run):
            assert harmed, f"{run.name} is a branch without a checkpoint"
            assert (entry.state, entry.epoch) == ("damaged", 0), entry
        else:
            assert entry.state in ("stopped", "interrupted", "finished"), entry
        assert not in_use(run)
        assert entry.epoch >= saved.get(run.name, 0), f"{entry} is behind what was said to be saved"
        _check_run(run, entry)


def _check_run(run: Path, entry: RunEntry) -> None:
    history, records, stages = parts(run)
    assert history.rows.tobytes() == expected(run, history.length), f"{run} is not what its settings lead to"
    assert [stage.start for stage in stages] == sorted({stage.start for stage in stages})
    width = len(Columns.of(entry_config := read_record(run).config).parameters)
    whole = {0}
    for record in records:
        if is_whole(run, record) and record.epoch <= history.last_epoch:
            whole.add(record.epoch)
            checkpoint = checkpoints.load(run / record.file)
            checkpoints.check_fits(checkpoint, entry_config, record.file)
            values = torch.cat([tensor.flatten() for tensor in checkpoint["state_dict"].values()])
            assert values.numpy().tobytes() == history.rows[record.epoch, -width:].tobytes()
            counters = checkpoints.counters_of(checkpoint, record.file)
            assert counters.epoch == record.epoch
            assert record.file == checkpoints.file_name(counters.epoch, counters.step)
    assert entry.epoch == max(whole), f"{entry} cannot be resumed there: {sorted(whole)}"


def is_lost(run: Path) -> bool:
    """Whether it is a branch of which every checkpoint is damaged: refused, since nothing is made up."""
    parent, (_, records, _) = read_record(run).parent, parts(run)
    return parent is not None and parent.epoch > 0 and not any(is_whole(run, record) for record in records)


def check_that_all_go_on(root: Path) -> None:
    """Every run opens where the list says, trains on and has the bits of one that was never interrupted."""
    for run in all_runs(root):
        listed = entry_of(run)
        heard: list[Event] = []
        watch = _Watch(root, lambda line, heard=heard: heard.append(decode_event(line)))
        actions = (Action("open", all_runs(root).index(run)), Action("train", 3))
        _serve(Session(actions), root, watch)
        opened = [event for event in heard if isinstance(event, RunOpened)]
        if is_lost(run) and not opened:
            (refused, *_) = [event for event in heard if isinstance(event, Refused)]
            assert refused.reason == listed.problem
            continue
        assert [event.epoch for event in opened] == [listed.epoch], heard
        history, _, _ = parts(run)
        assert history.last_epoch == listed.epoch + 3
        assert history.rows.tobytes() == expected(run, history.length)


def play(sequence: Iterable[Session], root: Path) -> None:
    """Carries out a sequence, and checks after each engine, after each damage and at the end."""
    harmed = False
    for session in sequence:
        check(root, carry_out(session, root).saved, harmed=harmed)
        harmed = harmed or bool(session.then)
        for damage in session.then:
            damage.do(root)
        check(root, {}, harmed=harmed)
    check_that_all_go_on(root)
