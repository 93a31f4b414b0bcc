"""The record of a script's run."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.store.script_record import SCRIPT_RECORD, ScriptRecord, read_script_record, write_script_record

RECORD = ScriptRecord(
    created="2026-01-01T00:00:00+00:00", argv=("python", "train.py"), title="train.py", directory="/x"
)


def test_it_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_script_record(tmp_path, RECORD)
    assert read_script_record(tmp_path) == RECORD


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "cannot be read"), ("{}", "is damaged"), ("\x00", "is damaged"), ('{"version": 2', "is damaged")],
)
def test_one_that_is_none_is_a_sentence(text: str | None, said: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / SCRIPT_RECORD).write_text(text)
    with pytest.raises(UserError, match=said):
        read_script_record(tmp_path)


def test_one_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    write_script_record(tmp_path, RECORD)
    path = tmp_path / SCRIPT_RECORD
    path.write_text(path.read_text().replace('"version": 1', '"version": 2'))
    with pytest.raises(UserError, match="has version 2"):
        read_script_record(tmp_path)
