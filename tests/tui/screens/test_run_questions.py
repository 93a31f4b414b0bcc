"""Renaming and deleting a run: what is asked, refused and done."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Label

from lstm_engine.run.records import Parent
from lstm_engine.store.holding.lock import RunLock
from tests.support.hands import Hands, dashboard
from tests.support.run_folders import StillFolder, before, make_run
from tests.support.run_list import bench, listed
from tests.support.script import until
from tests.support.soak import first
from tui.screens.questions import Question
from tui.screens.run_list import RunList
from tui.screens.run_questions import DeleteQuestion


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three runs, the second a branch of the first."""
    make_run(tmp_path, "old-oak", saved=before(hours=1))
    make_run(tmp_path, "young-ash", saved=before(hours=2), parent=Parent("old-oak", 1))
    make_run(tmp_path, "wild-fern", saved=before(hours=3))
    return tmp_path


def asked(hands: Hands) -> str:
    """What a question says."""
    return " ".join(str(label.content) for label in hands.app.screen.query(Label))


def names_in(root: Path) -> set[str]:
    return {path.name for path in root.iterdir()}


async def test_r_renames(root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await listed(hands)
        await shown.press("down", "r")
        await shown.on(Question)
        await shown.press(*"best", "enter")
        await shown.on(RunList)
        await until(lambda: "best" in shown.names)
        assert shown.present == "best"
        assert names_in(root) == {"old-oak", "best", "wild-fern"}


@pytest.mark.parametrize(
    ("typed", "told"),
    first(
        2,
        [
            ("a b", "is no name for a run"),
            ("wild-fern", "wild-fern is taken"),
            ("..", "is no name"),
            ("", "is no name"),
        ],
        several=True,
    ),
)
async def test_a_bad_name_is_refused_in_place(root: Path, typed: str, told: str) -> None:
    keys = [{" ": "space", "-": "minus", ".": "full_stop"}.get(letter, letter) for letter in typed]
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await listed(hands)
        await shown.press("r")
        await shown.on(Question)
        assert "1 branch of it will still name old-oak" in asked(hands)
        await shown.press("backspace", *keys, "enter")
        assert told in str(hands.app.screen.query_one("#refusal", Label).content)
        await shown.press("escape")
        await shown.on(RunList)
        assert names_in(root) == {"old-oak", "young-ash", "wild-fern"}


async def test_d_asks_and_y_deletes(root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await listed(hands)
        await shown.press("d")
        await shown.on(DeleteQuestion)
        await until(lambda: "KB" in asked(hands))
        for text in ("old-oak", "2 epochs", "3 files", "1 branch of it stays"):
            assert text in asked(hands)
        await shown.press("enter")
        assert names_in(root) == {"old-oak", "young-ash", "wild-fern"}, "Enter is not enough"
        await shown.press("y")
        await until(lambda: shown.names == ["young-ash", "wild-fern"])
        assert shown.present == "young-ash", "the next one"
        assert names_in(root) == {"young-ash", "wild-fern"}


@pytest.mark.parametrize("key", ["escape", "n"])
async def test_d_and_no_keeps_the_run(root: Path, key: str) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await listed(hands)
        await shown.press("d")
        await shown.on(DeleteQuestion)
        await shown.press(key)
        await shown.on(RunList)
        assert names_in(root) == {"old-oak", "young-ash", "wild-fern"}


async def test_a_run_in_use_elsewhere_is_neither_renamed_nor_deleted(root: Path) -> None:
    lock = RunLock(root / "old-oak")
    lock.acquire()
    try:
        async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
            shown = await listed(hands)
            await shown.press("r")
            await shown.on(Question)
            await shown.press(*"x", "enter")
            assert "in use by process" in str(hands.app.screen.query_one("#refusal", Label).content)
            await shown.press("escape", "d")
            await shown.on(DeleteQuestion)
            await shown.press("y")
            refusal = hands.app.screen.query_one("#refusal", Label)
            await until(lambda: "in use by process" in str(refusal.content))
    finally:
        lock.release()
    assert names_in(root) == {"old-oak", "young-ash", "wild-fern"}


@pytest.mark.parametrize(("key", "verb"), [("r", "rename"), ("d", "delete")])
async def test_the_run_that_is_open_here_is_neither_renamed_nor_deleted(key: str, verb: str) -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press(key)
        assert shown.text("said") == f"calm-lake is open here: open another run first, then {verb} it"
        assert hands.app.screen is shown.screen
