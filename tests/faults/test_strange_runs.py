"""Run directories that this program did not make like that: copied, edited, hostile. A sentence, and nothing lost."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.listing.entries import entries, entry_of
from lstm_engine.protocol.messages import EngineReady, OpenRun, Quit, Refused, RunOpened, Stopped
from lstm_engine.run.config import RunConfig
from lstm_engine.store.contents import checkpoints_of
from tests.support.in_process import only, play, refusal, train
from tui.cli import main as cli


@pytest.fixture(scope="module")
def staged_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 20 + 20 epochs, with a checkpoint at each stage's end; copy it before use."""
    root = tmp_path_factory.mktemp("staged")
    train(root, RunConfig(), 20, 20)
    return next(root.iterdir())


@pytest.fixture
def run(staged_run: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(staged_run, tmp_path / "checkpoints" / "calm-lake"))


def change_history(run: Path, statement: str, *values: object) -> None:
    with contextlib.closing(sqlite3.connect(run / "history.sqlite", isolation_level=None)) as database:
        database.execute(statement, values)


@pytest.mark.parametrize("where", ["absolute", "above", "beside", "nowhere"])
def test_a_history_that_names_files_elsewhere_is_refused_and_they_stay(run: Path, where: str) -> None:
    victim = run.parent / "victim"
    victim.write_text("precious")
    name = {"absolute": str(victim), "above": "../victim", "beside": "run.json", "nowhere": "epoch=1-step=2.ckpt/"}
    change_history(run, "INSERT INTO checkpoints VALUES (?, 60, ?, 'timed')", name[where], "0" * 64)
    reason = refusal(run.parent, run.name)
    assert f"names a checkpoint {name[where]!r}: expected a name such as" in reason
    with pytest.raises(UserError, match="names a checkpoint"):
        checkpoints_of(run)
    assert victim.read_text() == "precious"


def test_an_interrupted_run_whose_history_cannot_be_read_is_damaged_in_the_list(run: Path) -> None:
    (run / "summary.json").unlink()
    (run / "history.sqlite").write_bytes(b"rubbish" * 1000)
    listed = entry_of(run)
    assert listed.state == "damaged"
    assert listed.problem == refusal(run.parent, run.name)


#: By what is wrong with a run's settings: where, what is put there, and what the sentence tells.
BAD_SETTINGS: dict[str, tuple[tuple[str, ...], object, str]] = {
    "ragged days": (("config", "data", "days"), [[0, 1, 2, 3], [0, 1]], "company 2 has 2 days: expected 4"),
    "no days": (("config", "data", "days"), [[], []], "company 1 has 0 days: expected one or more"),
    "a row too few": (("config", "data", "days"), [[0, 1, 2, 3]], "2 names and inputs for 1: expected as many"),
    "a target too few": (("config", "data", "targets"), [0], "2 names and values to predict for 1"),
    "a name twice": (("config", "data", "names"), ["A", "A"], "company 2: a second company 'A'"),
    "a name of nothing": (("config", "data", "names"), ["A", ""], "company 2 has no name"),
    "an endless name": (("config", "data", "names"), ["A", "B" * 101], "a name of 101 characters"),
    "too large a day": (
        ("config", "data", "days"),
        [[0, 1, 2, 3], [0, 1, 2, 1e300]],
        "company 2: 1e+300 is too large",
    ),
    "too large a target": (("config", "data", "targets"), [0, -1e39], "company 2: -1e+39 is too large"),
    "no company": (("config", "data"), {"source": "x", "names": [], "days": [], "targets": []}, "holds no company"),
    "an endless batch": (("config", "batch_size"), 10**18, "batch size is 1000000000000000000"),
    "a red name": (("config", "data", "names"), ["A\x1b[31mRED", "B"], r"the name 'A\x1b[31mRED' holds control"),
    "a title": (("config", "data", "names"), ["A", "B\x1b]0;pwn\x07"], "holds control characters"),
    "a red file": (("config", "data", "source"), "\x1b[31mprices.csv", "holds control characters"),
    "a file of two lines": (("config", "data", "source"), "prices\n.csv", "holds control characters"),
    "a red parent": (("parent",), {"run": "\x1b[31mcalm-lake", "epoch": 3}, "holds control characters"),
    "a red parameter": (("parent",), {"run": "x", "epoch": 3, "changed": {"\x1b[31m": 1}}, "holds control characters"),
    "a red time": (("created",), "\x1b[31m2026", "holds control characters"),
    "a parent before time": (("parent",), {"run": "calm-lake", "epoch": -3}, "branched off at epoch -3"),
}


@pytest.mark.parametrize("wrong", BAD_SETTINGS)
def test_settings_that_no_run_of_ours_has(run: Path, wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    place, value, expected = BAD_SETTINGS[wrong]
    record = json.loads((run / "run.json").read_text())
    inner = record
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    (run / "run.json").write_text(json.dumps(record))
    reason = refusal(run.parent, run.name)
    assert reason.isprintable()
    assert expected in reason
    assert entry_of(run).problem == reason
    assert cli.run(["runs", "--checkpoints", str(run.parent)]) == 0
    output = capsys.readouterr().out
    assert "damaged" in output
    assert output.replace("\n", "").isprintable()


#: By what is wrong with a history: the statement, its values, and what the sentence tells.
BAD_HISTORIES: dict[str, tuple[str, tuple[object, ...], str]] = {
    "epoch as text": ("UPDATE checkpoints SET epoch = 'many'", (), "at epoch 'many': expected a whole number"),
    "epoch below 0": ("UPDATE checkpoints SET epoch = -1", (), "at epoch -1: expected a whole number"),
    "a name of bytes": ("UPDATE checkpoints SET file = x'41' WHERE epoch = 20", (), "names a checkpoint b'A'"),
    "no name": ("UPDATE checkpoints SET file = NULL WHERE epoch = 20", (), "names a checkpoint None"),
    "a red name": (
        "UPDATE checkpoints SET file = ? WHERE epoch = 20",
        ("\x1b[31m",),
        r"names a checkpoint '\x1b[31m'",
    ),
    "no checksum": ("UPDATE checkpoints SET sha256 = 7.5", (), "with the checksum '7.5'"),
    "no reason": ("UPDATE checkpoints SET reason = 'fun'", (), "saved for 'fun': expected timed, pause"),
    "target as text": ("UPDATE stages SET target = 'lots'", (), "to 'lots': expected two epochs in order"),
    "endless target": ("UPDATE stages SET target = 1e30", (), "to 1e+30: expected two epochs in order"),
    "too large a target": ("UPDATE stages SET target = ?", (2**62,), f"to {2**62}: expected two epochs in order"),
    "start below 0": ("UPDATE stages SET start = -5", (), "a stage from -5"),
    "start past the target": ("UPDATE stages SET start = 10 * target", (), "expected two epochs in order"),
    "a gap at 0": ("UPDATE epochs SET first_epoch = first_epoch + 1", (), "a gap or damage at epoch 0"),
    "no beginning": ("DELETE FROM epochs WHERE first_epoch = 0", (), "a gap or damage at epoch 0"),
    "an overlap": ("UPDATE epochs SET first_epoch = first_epoch - 1 WHERE first_epoch > 0", (), "a gap or damage at"),
    "no stages": ("DROP TABLE stages", (), "cannot be read (no such table: stages)"),
}


@pytest.mark.parametrize("wrong", BAD_HISTORIES)
def test_a_history_that_no_run_of_ours_has_is_not_trained_on(run: Path, wrong: str) -> None:
    statement, values, expected = BAD_HISTORIES[wrong]
    change_history(run, statement, *values)
    reason = refusal(run.parent, run.name)
    assert reason.isprintable()
    assert expected in reason
    assert "history.sqlite" in reason


def to_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def to_folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def to_socket(path: Path) -> None:
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listening, contextlib.chdir(path.parent):  # a socket's path is short
        listening.bind(path.name)


def to_device(path: Path) -> None:
    """A device that never ends."""
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


STRANGE: dict[str, Callable[[Path], None]] = {
    "pipe": to_pipe,
    "folder": to_folder,
    "socket": to_socket,
    "device": to_device,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize(
    "file", ["history.sqlite", "history.sqlite-journal", "run.json", "epoch=39-step=80.ckpt", "epoch=19-step=40.ckpt"]
)
def test_what_is_no_file_is_refused_and_nobody_waits_for_it(run: Path, file: str, kind: str) -> None:
    STRANGE[kind](run / file)
    reason = refusal(run.parent, run.name)
    assert str(run / file) in reason
    assert "egular file" in reason or "directory" in reason
    assert entry_of(run).run == run.name
    assert all(entry.run == run.name for entry in entries(run.parent))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("file", ["summary.json", "engine.log"])
def test_what_is_no_file_and_can_be_done_without_keeps_nobody_waiting(run: Path, file: str, kind: str) -> None:
    STRANGE[kind](run / file)
    assert entry_of(run).epoch == 40
    events = play(
        run.parent,
        [(EngineReady, OpenRun(source=run.name)), (lambda event: isinstance(event, RunOpened | Refused), Quit())],
    )
    assert only(events, Stopped)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", STRANGE)
def test_a_checkpoint_that_is_no_file_is_refused(tmp_path: Path, kind: str) -> None:
    STRANGE[kind](tmp_path / "strange.ckpt")
    (tmp_path / "checkpoints").mkdir()
    assert "strange.ckpt cannot be read" in refusal(tmp_path / "checkpoints", tmp_path / "strange.ckpt")


def test_a_summary_that_no_run_of_ours_has_is_done_without(run: Path) -> None:
    summary = json.loads((run / "summary.json").read_text())
    whole = entry_of(run)
    strange = {
        "a red name": {"predictions": {"\x1b[31mA": 0.5}},
        "a red time": {"updated": "\x1b[31m"},
        "a file elsewhere": {"checkpoint": {**summary["checkpoint"], "file": "../../victim"}},
        "a NUL": {"checkpoint": {**summary["checkpoint"], "file": "\0"}},
        "a red file": {"checkpoint": {**summary["checkpoint"], "file": "\x1b[31m"}},
    }
    for name, change in strange.items():
        (run / "summary.json").write_text(json.dumps({**summary, **change}))
        found = entry_of(run)
        assert (found.state, found.epoch, found.predictions) == ("interrupted", 40, whole.predictions), name
