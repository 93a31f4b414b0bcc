"""An event file that is whole, or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.formats.event_file.exported_event_file import exported_event_file


def test_it_is_there_when_it_is_whole(tmp_path: Path) -> None:
    output = tmp_path / "new" / "logs"
    with exported_event_file(output, 1000.0) as (file, path):
        file.write(b"all")
        assert not path.exists()
    assert (path.read_bytes(), list(output.iterdir())) == (b"all", [path])


def test_nothing_is_left_of_one_that_fails(tmp_path: Path) -> None:
    def write() -> None:
        with exported_event_file(tmp_path, 1000.0) as (file, _):
            file.write(b"half")
            raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        write()
    assert list(tmp_path.iterdir()) == []


def test_another_s_event_files_are_not_mixed_with_it(tmp_path: Path) -> None:
    (tmp_path / "events.out.tfevents.1.host").touch()
    with pytest.raises(UserError, match="expected another folder"), exported_event_file(tmp_path, 1000.0):
        pass
    assert len(list(tmp_path.iterdir())) == 1
