"""The list of runs while other processes work in its folder: what is new is shown, and all else stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.widgets import Input

from lstm_engine.listing.changes import delete, rename
from lstm_engine.run.config import RunConfig
from lstm_engine.store.directory import Summary, write_summary
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.notes import note_in, write_note
from tests.support.hands import NARROW, SMALL, WIDE, dashboard
from tests.support.run_folders import StillFolder, before, make_run
from tests.support.run_list import List, bench, listed, plain
from tests.support.script import until
from tests.support.soak import first
from tui.screens.comparison_screen import ComparisonScreen
from tui.screens.questions import Question
from tui.screens.run_list import RunList
from tui.screens.run_table import RunTable
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three runs, an hour apart."""
    for hours, name in enumerate(("old-oak", "young-ash", "wild-fern"), start=1):
        make_run(tmp_path, name, saved=before(hours=hours))
    return tmp_path


def folder(root: Path) -> StillFolder:
    return StillFolder(root, "checkpoints")


def save(root: Path, name: str, epoch: int, target: int = 2000, *, finished: bool = False) -> None:
    """As an engine does from time to time."""
    state = "finished" if finished else "training"
    write_summary(root / name, Summary(epoch=epoch, target=target, state=state, updated=before(), train_loss=0.5))


def line(shown: List, name: str) -> str:
    return shown.line(shown.names.index(name)) if name in shown.names else ""


async def test_a_run_that_starts_moves_on_and_ends_elsewhere_is_seen(root: Path) -> None:
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        await shown.press("down")
        run = make_run(root, "calm-lake", 2, 2000, "training", checkpoints=[(2, "timed")])
        lock = RunLock(run)
        lock.acquire()
        await until(lambda: "training" in line(shown, "calm-lake"))
        assert shown.names[0] == "calm-lake"
        save(root, "calm-lake", 1200)
        await until(lambda: "1200 of 2000" in line(shown, "calm-lake"))
        save(root, "calm-lake", 2000, finished=True)
        lock.release()
        await until(lambda: "finished" in line(shown, "calm-lake"))
        assert shown.present == "young-ash"
        assert "4 runs" in shown.text("count")


async def test_a_run_whose_process_dies_is_seen(root: Path) -> None:
    run = make_run(root, "calm-lake", 2, 2000, "training", checkpoints=[(2, "timed")])
    lock = RunLock(run)
    lock.acquire()
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        assert "training" in line(shown, "calm-lake")
        lock.release()  # as the kernel does
        await until(lambda: "interrupted" in line(shown, "calm-lake"))


CHANGES: dict[str, tuple[Callable[[Path], object], Callable[[List], object]]] = {
    "new": (lambda root: make_run(root, "calm-lake"), lambda shown: "calm-lake" in shown.names),
    "deleted": (lambda root: delete(root, "old-oak"), lambda shown: "old-oak" not in shown.names),
    "renamed": (lambda root: rename(root, "wild-fern", "best"), lambda shown: "best" in shown.names),
    "noted": (lambda root: write_note(root / "old-oak", "#keep"), lambda shown: "#keep" in line(shown, "old-oak")),
}


@pytest.mark.parametrize("change", first(4, CHANGES))
async def test_cursor_and_marks_stay_with_their_runs(root: Path, change: str) -> None:
    make, is_seen = CHANGES[change]
    make_run(root, "deep-moon", saved=before(hours=9))
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        await shown.press("end", "space", "up", "up", "space")
        assert shown.present == "young-ash"
        make(root)
        await until(lambda: is_seen(shown))
        assert shown.present == "young-ash"
        assert "2 marked" in shown.text("count")
        await shown.press("c")
        await shown.on(ComparisonScreen)


async def test_a_run_that_goes_leaves_the_cursor_where_it_is(root: Path) -> None:
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        await shown.press("down")
        delete(root, "young-ash")
        await until(lambda: len(shown.names) == 2)
        assert shown.present == "wild-fern"
        delete(root, "wild-fern")
        await until(lambda: len(shown.names) == 1)
        assert shown.present == "old-oak"
        delete(root, "old-oak")
        await until(lambda: "space trains the first one" in shown.text("said"))
        await until(lambda: shown.text("details") == "")
        make_run(root, "calm-lake")
        await until(lambda: shown.names == ["calm-lake"])
        assert shown.text("said") == ""
        assert shown.present == "calm-lake"


async def test_what_is_typed_into_the_filter_stays_and_holds_for_what_is_new(root: Path) -> None:
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        await shown.press("slash", *"seed=7")
        assert shown.names == []
        make_run(root, "calm-lake", config=RunConfig(seed=7))
        make_run(root, "deep-moon")
        await until(lambda: shown.names == ["calm-lake"])
        field = shown.screen.query_one(Input)
        assert (field.value, field.has_focus) == ("seed=7", True)
        assert "1 of 5 runs" in shown.text("count")


async def test_an_open_question_stays_and_what_happened_meanwhile_is_shown_behind_it(root: Path) -> None:
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        await shown.press("r")
        await shown.on(Question)
        await shown.press(*"best")
        question = hands.app.screen
        make_run(root, "calm-lake")
        for _ in range(3):
            assert hands.app.screen is question
            assert question.query_one(Input).value == "best"
            await hands.pilot.pause()
        await shown.press("enter")
        await until(lambda: {"best", "calm-lake"} <= set(shown.names))
        assert shown.present == "best"


async def test_a_sentence_stays_that_has_nothing_to_do_with_the_folder(root: Path) -> None:
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        await shown.press("space")
        make_run(root, "calm-lake")
        await until(lambda: "calm-lake" in shown.names)
        assert "old-oak is marked" in shown.text("said")


# --- what is in sight ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", first(1, [NARROW, WIDE, SMALL]))
async def test_what_is_in_sight_stays_where_it_is(tmp_path: Path, size: tuple[int, int]) -> None:
    for number in range(80):
        make_run(tmp_path, f"run-{number:02}", saved=before(hours=number + 1))
    async with dashboard(bench(folder(tmp_path)), size) as hands:
        shown = await listed(hands)
        rows = shown.screen.query_one(RowList)
        make_run(tmp_path, "new-1", saved=before())
        await until(lambda: "new-1" in shown.names)
        assert (rows.scroll_offset.y, rows.cursor) == (0, 1), "at the top one sees what is new"
        await shown.press("end", *["up"] * 5)
        place, present = rows.cursor - rows.scroll_offset.y, shown.present
        make_run(tmp_path, "new-2", saved=before())
        await until(lambda: "new-2" in shown.names)
        assert (rows.cursor - rows.scroll_offset.y, shown.present) == (place, present)
        rows.scroll_to(y=10, animate=False)
        make_run(tmp_path, "new-3", saved=before())
        await until(lambda: "new-3" in shown.names)
        assert (rows.scroll_offset.y, shown.present) == (10, present), "the cursor is out of sight, and may be"


async def test_only_what_looks_different_is_drawn(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        await hands.pilot.pause()
        drawn: list[Region] = []
        for widget in (*shown.screen.query(Lines), shown.screen.query_one(RowList)):
            monkeypatch.setattr(widget, "refresh", telling(widget.refresh, drawn))
        looks = looks_at(shown, monkeypatch)
        await until(lambda: len(looks) >= 2)
        assert drawn == []
        write_note(root / "wild-fern", "#keep")  # a column more
        await until(lambda: "#keep" in line(shown, "wild-fern"))
        await hands.pilot.pause()
        drawn.clear()
        write_note(root / "wild-fern", "#away")
        await until(lambda: "#away" in line(shown, "wild-fern"))
        assert {(region.y, region.height) for region in drawn} == {(2, 1)}


def telling(refresh: Callable[..., object], drawn: list[Region]) -> Callable[..., object]:
    """Refreshes, and tells what; the whole of it is the empty region."""

    def told(*regions: Region, **how: bool) -> object:
        drawn.extend(regions or [Region()])
        return refresh(*regions, **how)

    return told


def looks_at(shown: List, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Grows with each look at the folder."""
    looks: list[bool] = []
    live = shown.screen._live
    look = live.look

    async def counted(*arguments: object) -> bool:
        looks.append(await look(*arguments))  # type: ignore[arg-type]
        return looks[-1]

    monkeypatch.setattr(live, "look", counted)
    return looks


async def test_what_is_not_in_sight_is_not_looked_at(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        looks = looks_at(shown, monkeypatch)
        paused: list[bool] = []
        pause = shown.screen._live.pause

        async def counted() -> None:
            await pause()
            paused.append(shown.screen.is_active)

        monkeypatch.setattr(shown.screen._live, "pause", counted)
        await shown.press("space", "down", "space", "c")
        await shown.on(ComparisonScreen)
        looks.clear()
        await until(lambda: paused.count(False) >= 2)
        assert looks == []
        await shown.press("escape")
        await shown.on(RunList)
        await until(lambda: looks)


# --- notes -----------------------------------------------------------------------------------------------------------


async def test_n_puts_a_note_which_is_there_to_be_changed(root: Path) -> None:
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        await shown.press("down", "n")
        await shown.on(Question)
        await shown.press(*"the", "space", *"best", "space", "number_sign", *"keep", "enter")
        await shown.on(RunList)
        await until(lambda: "the best #keep" in line(shown, "young-ash"))
        assert shown.present == "young-ash"
        assert "the best #keep" in shown.text("details")
        assert note_in(root / "young-ash") == "the best #keep"
        await shown.press("n")
        await shown.on(Question)
        assert hands.app.screen.query_one(Input).value == "the best #keep"
        await shown.press("backspace", "enter")
        await until(lambda: "the best" not in line(shown, "young-ash"))
        assert note_in(root / "young-ash") == ""


async def test_a_note_that_cannot_be_put_says_why(root: Path) -> None:
    (root / "old-oak" / "notes.json").write_text("{")
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        await shown.press("n")
        await shown.on(Question)
        await shown.press(*"good", "enter")
        assert "is no note of lstm-tui" in plain_refusal(hands.app.screen)
        await shown.press("escape")
        await shown.on(RunList)


def plain_refusal(screen: object) -> str:
    return str(screen.query_one("#refusal").content)  # type: ignore[attr-defined]


# --- headings --------------------------------------------------------------------------------------------------------


async def test_a_click_on_a_heading_tells_what_to_sort_by(root: Path) -> None:
    async with dashboard(bench(folder(root))) as hands:
        shown = await listed(hands)
        table = shown.screen.query_one(RunTable)
        heading = table.query_one("#heading", Lines)
        await hands.click(heading, (plain(heading).index("loss"), 0))
        assert table.sheet.order.by == "loss"
        await hands.click(heading, (plain(heading).index("predictions"), 0))
        assert table.sheet.order.by == "loss", "nothing is sorted by predictions"
