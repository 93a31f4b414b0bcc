"""Every run of a folder, of either kind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.listing.entries import entries, last_saved
from lstm_engine.script.script_run import new_script_run
from lstm_engine.store.directory import RECORD, SUMMARY, Summary, write_summary
from tests.support.kept_scripts import record_of
from tests.support.run_folders import before, make_run


def test_the_last_saved_comes_first_and_what_is_no_run_does_not(tmp_path: Path) -> None:
    for hours, name in enumerate(("old-oak", "calm-lake", "wild-fern")):
        make_run(tmp_path, name, saved=before(hours=hours))
    (tmp_path / "a-folder").mkdir()
    (tmp_path / "a-file").write_text("")
    assert [entry.run for entry in entries(tmp_path)] == ["old-oak", "calm-lake", "wild-fern"]
    assert entries(tmp_path / "none") == []
    with pytest.raises(UserError, match="cannot be listed"):
        entries(tmp_path / "a-file")


def test_a_damaged_run_is_listed_with_the_sentence(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake")
    (run / RECORD).write_text("{")
    (found,) = entries(tmp_path)
    assert found.state == "damaged"
    assert found.problem is not None
    assert "is damaged" in found.problem


def test_the_run_that_was_saved_last_is_told_without_reading_the_others(tmp_path: Path) -> None:
    assert last_saved(tmp_path) is None
    for seconds, name in enumerate(("old-oak", "calm-lake", "wild-fern")):
        os.utime(make_run(tmp_path, name) / SUMMARY, (seconds, seconds))
    (tmp_path / "old-oak" / RECORD).write_text("{")
    found = last_saved(tmp_path)
    assert found is not None
    assert found.run == "wild-fern"


def test_runs_of_both_kinds_are_listed_and_one_kind_can_be_asked_for(tmp_path: Path) -> None:
    lstm = make_run(tmp_path, "calm-lake", saved=before(hours=1))
    with new_script_run(tmp_path, record_of("python", "train.py"), "mine") as script:
        pass
    write_summary(script, Summary(epoch=1, target=2, state="finished", updated=before(hours=2)))
    os.utime(lstm / SUMMARY, (1, 1))
    assert [(entry.run, entry.kind) for entry in entries(tmp_path)] == [("calm-lake", "lstm"), ("mine", "lightning")]
    names = [found.run for kind in (None, "lstm", "lightning") if (found := last_saved(tmp_path, kind))]  # type: ignore[arg-type]
    assert names == ["mine", "calm-lake", "mine"]
