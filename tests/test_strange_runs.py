"""Run directories that this program did not make like that: copied, edited, hostile. A sentence, and nothing lost."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from lstm_engine.config import RunConfig
from lstm_engine.contents import checkpoints_of
from lstm_engine.errors import UserError
from tests.engines import train
from tests.test_opening import refusal


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
