"""Pictures of the list of runs, of what it asks, and of branches."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from lstm_engine.protocol.messages import Event, Notice, Paused
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.comparisons import falling, stored
from tests.support.run_folders import ListedFolder, StillFolder, before, entry
from tests.support.script import READY, Bench, done, opened, paused, press, ready, resumed, settled, training, until
from tests.support.snapshots import NARROW, SMALL, WIDE, Snap
from tui.options import Marker
from tui.runs.run_folder import RunFolder
from tui.screens.branch_question import BranchQuestion
from tui.screens.checkpoint_list import CheckpointList
from tui.screens.comparison_screen import ComparisonScreen
from tui.screens.main_screen import MainScreen
from tui.screens.questions import Question
from tui.screens.run_list import RunList
from tui.screens.run_questions import DeleteQuestion
from tui.screens.run_table import RunTable
from tui.widgets.row_list import RowList

#: The smallest looks as the one before it with less: `make soak` looks at it.
SIZES = pytest.mark.parametrize(
    "size", [WIDE, NARROW, pytest.param(SMALL, marks=pytest.mark.soak)], ids=["160x48", "80x24", "60x20"]
)

RUNS = ListedFolder.holding(
    entry("calm-lake", "stopped", 1200, saved=before(seconds=20)),
    entry("lively-brook", "running", 412, 3000, 0.2731, parent=Parent("calm-lake", 1000), saved=before(minutes=2)),
    entry("fresh-orchid", "interrupted", 1888, 5000, 0.1702, config=RunConfig(seed=7), saved=before(minutes=41)),
    entry("deep-moon", loss=4e-05, config=RunConfig(lr=0.1), parent=Parent("calm-lake", 2000), saved=before(hours=5)),
    entry("rapid-bay", epoch=300, target=300, config=RunConfig(model="nn-lstm", lr=0.1), saved=before(days=1)),
    entry("proud-leaf", "failed", 57, 2000, loss=None, config=RunConfig(lr=1000.0), saved=before(days=4)),
    entry("old-experiment_2", epoch=5000, target=5000, loss=0.0008, saved=before(days=200)),
    entry("broken-reed", "damaged", 0, 0, None, saved="", problem=(
        "/runs/broken-reed/run.json has version 2: expected 1, the one this lstm-tui reads"
    )),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _greenwich() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def taken(
    snap_compare: Snap,
    script: Iterable[Event],
    *keys: str,
    size: tuple[int, int] = WIDE,
    modal: type[Screen[Any]] = RunList,
    folder: RunFolder = RUNS,
    marker: Marker = "braille",
    offered: bool = False,
) -> bool:
    """Whether the screen after `script` and `keys`, which end on a screen of kind `modal`, is as in the picture."""
    bench = Bench(script, folder=folder, marker=marker)

    async def play(pilot: Pilot[None]) -> None:
        app = bench.app
        await until(lambda: app.session is not None and bench.engine.drained)
        await until(lambda: isinstance(app.screen, MainScreen) and (app.session.offer is not None) == offered)
        for key in keys:
            await press(pilot, key)
            tables = [table for screen in app.screen_stack for table in screen.query(RunTable)]
            await until(lambda tables=tables: all(table.sheet.widths for table in tables))
            lists = [screen for screen in app.screen_stack if isinstance(screen, CheckpointList)]
            await until(lambda lists=lists: all(one.query_one(RowList).virtual_size.height for one in lists))
            compared = [screen for screen in app.screen_stack if isinstance(screen, ComparisonScreen)]
            await until(lambda compared=compared: all(one.is_read for one in compared))
        await until(lambda: isinstance(app.screen, modal) and app.screen.is_attached)
        await settled(app, pilot)

    asyncio.run(bench.link.start())
    return snap_compare(bench.app, terminal_size=size, run_before=play)


@SIZES
def test_runs(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, paused(), "o", size=size)


def test_runs_on_a_light_screen(snap_compare: Snap) -> None:
    assert taken(snap_compare, paused(), "t", "o", "down", "down", size=(120, 34))


def test_runs_without_colour(snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken(snap_compare, paused(), "o", size=NARROW)


def test_runs_in_ascii(snap_compare: Snap) -> None:
    assert taken(snap_compare, paused(), "o", size=NARROW, marker="ascii")


#: What trains here and on another host, and what one wrote of it.
LIVE = ListedFolder.holding(
    entry("lively-brook", "running", 3412, 5000, 0.0731, saved=before(seconds=1), host="bench", pid=4711,
          per_second=2088.4, watchers=2, parent=Parent("calm-lake", 1000), note="a tenth of the rate #rate"),
    entry("swift-heron", "running", 120_000, 1_000_000, 0.0021, saved=before(seconds=3), host="node17", pid=99,
          per_second=410.2, watchers=0, config=RunConfig(model="nn-lstm", seed=7)),
    entry("calm-lake", "stopped", 1200, saved=before(seconds=20)),
    entry("deep-moon", loss=4e-05, config=RunConfig(lr=0.1), saved=before(hours=5), note="the best #keep #rate"),
    entry("proud-leaf", "failed", 57, 2000, loss=None, config=RunConfig(lr=1000.0), saved=before(days=4)),
)  # fmt: skip


@SIZES
def test_runs_that_train(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, paused(), "o", "down", size=size, folder=LIVE)


@SIZES
def test_note(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, paused(), "o", "end", "up", "n", size=size, folder=LIVE, modal=Question)


@SIZES
def test_comparisons_in_the_filter(snap_compare: Snap, size: tuple[int, int]) -> None:
    keys = ("slash", *"tag:rate", "space", *"lr")
    assert taken(snap_compare, paused(), "o", *keys, "less_than_sign", *"0.01", size=size, folder=LIVE)


def test_a_comparison_that_is_none(snap_compare: Snap) -> None:
    keys = ("o", "slash", *"los", "less_than_sign", *"0.1")
    assert taken(snap_compare, paused(), *keys, size=SMALL, folder=LIVE)


@SIZES
def test_filter(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, paused(), "o", "slash", *"calm", size=size)


def test_sorted_by_loss(snap_compare: Snap) -> None:
    assert taken(snap_compare, paused(), "o", *"ssss", size=NARROW)


def test_a_damaged_run(snap_compare: Snap) -> None:
    assert taken(snap_compare, paused(), "o", "end", "enter", size=NARROW)


def test_a_run_in_use(snap_compare: Snap) -> None:
    assert taken(snap_compare, paused(), "o", "down", "d", size=NARROW)


@SIZES
def test_delete(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, paused(), "o", "down", "down", "d", size=size, modal=DeleteQuestion)


@SIZES
def test_rename(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, paused(), "o", "down", "down", "r", size=size, modal=Question)


def test_a_refused_name(snap_compare: Snap) -> None:
    keys = ("o", "r", "a", "space", "b", "enter")
    assert taken(snap_compare, paused(), *keys, size=NARROW, modal=Question)


@SIZES
def test_checkpoints(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, paused(), "o", "down", "k", "down", "down", size=size, modal=CheckpointList)


#: Three runs that differ: a stopped one, one with another seed, and a fast branch.
MARKED = ("o", "down", *["space", "down"] * 2, "space")
COMPARED = (*MARKED, "c")


def test_marked_runs(snap_compare: Snap) -> None:
    assert taken(snap_compare, paused(), *MARKED, size=NARROW)


@SIZES
def test_comparison(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, paused(), *COMPARED, size=size, modal=ComparisonScreen)


@SIZES
def test_six_runs_compared(snap_compare: Snap, size: tuple[int, int]) -> None:
    keys = ("o", "down", "space", "up", "space", "down", *["down", "space"] * 4, "c")
    assert taken(snap_compare, paused(), *keys, size=size, modal=ComparisonScreen)


#: Of six runs, one that trains, on epoch 1500; a pinned one of seven, on the second page.
AT_AN_EPOCH = ("o", "space", *["down", "space"] * 5, "c", "colon", *"1500", "enter")
PINNED = ("o", "space", *["down", "space"] * 6, "c", "down", "down", "down", "p", "m")


@SIZES
def test_live_comparison_with_the_time_cursor(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, paused(), *AT_AN_EPOCH, size=size, modal=ComparisonScreen)


@SIZES
def test_comparison_with_a_pinned_run(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, paused(), *PINNED, size=size, modal=ComparisonScreen)


@SIZES
def test_comparison_of_groups(snap_compare: Snap, size: tuple[int, int], tmp_path: Path) -> None:
    for number, (lr, last) in enumerate((lr, last) for lr in (0.001, 0.01) for last in (0.02, 0.1, 0.12, 0.3)):
        config, losses = RunConfig(seed=number, lr=lr), falling(60, last + 10 * lr)
        stored(tmp_path, f"run-{number}", losses, (last, 1 - last), config, saved=before(hours=number))
    folder = StillFolder(tmp_path, "checkpoints")
    keys = ("o", "a", "c", "b")
    assert taken(snap_compare, paused(), *keys, size=size, modal=ComparisonScreen, folder=folder)


def test_comparison_of_predictions(snap_compare: Snap) -> None:
    assert taken(snap_compare, paused(), *COMPARED, "tab", size=NARROW, modal=ComparisonScreen)


def test_comparison_of_logarithmic_losses(snap_compare: Snap) -> None:
    assert taken(snap_compare, paused(), *COMPARED, "y", modal=ComparisonScreen)


def test_comparison_on_a_light_screen(snap_compare: Snap) -> None:
    assert taken(snap_compare, paused(), "t", *COMPARED, modal=ComparisonScreen)


def test_comparison_without_colour(snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken(snap_compare, paused(), *COMPARED, size=NARROW, modal=ComparisonScreen)


def test_comparison_in_ascii(snap_compare: Snap) -> None:
    assert taken(snap_compare, paused(), *COMPARED, size=NARROW, modal=ComparisonScreen, marker="ascii")


@SIZES
def test_branch_question(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, done(), "b", size=size, modal=BranchQuestion)


def test_a_refused_branch(snap_compare: Snap) -> None:
    keys = ("b", "shift+tab", *"2001", "enter")
    assert taken(snap_compare, done(), *keys, size=NARROW, modal=BranchQuestion)


@SIZES
def test_branch(snap_compare: Snap, size: tuple[int, int]) -> None:
    branch = msgspec.structs.replace(
        opened(RunConfig(lr=0.1), epoch=1000, target=2000), run="lively-brook", parent=Parent("calm-lake", 1000)
    )
    assert taken(snap_compare, [READY, branch], size=size, modal=MainScreen)


@SIZES
def test_offer(snap_compare: Snap, size: tuple[int, int]) -> None:
    folder = ListedFolder.holding(entry("calm-lake", "interrupted", 1200))
    assert taken(snap_compare, ready(), size=size, modal=MainScreen, folder=folder, offered=True)


FULL = "could not write the history: database or disk is full; nothing saved before is damaged, and training goes on "
DAMAGED = "epoch=1999-step=4000.ckpt is damaged: its checksum differs from the one stored when it was written"


@SIZES
def test_full_disk(snap_compare: Snap, size: tuple[int, int]) -> None:
    waiting = Paused(epoch=1200, target=2000, cause=f"{FULL}once it can save")
    assert taken(snap_compare, [*training(), waiting], size=size, modal=MainScreen)


@SIZES
def test_damaged_checkpoint(snap_compare: Snap, size: tuple[int, int]) -> None:
    told = [Notice(text=DAMAGED), Notice(text="continuing from epoch=999-step=2000.ckpt, after epoch 1000")]
    assert taken(snap_compare, [READY, *told, opened(epoch=1000, target=2000)], size=size, modal=MainScreen)


def test_proof_of_a_resume(snap_compare: Snap) -> None:
    assert taken(snap_compare, resumed(), "l", size=NARROW, modal=MainScreen)
