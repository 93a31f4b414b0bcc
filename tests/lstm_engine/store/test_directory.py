"""A run's directory: set up whole or not at all, found, and read."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import Parent
from lstm_engine.store import directory as runs
from lstm_engine.store.integrity import Stamp
from tests.support.disk_calls import DiskCalls
from tests.support.run_folders import make_run
from tests.support.script import checkpoint


def test_its_settings_are_written_durably_and_last_of_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, filled = tmp_path / "runs", []
    calls = DiskCalls(monkeypatch)
    with runs.new_run(root, RunConfig()) as directory:
        filled.append(sorted(path.name for path in directory.iterdir()))
    assert filled == [["history.sqlite"]], "before it is through there is no run"
    calls.check_durable(directory / runs.RECORD)
    put = calls.index("replace", directory / runs.RECORD)
    assert ("sync directory", root) in calls.made[put:], "the run's own name may be lost"


def test_what_was_begun_is_removed_where_it_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(what: str, path: Path) -> None:
        if what == "sync" and runs.RECORD in path.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    DiskCalls(monkeypatch, full)
    with pytest.raises(OSError, match="No space left"):
        runs.create_run(tmp_path / "runs", RunConfig())
    assert list((tmp_path / "runs").iterdir()) == []


def test_the_record_says_what_was_asked_for(tmp_path: Path) -> None:
    config, parent = RunConfig(seed=7, lr=0.1), Parent("old-oak", 60, {"wlr1": -1.0})
    record = runs.read_record(runs.create_run(tmp_path, config, parent))
    assert (record.version, record.config, record.parent) == (runs.VERSION, config, parent)


def test_a_run_is_found_by_its_name_and_by_its_directory(tmp_path: Path) -> None:
    run = make_run(tmp_path / "runs", "calm-lake")
    assert runs.find_run(tmp_path / "runs", "calm-lake") == run.resolve()
    assert runs.find_run(tmp_path / "elsewhere", str(run)) == run.resolve()
    (tmp_path / "runs" / "no-run").mkdir()
    for source in ("no-run", "none", ""):
        with pytest.raises(UserError, match="no run"):
            runs.find_run(tmp_path / "runs", source)


def test_a_summary_is_replaced_durably_and_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = Stamp(checkpoint(5), 1, 2, "0" * 64)
    summary = runs.Summary(epoch=5, target=9, state="paused", updated=runs.timestamp(), predictions={"A": None})
    for written in (summary, runs.Summary(epoch=6, target=9, state="failed", updated="2026", checkpoint=stamp)):
        calls = DiskCalls(monkeypatch)
        runs.write_summary(tmp_path, written)
        calls.check_durable(tmp_path / runs.SUMMARY)
        assert runs.read_summary(tmp_path) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"epoch": 1, "target": 2, "state": "flying", "updated": "2026"}',
        '{"epoch": 1, "target": 2, "state": "paused", "updated": "\\u001b[31m"}',
        '{"epoch": 1, "target": 2, "state": "paused", "updated": "2026", "predictions": {"\\u0007": 1}}',
        '{"epoch": 1, "target": 2, "state": "paused", "updated": "2026", '
        '"checkpoint": {"file": "../x", "size": 1, "written": 1, "sha256": ""}}',
    ],
)
def test_a_summary_that_this_program_did_not_write_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / runs.SUMMARY).write_text(text)
    assert runs.read_summary(tmp_path) is None


def test_a_history_is_read_while_another_connection_is_open(tmp_path: Path) -> None:
    columns = Columns.of(RunConfig())
    run = make_run(tmp_path, "calm-lake", epoch=7)
    with_other = runs.query_history(run, columns, lambda _: runs.read_history(run, columns).last_epoch)
    assert with_other == 7


@pytest.mark.parametrize(
    ("folder", "command"),
    [("checkpoints", "lstm-tui runs"), ("my runs", "lstm-tui runs --checkpoints 'my runs'")],
)
def test_a_run_that_is_not_there_comes_with_the_command_that_lists_those_that_are(folder: str, command: str) -> None:
    with pytest.raises(UserError, match=f"`{command}` lists them"):
        runs.find_run(Path(folder), "calm-lake")


def test_a_run_gets_the_name_that_it_is_told_once(tmp_path: Path) -> None:
    runs.check_free("luck-seed7", tmp_path / "nowhere")
    made = runs.create_run(tmp_path, RunConfig(seed=7), name="luck-seed7")
    assert made == tmp_path / "luck-seed7"
    assert runs.read_record(made).config.seed == 7
    for name, sentence in (("luck-seed7", "luck-seed7 is taken"), ("a/b", "is no name for a run")):
        with pytest.raises(UserError, match=sentence):
            runs.check_free(name, tmp_path)
        with pytest.raises(UserError, match=sentence):
            runs.create_run(tmp_path, RunConfig(), name=name)
    assert runs.read_record(made).config.seed == 7
