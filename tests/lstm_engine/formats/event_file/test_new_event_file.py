"""Where a run's event files are made."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.formats.event_file.new_event_file import FOLDER, new_event_file
from lstm_engine.formats.event_file.writer import event_file_name, is_event_file


def test_each_has_a_name_of_its_own_by_which_tensorboard_knows_it(tmp_path: Path) -> None:
    made = [new_event_file(tmp_path, 1000.0) for _ in range(2)]
    assert [is_first for _, is_first in made] == [True, False]
    for file, _ in made:
        file.close()
    names = sorted(path.name for path in (tmp_path / FOLDER).iterdir())
    assert len(names) == 2
    assert all(map(is_event_file, names))


def test_no_link_leads_elsewhere(tmp_path: Path) -> None:
    run, elsewhere = tmp_path / "run", tmp_path / "elsewhere"
    run.mkdir()
    elsewhere.mkdir()
    (run / FOLDER).symlink_to(elsewhere)
    with pytest.raises(OSError):  # noqa: PT011 - which one is the system's choice
        new_event_file(run, 1000.0)
    assert list(elsewhere.iterdir()) == []


def test_the_later_of_many_in_a_second_is_read_later(tmp_path: Path) -> None:
    """TensorBoard reads them by their names, as text."""
    names = [event_file_name(1000.0) for _ in range(12)]
    assert sorted(names) == names
