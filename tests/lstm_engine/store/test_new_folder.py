from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.store.new_folder import new_folder


def test_it_is_whole_or_not_there(tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "runs", "luck", lambda folder: (folder / "record").write_text("x"))
    assert (folder.stat().st_mode & 0o777, (folder / "record").read_text()) == (0o700, "x")

    def fail(folder: Path) -> None:
        (folder / "record").write_text("half")
        raise UserError("it is none")

    with pytest.raises(UserError, match="it is none"):
        new_folder(tmp_path / "runs", "other", fail)
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["luck"]
