"""Whether a run's folder is still the one that was opened."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_engine.store.holding.held_folder import FolderGoneError, HeldFolder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "history").write_text("epochs")
    return folder


@pytest.fixture
def held(folder: Path) -> Iterator[HeldFolder]:
    with contextlib.closing(HeldFolder(folder, folder / "history")) as held, (folder / "history").open():
        yield held


def test_it_is_there_and_is_again_once_it_is_back(folder: Path, held: HeldFolder) -> None:
    held.check()
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(FolderGoneError, match=f"the run's folder is gone: {folder} was deleted, renamed or replaced"):
        held.check()
    folder.with_name("elsewhere").rename(folder)
    held.check()


def test_another_one_in_its_place_is_none_whatever_number_it_gets(folder: Path, held: HeldFolder) -> None:
    for _ in range(20):
        shutil.rmtree(folder)
        folder.mkdir()
        (folder / "history").write_text("epochs")
        with pytest.raises(FolderGoneError):
            held.check()


def test_another_history_in_it_is_none_of_its(folder: Path, held: HeldFolder) -> None:
    (folder / "history").rename(folder / "old")
    (folder / "history").write_text("epochs")
    with pytest.raises(FolderGoneError):
        held.check()
