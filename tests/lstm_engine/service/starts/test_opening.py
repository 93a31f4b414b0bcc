"""Going on from disk: whole runs, damaged ones, older checkpoints, strangers' files."""

import contextlib
import hashlib
import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from lstm_engine.listing.entries import entry_of
from lstm_engine.protocol.messages import (
    EngineReady,
    Epochs,
    Event,
    Notice,
    OpenRun,
    Quit,
    Refused,
    RunFinished,
    RunOpened,
    Stopped,
    Train,
    TrainingStarted,
)
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import SUMMARY, RunState, read_history
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.writer import RunWriter
from tests.support.folder_contents import contents
from tests.support.in_process import only, play, refusal, train
from tests.support.walk_through import plain_checkpoint

CONFIG = RunConfig()


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The history of 300 epochs without a stop."""
    root = tmp_path_factory.mktemp("straight")
    train(root, CONFIG, 300)
    return history_bytes(next(root.iterdir()))


@pytest.fixture(scope="module")
def staged_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 100 + 100 epochs, with a checkpoint at each stage's end; copy it before use."""
    root = tmp_path_factory.mktemp("staged")
    train(root, CONFIG, 100, 100)
    return next(root.iterdir())


@pytest.fixture
def run(staged_run: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(staged_run, tmp_path / "checkpoints" / "calm-lake"))


def history_bytes(directory: Path, config: RunConfig = CONFIG) -> bytes:
    return read_history(directory, Columns.of(config)).rows.tobytes()


def resume(root: Path, source: str | Path, epochs: int) -> list[Event]:
    steps = [(EngineReady, OpenRun(source=str(source))), (Epochs, Train(epochs=epochs)), (RunFinished, Quit())]
    return play(root, steps)


@pytest.mark.parametrize("how", ["name", "directory", "checkpoint"])
def test_a_run_goes_on_by_name_directory_or_checkpoint(run: Path, straight: bytes, how: str) -> None:
    source = {"name": run.name, "directory": run, "checkpoint": run / "epoch=199-step=400.ckpt"}[how]
    events = resume(run.parent, source, 100)
    (opened,) = only(events, RunOpened)
    assert (opened.run, opened.epoch, opened.target, opened.resumes) == (run.name, 200, 200, (100,))
    assert only(events, TrainingStarted)[0].verified
    assert history_bytes(run) == straight


def test_paths_that_are_told_lead_there_from_any_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    first = train(Path("../runs"), CONFIG, 3)
    (run,) = (tmp_path / "runs").iterdir()
    again = resume(Path("../runs"), run.name, 3)
    monkeypatch.chdir(run.parent)
    branch = resume(Path(), Path(run.name) / "epoch=2-step=6.ckpt", 3)
    monkeypatch.chdir("/")
    for events, name in ((first, run.name), (again, run.name), (branch, only(branch, RunOpened)[0].run)):
        directories = [event.directory for event in only(events, RunOpened | TrainingStarted | Stopped)]
        assert {Path(told).resolve() for told in directories if told} == {run.parent / name}
        (finished,) = only(events, RunFinished)
        assert Path(finished.checkpoint).is_absolute()
        assert Path(finished.checkpoint).is_file()


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def one_bit_flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize("damage", [truncated, one_bit_flipped, lambda _: b""])
def test_a_damaged_checkpoint_is_told_and_the_one_before_it_used(
    run: Path, straight: bytes, damage: Callable[[bytes], bytes]
) -> None:
    newest = run / "epoch=199-step=400.ckpt"
    newest.write_bytes(damage(newest.read_bytes()))
    listed = entry_of(run)
    assert (listed.state, listed.epoch, listed.target, listed.train_loss) == ("stopped", 100, 200, loss_at(run, 100))
    events = resume(run.parent, run.name, 200)
    told = [event.text for event in only(events, Notice)]
    assert newest.name in told[0]
    assert "damaged" in told[0]
    assert "epoch=99-step=200.ckpt" in told[1]
    assert only(events, RunOpened)[0].epoch == 100
    assert history_bytes(run) == straight


def loss_at(run: Path, epoch: int) -> float:
    return float(read_history(run, Columns.of(CONFIG)).loss[epoch])


def test_the_list_takes_a_copied_checkpoint_for_what_it_is(run: Path) -> None:
    """A copy has another time, and the same bytes."""
    newest = run / "epoch=199-step=400.ckpt"
    os.utime(newest, ns=(0, 0))
    assert (entry_of(run).state, entry_of(run).epoch) == ("finished", 200)
    newest.unlink()
    assert (entry_of(run).state, entry_of(run).epoch) == ("stopped", 100)


def test_a_summary_of_an_older_version_is_believed_and_a_deleted_one_done_without(run: Path) -> None:
    summary = json.loads((run / "summary.json").read_text())
    del summary["checkpoint"]
    (run / "summary.json").write_text(json.dumps(summary))
    whole = entry_of(run)
    assert (whole.state, whole.epoch) == ("finished", 200)
    (run / "summary.json").unlink()
    found = entry_of(run)
    assert (found.state, found.epoch, found.target, found.updated) == ("interrupted", 200, 200, whole.created)
    assert (found.train_loss, found.predictions) == (whole.train_loss, whole.predictions)


def test_a_whole_checkpoint_past_the_history_s_end_is_not_gone_on_from(run: Path, straight: bytes) -> None:
    """The history is committed before the checkpoint: one that is ahead of it is of other epochs."""
    newest = (run / "epoch=199-step=400.ckpt").read_bytes()
    (run / "epoch=249-step=500.ckpt").write_bytes(newest)
    with contextlib.closing(sqlite3.connect(run / "history.sqlite", isolation_level=None)) as database:
        values = ("epoch=249-step=500.ckpt", 250, hashlib.sha256(newest).hexdigest(), "timed")
        database.execute("INSERT INTO checkpoints VALUES (?, ?, ?, ?)", values)
    events = resume(run.parent, run.name, 100)
    assert "epoch=249-step=500.ckpt is past the history, which ends at epoch 200" in only(events, Notice)[0].text
    assert only(events, RunOpened)[0].epoch == 200
    assert history_bytes(run) == straight


def test_without_any_whole_checkpoint_a_run_starts_again_from_its_seed(run: Path, straight: bytes) -> None:
    for path in run.glob("*.ckpt"):
        path.write_bytes(b"")
    assert (entry_of(run).state, entry_of(run).epoch) == ("stopped", 0)
    events = resume(run.parent, run.name, 300)
    assert "starts again from the seed" in only(events, Notice)[-1].text
    assert history_bytes(run) == straight


def test_an_older_checkpoint_makes_a_branch_and_leaves_the_parent_untouched(run: Path, straight: bytes) -> None:
    before = {path: path.read_bytes() for path in run.iterdir()}
    events = resume(run.parent, run / "epoch=99-step=200.ckpt", 200)
    (opened,) = only(events, RunOpened)
    assert (opened.parent.run, opened.parent.epoch, opened.epoch) == (run.name, 100, 100)
    assert opened.run != run.name
    assert history_bytes(run.parent / opened.run) == straight
    assert {path: path.read_bytes() for path in run.iterdir()} == before


def test_a_run_in_use_is_refused_with_the_holders_process_and_host(run: Path) -> None:
    lock = RunLock(run)
    lock.acquire()
    try:
        reason = refusal(run.parent, run.name)
    finally:
        lock.release()
    assert str(os.getpid()) in reason
    assert socket.gethostname() in reason


class Exploit:
    """Pickles to a call that leaves a mark."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple:
        return os.mkdir, (str(self.mark),)


@pytest.mark.parametrize("form", ["legacy", "zip"])
def test_a_hostile_checkpoint_gets_a_sentence_and_none_of_its_code_runs(tmp_path: Path, form: str) -> None:
    hostile, mark, root = tmp_path / "hostile.ckpt", tmp_path / "mark", tmp_path / "checkpoints"
    root.mkdir()
    content = {"state_dict": {"wlr1": Exploit(mark)}}
    if form == "legacy":
        torch.save(content, hostile, _use_new_zipfile_serialization=False)
    else:
        torch.save(content, hostile)
    assert str(hostile) in refusal(root, hostile)
    assert not mark.exists()
    torch.load(hostile, weights_only=False)
    assert mark.exists(), "where pickle is trusted, the exploit works"


def test_strange_checkpoints_get_a_sentence(tmp_path: Path) -> None:
    root = tmp_path / "checkpoints"
    root.mkdir()
    whole = torch.load(plain_checkpoint(tmp_path), weights_only=True)
    strange = {
        "empty": {},
        "list": [1, 2],
        "no parameters": {**whole, "state_dict": {}},
        "another model": {**whole, "state_dict": {"layer.weight": torch.zeros(3, 3)}},
        "another shape": {**whole, "state_dict": {**whole["state_dict"], "wlr1": torch.zeros(2)}},
        "no tensor": {**whole, "state_dict": {**whole["state_dict"], "wlr1": "0.3"}},
        "not finite": {**whole, "state_dict": {**whole["state_dict"], "wlr1": torch.tensor(float("nan"))}},
        "no optimiser": {**whole, "optimizer_states": []},
        "odd optimiser": {**whole, "optimizer_states": [7]},
        "no loops": {key: value for key, value in whole.items() if key != "loops"},
        "epoch is text": {**whole, "loops": {"fit_loop": {"epoch_progress": {"current": {"processed": "9"}}}}},
        "no version": {key: value for key, value in whole.items() if key != "pytorch-lightning_version"},
        "a newer version": {**whole, "pytorch-lightning_version": "2.99.0"},
        "other data": {**whole, "global_step": 9},
    }
    what_differs = {
        "another model": "model: it lacks",
        "another shape": "model: of another shape are wlr1",
        "a newer version": "Lightning 2.99.0: expected",
        "other data": "it made 9 steps in 3 epochs, and 2 companies make 2 an epoch",
    }
    for name, content in strange.items():
        path = tmp_path / f"{name}.ckpt"
        torch.save(content, path)
        reason = refusal(root, path)
        assert str(path) in reason, name
        assert what_differs.get(name, "") in reason
    (tmp_path / "text.ckpt").write_text("hello")
    for name in ("text.ckpt", "missing.ckpt", "."):
        assert refusal(root, tmp_path / name)


@pytest.mark.parametrize("uniform", [False, True])
def test_a_plain_scripts_checkpoint_opens_and_goes_on(tmp_path: Path, uniform: bool) -> None:
    config = RunConfig(init="uniform" if uniform else "normal")
    plain = plain_checkpoint(tmp_path, uniform, epochs=50)
    events = resume(tmp_path / "imported", plain, 50)
    (opened,) = only(events, RunOpened)
    assert (opened.epoch, opened.config.lr, opened.checkpoint) == (50, 0.001, "epoch=49-step=100.ckpt")
    (finished,) = only(events, RunFinished)
    assert Path(finished.checkpoint).name == "epoch=99-step=200.ckpt"
    (ours,) = only(train(tmp_path / "ours", config, 100), RunFinished)
    assert finished.parameters == pytest.approx(ours.parameters, abs=1e-5)


def with_three_companies(record: dict) -> dict:
    data = record["config"]["data"]
    for column in ("names", "days", "targets"):
        data[column].append(data[column][-1] + "2" if column == "names" else data[column][-1])
    return record


def changed_history(data: bytes, tmp_path: Path, statement: str) -> bytes:
    """The database after an SQL statement."""
    path = tmp_path / "changed.sqlite"
    path.write_bytes(data)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(statement)
    return path.read_bytes()


def test_broken_run_directories_get_a_sentence(run: Path, tmp_path: Path) -> None:
    record = (run / "run.json").read_text()
    database = (run / "history.sqlite").read_bytes()
    stranger = tmp_path / "stranger.sqlite"
    with contextlib.closing(sqlite3.connect(stranger)) as other:
        other.execute("CREATE TABLE epochs (first_epoch INTEGER PRIMARY KEY, count INTEGER, rows BLOB)")
    broken = {
        "no JSON": ("run.json", b"{"),
        "not UTF-8": ("run.json", b"\xff\xfe"),
        "no settings": ("run.json", b"{}"),
        "a newer version": ("run.json", record.replace('"version": 1', '"version": 2').encode()),
        "a setting out of range": ("run.json", record.replace('"lr": 0.001', '"lr": -1').encode()),
        "another model": ("run.json", record.replace('"by-hand"', '"gru"').encode()),
        "no database": ("history.sqlite", b"hello" * 300),
        "an empty database": ("history.sqlite", b""),
        "half a database": ("history.sqlite", database[: len(database) // 2]),
        "an older version": ("run.json", record.replace('"version": 1', '"version": 0').encode()),
        "written by hand": ("run.json", b'{"version": 1, "config": {"seed": 7}}'),
        "a list": ("run.json", b"[]"),
        "a setting of another kind": ("run.json", record.replace('"seed": 42', '"seed": "42"').encode()),
        "a batch of nothing": ("run.json", record.replace('"batch_size": 1', '"batch_size": 0').encode()),
        "the other model": ("run.json", record.replace('"by-hand"', '"nn-lstm"').encode()),
        "other companies": ("run.json", json.dumps(with_three_companies(json.loads(record))).encode()),
        "another program's database": ("history.sqlite", stranger.read_bytes()),
        "a newer history": ("history.sqlite", changed_history(database, tmp_path, "PRAGMA user_version = 2")),
        "no table": ("history.sqlite", changed_history(database, tmp_path, "DROP TABLE epochs")),
        "rows cut off": ("history.sqlite", changed_history(database, tmp_path, "UPDATE epochs SET rows = x'00'")),
    }
    what_differs = {
        "a newer version": "has version 2: expected 1",
        "an older version": "has version 0: expected 1",
        "the other model": "has 15 numbers an epoch: expected 19",
        "other companies": "has 15 numbers an epoch: expected 16",
        "another program's database": "another program's database",
        "a newer history": "has version 2: expected 1",
    }
    for name, (file, content) in broken.items():
        whole = (run / file).read_bytes()
        (run / file).write_bytes(content)
        reason = refusal(run.parent, run.name)
        assert what_differs.get(name, "") in reason, name
        assert contents(run)[run / file] == content, f"{name}: overwritten"
        (run / file).write_bytes(whole)
    (run / "history.sqlite").unlink()
    assert "history.sqlite" in refusal(run.parent, run.name)
    (run / "run.json").unlink()
    assert run.name in refusal(run.parent, run.name)


@pytest.mark.parametrize(("state", "does"), [("training", "trains"), ("paused", "is open"), (None, "is open")])
def test_a_run_that_another_process_has_is_refused_with_what_that_does(
    tmp_path: Path, state: RunState | None, does: str
) -> None:
    train(tmp_path, RunConfig(), 5)
    (run,) = tmp_path.iterdir()
    writer = RunWriter(run, Columns.of(RunConfig()), 5)
    if state is None:
        (run / SUMMARY).unlink()
    else:
        writer.summarise(5, 9, state, None)
    events = play(tmp_path, [(EngineReady, OpenRun(source=run.name)), (Refused, Quit())])
    writer.close()
    (refused,) = only(events, Refused)
    who = f"process {os.getpid()} on {socket.gethostname()}"
    assert (refused.elsewhere, refused.reason) == (run.name, f"run {run.name} {does} elsewhere, in {who}")
