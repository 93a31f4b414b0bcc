"""What is read of the runs that are compared, and what is not read again."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import History
from tests.support.comparisons import NAMES, OTHERS, THREE, falling, grow, stored, three_runs, training
from tests.support.run_folders import StillFolder
from tui.runs.comparison import Comparison
from tui.runs.comparison_reader import read, shared_companies

ALL = ("old-oak", "young-ash", "wild-fern")


@dataclass(frozen=True)
class WatchedFolder(StillFolder):
    """Writes down whose histories are read."""

    read: list[str] = field(default_factory=list)

    def history(self, run: str, config: RunConfig) -> History:
        self.read.append(run)
        return super().history(run, config)

    def seen(self) -> list[str]:
        """Whose, since it was asked last."""
        found = self.read[:]
        self.read.clear()
        return found


@pytest.fixture
def folder(tmp_path: Path) -> WatchedFolder:
    return WatchedFolder(three_runs(tmp_path), "checkpoints")


def lengths(comparison: Comparison) -> dict[str, int]:
    return {run.name: run.last_epoch for run in comparison.runs}


def test_a_long_history_is_read_and_the_rest_of_it_forgotten(folder: WatchedFolder) -> None:
    comparison = read(folder, ALL[:2], ALL[:2])
    assert [run.last_epoch for run in comparison.runs] == [100, 50]
    assert all(run.loss.base is None for run in comparison.runs)
    assert {name: values[-1] for name, values in comparison.runs[1].predictions.items()} == pytest.approx(
        {"A": 0.01, "B": 0.99}
    )


def test_what_companies_are_shared() -> None:
    walk = RunConfig()
    assert shared_companies([walk, walk]) == ("A", "B")
    assert shared_companies([walk, RunConfig(data=THREE)]) == ("B",)
    assert shared_companies([walk, RunConfig(data=OTHERS)]) == ()
    assert shared_companies([]) == ()


def test_what_has_not_changed_is_not_read_again(folder: WatchedFolder) -> None:
    first = read(folder, ALL, ALL)
    assert folder.seen() == list(ALL)
    assert read(folder, ALL, ALL, before=first) is first
    assert folder.seen() == []


def test_a_run_that_grows_is_read_alone(folder: WatchedFolder) -> None:
    first = read(folder, ALL, ALL)
    grow(folder.root / "young-ash")
    folder.seen()
    second = read(folder, ALL, ALL, before=first)
    assert folder.seen() == ["young-ash"]
    assert lengths(second) == {"old-oak": 100, "young-ash": 60, "wild-fern": 80}
    assert second.runs[0] is first.runs[0]


def test_other_companies_and_other_runs_are_read_when_they_are_shown(tmp_path: Path) -> None:
    folder = WatchedFolder(tmp_path, "checkpoints")
    for name in NAMES[:3]:
        stored(tmp_path, name, falling(5, 0.1), (0.1, 0.2, 0.3), RunConfig(data=THREE))
    page, both = NAMES[:2], NAMES[:3]
    first = read(folder, both, page)
    assert (folder.seen(), first.companies, lengths(first)) == (list(page), ("B", "C"), {"run-0": 5, "run-1": 5})
    assert [run.last_epoch for run in first.marked] == [5, 5, -1], "of another page, the settings alone"
    second = read(folder, both, page, 2, first)
    assert (folder.seen(), second.companies) == (list(page), ("D",))
    third = read(folder, both, NAMES[2:3], 0, second)
    assert (folder.seen(), lengths(third)) == (["run-2"], {"run-2": 5})
    assert [run.last_epoch for run in third.marked] == [-1, -1, 5], "what is out of sight is forgotten"
    assert read(folder, both, NAMES[2:3], 0, third) is third


def test_the_pinned_run_is_not_read_again_for_another_page(folder: WatchedFolder) -> None:
    first = read(folder, ALL, ALL[:2])
    folder.seen()
    second = read(folder, ALL, ("old-oak", "wild-fern"), before=first)
    assert folder.seen() == ["wild-fern"]
    assert second.runs[0] is first.runs[0]


def test_a_run_that_is_gone_is_told_once_and_comes_back(folder: WatchedFolder) -> None:
    first = read(folder, ALL, ALL)
    (folder.root / "old-oak").rename(folder.root / "aside")
    gone = read(folder, ALL, ALL, before=first)
    assert "run.json cannot be read" in gone.runs[0].problem
    assert read(folder, ALL, ALL, before=gone) is gone
    (folder.root / "aside").rename(folder.root / "old-oak")
    assert lengths(read(folder, ALL, ALL, before=gone))["old-oak"] == 100


def test_a_damaged_history_is_told_once(folder: WatchedFolder) -> None:
    first = read(folder, ALL, ALL)
    (folder.root / "old-oak" / "history.sqlite").write_bytes(b"rubbish" * 100)
    damaged = read(folder, ALL, ALL, before=first)
    assert "cannot be read" in damaged.runs[0].problem
    assert damaged.runs[0].last_epoch == -1
    assert read(folder, ALL, ALL, before=damaged) is damaged


def test_another_run_of_the_same_name_has_its_own_settings(folder: WatchedFolder) -> None:
    first = read(folder, ALL, ALL)
    shutil.rmtree(folder.root / "old-oak")
    stored(folder.root, "old-oak", falling(7, 0.1), (0.1, 0.2, 0.3), RunConfig(data=THREE, seed=5))
    second = read(folder, ALL, ALL, before=first)
    assert (second.runs[0].config.seed, second.runs[0].last_epoch) == (5, 7)
    assert second.companies == ("B",)


def test_whether_a_run_trains_is_asked_again_until_it_does_not(folder: WatchedFolder) -> None:
    with training(folder.root / "young-ash", target=90):
        first = read(folder, ALL, ALL)
        assert [run.training_to for run in first.runs] == [None, 90, None]
        assert read(folder, ALL, ALL, before=first) is first
    second = read(folder, ALL, ALL, before=first)
    assert second.training == 0
    assert folder.seen() == list(ALL), "no history has changed"
