"""Runs compared: what is marked in the list, and every key of the comparison on real directories."""

from __future__ import annotations

import re
import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from textual.events import MouseScrollUp
from textual.widgets import Input

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import History
from lstm_engine.run.records import Parent
from tests.support.comparisons import NAMES, OTHERS, falling, grow, stored, three_runs, training
from tests.support.hands import NARROW, SMALL, WIDE, Hands, dashboard
from tests.support.run_folders import ListedFolder, StillFolder, before, entry
from tests.support.run_list import List, bench, listed, plain
from tests.support.script import PATIENCE, Bench, companies, done, until
from tui.drawing.palette import GLYPHS, SERIES_SHOWN
from tui.runs.comparison import Comparison
from tui.runs.comparison_reader import read
from tui.screens import comparison_screen
from tui.screens.comparison_screen import ComparisonScreen
from tui.screens.help_screen import HelpScreen
from tui.screens.questions import Question
from tui.screens.run_list import RunList
from tui.screens.run_questions import DeleteQuestion
from tui.widgets.lines import Lines
from tui.widgets.overlay_chart import OverlayChart
from tui.widgets.row_list import RowList

MANY = ListedFolder.holding(
    *(entry(name, saved=before(hours=hours)) for hours, name in enumerate(NAMES)),
    entry("broken-reed", "damaged", 0, 0, None, problem="run.json is damaged", saved=""),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return three_runs(tmp_path)


class Compared(List):
    """The comparison on the screen."""

    @property
    def comparison(self) -> ComparisonScreen:
        assert isinstance(self.app.screen, ComparisonScreen)
        return self.app.screen

    def line_text(self, name: str) -> str:
        return plain(self.comparison.query_one(f"#{name}", Lines))

    @property
    def table(self) -> dict[str, dict[str, str]]:
        """By run and heading, what the table says; of the pages in sight."""
        found: dict[str, dict[str, str]] = {}
        headings: list[str] = []
        for line in self.line_text("table").splitlines():
            first, *cells = re.split(r"\s{2,}", line.strip())
            if first[0] in GLYPHS:
                found.setdefault(first[2:], {}).update(zip(headings, cells, strict=True))
            else:
                headings = [first, *cells] if line.startswith("  ") else cells
        return found

    @property
    def titles(self) -> list[str]:
        """Of the charts in sight, from the top."""
        return [chart.title for chart in self.charts]

    @property
    def charts(self) -> list[OverlayChart]:
        return [chart for chart in self.comparison.query(OverlayChart) if chart.region]

    def picture(self, chart: OverlayChart) -> list[str]:
        return [strip.text for strip in chart.render_lines(chart.region.reset_offset)]


async def marked(hands: Hands, count: int) -> List:
    """The list, with so many runs marked from the top."""
    shown = await listed(hands)
    await shown.press("home", *["space", "down"] * count)
    return shown


async def compared(hands: Hands, count: int) -> Compared:
    """The comparison of so many runs from the top of the list, read and drawn."""
    await marked(hands, count)
    await hands.press("c")
    shown = Compared(hands)
    await shown.on(ComparisonScreen)
    await until(lambda: shown.comparison.comparison.runs)
    await hands.pilot.pause()
    return shown


# --- marks -----------------------------------------------------------------------------------------------------------


async def test_space_marks_a_run_and_takes_the_mark_away_again() -> None:
    async with dashboard(bench(MANY)) as hands:
        shown = await listed(hands)
        await shown.press("down", "space")
        assert shown.line(1).startswith("● run-1")
        assert "1 marked · 9 runs" in shown.text("count")
        assert shown.text("said") == "run-1 is marked: mark another, then c compares them"
        await shown.press("down", "down", "space")
        assert shown.line(3).startswith("▲ run-3")
        assert shown.text("said") == "2 runs are marked: c compares them"
        await shown.press("up", "up", "space")
        assert shown.line(1).startswith("  run-1")
        assert shown.line(3).startswith("● run-3"), "as it would be drawn"
        assert "1 marked" in shown.text("count")
        await shown.press("down", "down", "space")
        assert "marked" not in shown.text("count")


async def test_each_mark_has_the_colour_that_its_curve_has() -> None:
    async with dashboard(bench(MANY)) as hands:
        shown = await compared(hands, SERIES_SHOWN)
        chart = shown.charts[0]
        curves = [chart.component_style(f"series-{number}").color for number in range(SERIES_SHOWN)]
        rows = shown.screen.query_one(RowList)
        await shown.press("escape")
        marks = [
            next(segment.style.color for segment in rows.render_line(number) if segment.style)
            for number in range(SERIES_SHOWN)
        ]
        assert marks == curves
        assert len(set(curves)) == SERIES_SHOWN


async def test_a_seventh_run_is_marked_for_another_page_and_a_damaged_one_is_not() -> None:
    async with dashboard(bench(MANY)) as hands:
        shown = await marked(hands, SERIES_SHOWN + 1)
        assert shown.text("said") == "7 runs are marked: c compares them, 6 at a time or by groups"
        assert shown.line(SERIES_SHOWN).startswith("● run-6")
        await shown.press("end", "space")
        assert shown.text("said") == "broken-reed is damaged: there is nothing of it to compare"
        assert "7 marked" in shown.text("count")


async def test_the_marks_of_a_terminal_that_knows_ascii_alone() -> None:
    async with dashboard(Bench(done(), folder=MANY, marker="ascii")) as hands:
        shown = await marked(hands, 3)
        assert [shown.line(number)[:8] for number in range(3)] == ["o run-0 ", "x run-1 ", "# run-2 "]


async def test_marks_stay_while_the_list_is_filtered_and_sorted() -> None:
    async with dashboard(bench(MANY)) as hands:
        shown = await marked(hands, 2)
        await shown.press("slash", *"run-1")
        assert shown.line(0).startswith("▲ run-1")
        assert "2 marked · 1 of 9 runs" in shown.text("count")
        await shown.press("escape", "s", "S")
        assert "● run-0" in [shown.line(number)[:7] for number in range(9)]
        assert "2 marked" in shown.text("count")


async def test_a_space_in_the_filter_is_a_space() -> None:
    async with dashboard(bench(MANY)) as hands:
        shown = await listed(hands)
        await shown.press("slash", "space", "c", "k")
        assert shown.screen.query_one(Input).value == " ck"
        assert "marked" not in shown.text("count")


async def test_a_renamed_run_keeps_its_mark_and_a_deleted_one_is_forgotten(root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await marked(hands, 3)
        await shown.press("home", "r")
        await shown.on(Question)
        await shown.press(*"best", "enter")
        await until(lambda: "● best" in shown.line(0))
        await shown.press("down", "d")
        await shown.on(DeleteQuestion)
        await shown.press("y")
        await until(lambda: "2 marked" in shown.text("count"))
        assert [shown.line(number).split()[:2] for number in range(2)] == [["●", "best"], ["▲", "wild-fern"]]


async def test_comparing_takes_two_marked_runs() -> None:
    async with dashboard(bench(MANY)) as hands:
        shown = await listed(hands)
        for keys in (["c"], ["space", "c"]):
            await shown.press(*keys)
            assert hands.app.screen is shown.screen
            assert shown.text("said") == "space marks a run: mark two or more, then c compares them"


# --- the screen ------------------------------------------------------------------------------------------------------


async def test_c_compares_and_the_table_says_what_differs_and_what_came_out(root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await compared(hands, 3)
        assert "3 runs compared · as on disk at" in shown.line_text("comparison-header")
        assert shown.table == {
            "old-oak": {
                "lr": "0.001",
                "branch of": "–",
                "epochs": "100",
                "loss 0.01 at": "not reached",
                "final loss": "0.2000",
                "A, target 0": "0.4342",
                "B, target 1": "0.6171",
            },
            "young-ash": {
                "lr": "0.1",
                "branch of": "–",
                "epochs": "50",
                "loss 0.01 at": "epoch 50",
                "final loss": "0.0010",
                "A, target 0": "0.0100",
                "B, target 1": "0.9900",
            },
            "wild-fern": {
                "lr": "0.01",
                "branch of": "old-oak at 60 with wlr1 -1",
                "epochs": "80",
                "loss 0.01 at": "not reached",
                "final loss": "0.1000",
                "A, target 0": "-0.2500",
                "B, target 1": "0.5000",
            },
        }


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["wide", "narrow", "small"])
async def test_every_run_is_in_the_charts_with_a_stroke_of_its_own(size: tuple[int, int], root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints")), size) as hands:
        shown = await compared(hands, 3)
        legend, *curves = shown.picture(shown.charts[0])[1:]
        assert [mark in legend for mark in ("● lr 0.001", "▲ lr 0.1 ", "■ lr 0.01")] == [True] * 3
        assert [any(glyph in row for row in curves) for glyph in "●▲■"] == [True] * 3


async def test_wide_screens_show_all_charts_and_tab_turns_them_on_narrow_ones(root: Path) -> None:
    folder = StillFolder(root, "checkpoints")
    async with dashboard(bench(folder), WIDE) as hands:
        assert (await compared(hands, 2)).titles == ["loss", "A: predictions, target 0", "B: predictions, target 1"]
    async with dashboard(bench(folder), NARROW) as hands:
        shown = await compared(hands, 2)
        seen = []
        for key in ("tab", "tab", "tab", "shift+tab"):
            seen += shown.titles
            await shown.press(key)
            await hands.pilot.pause()
        titles = ["loss (1 of 3)", "A: predictions, target 0 (2 of 3)", "B: predictions, target 1 (3 of 3)"]
        assert [*seen, *shown.titles] == [*titles, titles[0], titles[2]]
        assert any("╌" in row for row in shown.picture(shown.charts[0])), "the target"


async def test_y_draws_the_losses_on_a_logarithmic_scale_and_back(root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints")), NARROW) as hands:
        shown = await compared(hands, 2)
        linear = shown.picture(shown.charts[0])
        await shown.press("tab", "y")
        await hands.pilot.pause()
        assert shown.titles == ["loss, logarithmic (1 of 3)"], "the chart that it is about"
        assert any("1e-3┤" in row for row in shown.picture(shown.charts[0]))
        await shown.press("y")
        await hands.pilot.pause()
        assert shown.picture(shown.charts[0]) == linear


@pytest.mark.parametrize("key", ["escape", "c", "q"])
async def test_the_comparison_closes_and_the_marks_stay(key: str, root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await compared(hands, 2)
        await shown.press(key)
        await shown.on(RunList)
        assert "2 marked" in shown.text("count")


async def test_r_reads_again_what_a_running_run_has_added(root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await compared(hands, 2)
        grow(root / "young-ash")
        await shown.press("r")
        await until(lambda: shown.table["young-ash"]["epochs"] == "60")
        assert shown.table["young-ash"]["B, target 1"] == "1.0000"


async def test_pages_of_the_table_are_turned_where_they_do_not_fit(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES[:SERIES_SHOWN]):
        config = RunConfig(seed=number, lr=0.1 * (number + 1))
        stored(tmp_path, name, falling(10 + number, 0.1), (0.0, 1.0), config, saved=before(hours=number))
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints")), SMALL) as hands:
        shown = await compared(hands, SERIES_SHOWN)
        assert "seed" in shown.line_text("table")
        assert shown.line_text("table").startswith(" 1/2 ")
        assert "final loss" not in shown.line_text("table")
        assert "t columns" in shown.line_text("comparison-keys")
        await shown.press("t")
        assert "final loss" in shown.line_text("table")
        assert shown.line_text("table").startswith(" 2/2 ")
        await shown.press("t")
        assert "seed" in shown.line_text("table")
        await shown.press("T")
        assert "final loss" in shown.line_text("table")


async def test_a_resize_leaves_no_blank_lines_below_the_table(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES[:SERIES_SHOWN]):
        config = RunConfig(seed=number, lr=0.1 * (number + 1))
        stored(tmp_path, name, falling(10 + number, 0.1), (0.0, 1.0), config, saved=before(hours=number))
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints")), (80, 24)) as hands:
        shown = await compared(hands, SERIES_SHOWN)
        table = shown.comparison.query_one("#table", Lines)
        for size in (SMALL, (160, 48), SMALL, (80, 24)):
            await hands.pilot.resize_terminal(*size)
            await until(lambda: table.size.height == len(shown.line_text("table").splitlines()))
            assert max(map(len, shown.line_text("table").splitlines())) <= table.size.width


async def test_n_shows_the_next_of_many_companies_and_begins_anew(tmp_path: Path) -> None:
    config = RunConfig(data=companies(5))
    for name in NAMES[:2]:
        stored(tmp_path, name, [0.5, 0.25], (0.1, 0.2, 0.3, 0.4, 0.5), config)
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints"))) as hands:
        shown = await compared(hands, 2)
        assert "5 companies in common" in shown.line_text("comparison-header")
        seen = []
        for _ in range(4):
            seen.append([title.partition(":")[0] for title in shown.titles[1:]])
            await shown.press("n")
            await until(lambda: [title.partition(":")[0] for title in shown.titles[1:]] not in ([], seen[-1]))
        assert seen == [["company 0", "company 1"], ["company 2", "company 3"], ["company 4"], seen[0]]
        assert shown.table["run-0"]["company 2, target 0.5"] == "0.3000"


async def test_runs_without_a_company_in_common_compare_their_losses(root: Path) -> None:
    stored(root, "far-pine", falling(30, 0.1), (0.5, 0.5), RunConfig(data=OTHERS), saved=before(minutes=1))
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await compared(hands, 2)
        assert shown.titles == ["loss"]
        assert "no company in common" in shown.line_text("comparison-header")
        assert shown.table["far-pine"]["data"] == "others.csv"
        assert "final loss" in shown.table["old-oak"]


async def test_a_run_that_is_gone_and_one_that_is_unreadable_are_told_in_a_sentence(root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints")), NARROW) as hands:
        shown = await compared(hands, 3)
        (root / "old-oak" / "history.sqlite").write_bytes(b"rubbish" * 100)
        await shown.press("r")
        await until(lambda: "cannot be read" in shown.line_text("problems"))
        assert shown.table["old-oak"]["final loss"] == "–"
        assert shown.table["young-ash"]["final loss"] == "0.0010"
        assert "▲ young-ash" in shown.line_text("table"), "with the glyph that it had"
        for name in ("old-oak", "young-ash", "wild-fern"):
            shutil.rmtree(root / name)
        await shown.press("r")
        await until(lambda: "run.json cannot be read" in shown.line_text("problems").replace("\n ", " "))
        assert "(and 2 more)" in shown.line_text("problems").replace("\n ", " ")
        await shown.press("y", "tab", "n", "right", "left", "escape")
        await shown.on(RunList)


@dataclass(frozen=True)
class SlowFolder(StillFolder):
    """Answers for a history when it is let go."""

    go_on: threading.Event = field(default_factory=threading.Event)

    def history(self, run: str, config: RunConfig) -> History:
        assert self.go_on.wait(PATIENCE)
        return super().history(run, config)


async def test_keys_are_answered_while_long_histories_are_read(root: Path) -> None:
    folder = SlowFolder(root, "checkpoints")
    try:
        async with dashboard(bench(folder)) as hands:
            shown = Compared(hands)
            await marked(hands, 2)
            await shown.press("c")
            await shown.on(ComparisonScreen)
            assert "reading them" in shown.line_text("comparison-header")
            await shown.press("y", "tab", "n", "right", "r", "escape")
            await shown.on(RunList)
            folder.go_on.set()
    finally:
        folder.go_on.set()


async def test_help_is_there_and_goes_back_to_the_comparison() -> None:
    async with dashboard(bench(MANY)) as hands:
        shown = await compared(hands, 2)
        await shown.press("question_mark")
        await shown.on(HelpScreen)
        await shown.press("escape")
        await shown.on(ComparisonScreen)


# --- time ------------------------------------------------------------------------------------------------------------


def cursor(shown: Compared) -> int | None:
    return shown.comparison.compared.timeline.cursor


async def test_the_time_cursor_shows_every_run_as_it_was_then(root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await compared(hands, 3)
        await shown.press("colon")
        await shown.on(Question)
        await shown.press(*"60", "enter")
        await shown.on(ComparisonScreen)
        assert "3 runs compared · epoch 60 · " in shown.line_text("comparison-header")
        assert {name: row["loss at 60"] for name, row in shown.table.items()} == {
            "old-oak": "0.3212",
            "young-ash": "–",
            "wild-fern": "0.2013",
        }
        legend = shown.picture(shown.charts[0])[1]
        assert [text in legend for text in ("old-oak 0.3212", "young-ash –", "wild-fern 0.2013")] == [True] * 3
        assert all("60" in shown.picture(chart)[-2] for chart in shown.charts), "on all the axes"
        await shown.press("end")
        assert cursor(shown) is None
        assert "final loss" in shown.table["old-oak"]
        assert "End live" not in shown.line_text("comparison-keys")


async def test_the_keys_of_time_do_what_they_do_on_the_dashboard(tmp_path: Path) -> None:
    stored(tmp_path, "old-oak", falling(3000, 0.2), (0.0, 1.0), RunConfig(), saved=before(hours=1))
    stored(tmp_path, "young-ash", falling(500, 0.1), (0.0, 1.0), RunConfig(), saved=before(hours=2))
    branch = Parent("old-oak", 600)
    stored(tmp_path, "wild-fern", falling(800, 0.1), (0.0, 1.0), RunConfig(), parent=branch, saved=before(hours=3))
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints"))) as hands:
        shown = await compared(hands, 3)
        chart = shown.charts[0]
        for key, columns in [("left", -1), ("left", -1), ("shift+left", -10), ("shift+right", 10), ("right", 1)]:
            epoch = cursor(shown)
            here = chart.column_of(3000 if epoch is None else epoch)
            await shown.press(key)
            assert chart.column_of(cursor(shown) or 0) - here == columns, key
        places = []
        for key in ("home", "right_square_bracket", "left_square_bracket", *["pagedown"] * 4, *["pageup"] * 3):
            await shown.press(key)
            places.append(cursor(shown))
        assert places == [0, 1, 0, 500, 600, 800, None, 800, 600, 500], "where a run branched off or ends"


async def test_zooming_and_the_mouse_work_on_every_chart(root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await compared(hands, 2)
        first, second, _ = shown.charts
        await hands.click(second, offset=(40, 5))
        assert cursor(shown) == second.epoch_at(39)
        await shown.press("plus", "plus")
        assert first.column_of(0) == second.column_of(0) == -1
        await shown.press("minus")
        await hands.pilot._post_mouse_events([MouseScrollUp], second, offset=(40, 5), button=0)
        await hands.pilot.pause()
        assert first.epoch_at(999) - first.epoch_at(0) == 25
        await shown.press("0")
        assert (first.epoch_at(0), first.epoch_at(999)) == (0, 100)


async def test_the_values_come_into_sight_with_the_cursor(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES[:SERIES_SHOWN]):
        config = RunConfig(seed=number, lr=0.1 * (number + 1))
        stored(tmp_path, name, falling(10 + number, 0.1), (0.0, 1.0), config, saved=before(hours=number))
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints")), SMALL) as hands:
        shown = await compared(hands, SERIES_SHOWN)
        assert "final loss" not in shown.line_text("table")
        await shown.press("home", "right_square_bracket")
        assert {row["loss at 1"] for row in shown.table.values()} == {"0.5000"}
        await shown.press("T", "right_square_bracket")
        assert "seed" in shown.line_text("table"), "once: from there on one turns the columns oneself"


# --- runs that train, more than fit, pinned --------------------------------------------------------------------------


async def test_a_run_that_trains_grows_while_one_looks(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ComparisonScreen, "every", 0.02)
    monkeypatch.setattr(comparison_screen, "_REST", 0)
    with training(root / "young-ash", target=120):
        async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
            shown = await compared(hands, 3)
            assert "3 runs compared · 1 training · " in shown.line_text("comparison-header")
            assert shown.table["young-ash"]["epochs"] == "50 of 120"
            assert shown.charts[0].epoch_at(999) == 100
            await shown.press("home")
            grow(root / "young-ash")
            await until(lambda: shown.table["young-ash"]["epochs"] == "60 of 120")
            assert cursor(shown) == 0, "where one looks stays"
            await shown.press("end")
            grow(root / "young-ash", 60, loss=0.0002)
            await until(lambda: shown.table["young-ash"]["loss now"] == "2.0e-04")
            assert shown.charts[0].epoch_at(999) == 120
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await compared(hands, 3)
        assert "training" not in shown.line_text("comparison-header")


async def test_nothing_is_drawn_while_nothing_grows(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ComparisonScreen, "every", 0.02)
    monkeypatch.setattr(comparison_screen, "_REST", 0)
    looks: list[bool] = []

    def counting(*of: Any) -> Comparison:
        found = read(*of)
        looks.append(found is of[-1])
        return found

    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        monkeypatch.setattr(comparison_screen, "read", counting)
        shown = await compared(hands, 2)
        drawn = shown.comparison.comparison
        await until(lambda: len(looks) > 5)
        assert looks[:6] == [False, *[True] * 5]
        assert shown.comparison.comparison is drawn


async def test_keys_do_not_wait_for_the_watch_over_the_runs(root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await compared(hands, 2)
        waited_for = [one for one in hands.app.workers if one.node is shown.comparison and not one.is_finished]
        watching = [one for one in hands.app.workers if shown.comparison in one.node.ancestors and one.is_running]
        assert (waited_for, len(watching)) == ([], 1)
        await shown.press("escape")
        await until(lambda: watching[0].is_finished)


async def test_more_than_six_runs_are_compared_by_page(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES):
        stored(tmp_path, name, falling(10, 0.1), (0.0, 1.0), RunConfig(seed=number), saved=before(hours=number))
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints"))) as hands:
        shown = await compared(hands, len(NAMES))
        assert "8 runs compared · page 1 of 2 · " in shown.line_text("comparison-header")
        assert list(shown.table) == list(NAMES[:6])
        await shown.press("m")
        await until(lambda: list(shown.table) == ["run-6", "run-7"])
        assert "● seed 6 run-6 0.1000" in shown.picture(shown.charts[0])[1]
        await shown.press("up")
        await until(lambda: list(shown.table) == list(NAMES[:6]))
        await shown.press("M")
        await until(lambda: list(shown.table) == ["run-6", "run-7"])
        await shown.press("escape")
        assert shown.line(7).startswith("▲ run-7"), "the glyph of the comparison"


async def test_a_pinned_run_stays_first_on_every_page_and_in_the_list(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES):
        stored(tmp_path, name, falling(10, 0.1), (0.0, 1.0), RunConfig(seed=number), saved=before(hours=number))
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints"))) as hands:
        shown = await compared(hands, len(NAMES))
        await shown.press("down", "down", "p")
        await until(lambda: next(iter(shown.table)) == "run-2")
        assert "run-2 is pinned" in shown.line_text("comparison-header")
        assert "p unpin" in shown.line_text("comparison-keys")
        await shown.press("m")
        await until(lambda: list(shown.table) == ["run-2", "run-6", "run-7"])
        await shown.press("escape")
        await shown.on(RunList)
        assert [shown.line(number)[:7] for number in (0, 2, 7)] == ["▲ run-0", "● run-2", "■ run-7"]
        await shown.press("c")
        await shown.on(ComparisonScreen)
        await until(lambda: list(shown.table)[:2] == ["run-2", "run-0"])
        await shown.press("p")
        await until(lambda: list(shown.table) == list(NAMES[:6]))


async def test_a_marks_all_that_the_filter_leaves(tmp_path: Path) -> None:
    three_runs(tmp_path)
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints"))) as hands:
        shown = await listed(hands)
        await shown.press("slash", *"lr", "greater_than_sign", *"0.001", "enter", "a")
        assert "2 marked" in shown.text("count")
        assert shown.text("said") == "2 runs are marked: c compares them"
        await shown.press("a")
        assert shown.text("said") == "no run is marked"


async def test_b_shows_runs_with_other_seeds_as_groups_and_runs_again(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES):
        config = RunConfig(seed=number, lr=0.001 if number < 5 else 0.01)
        stored(tmp_path, name, falling(10, 0.1 + number / 100), (0.0, 1.0), config, saved=before(hours=number))
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints"))) as hands:
        shown = await compared(hands, len(NAMES))
        await shown.press("m")
        await until(lambda: list(shown.table) == ["run-6", "run-7"])
        await shown.press("b")
        await until(lambda: len(shown.table) == 2 and "group 1, 5 runs" in shown.table)
        assert {name: (row["lr"], row["final loss"]) for name, row in shown.table.items()} == {
            "group 1, 5 runs": ("0.001", "0.1200"),
            "group 2, 3 runs": ("0.01", "0.1600"),
        }
        assert "2 groups · of runs with other seeds: means, and the middle 80 %" in shown.line_text(
            "comparison-header"
        )
        assert "lr 0.001 group 1, 5 runs 0.1200" in shown.picture(shown.charts[0])[1]
        await shown.press("p", "down", "down")
        assert (shown.comparison.compared.place, shown.comparison.compared.marks.pinned) == (0, "")
        await shown.press("b")
        await until(lambda: list(shown.table) == list(NAMES[:6]))


async def test_more_than_six_groups_are_shown_by_page(tmp_path: Path) -> None:
    for number in range(14):
        config = RunConfig(seed=number, lr=0.001 * (1 + number // 2))
        stored(tmp_path, f"run-{number}", falling(10, 0.1), (0.0, 1.0), config, saved=before(hours=number))
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints"))) as hands:
        shown = await compared(hands, 14)
        await shown.press("b")
        await until(lambda: "group 6, 2 runs" in shown.table)
        assert "page 1 of 2" in shown.line_text("comparison-header")
        await shown.press("m")
        await until(lambda: list(shown.table) == ["group 7, 2 runs"])
        await shown.press("down")
        await until(lambda: len(shown.table) == 6)


async def test_a_click_on_a_run_in_the_table_chooses_it(root: Path) -> None:
    async with dashboard(bench(StillFolder(root, "checkpoints"))) as hands:
        shown = await compared(hands, 3)
        table = shown.comparison.query_one("#table", Lines)
        await hands.click(table, offset=(5, 2))
        assert shown.comparison.compared.chosen == "young-ash"
        await hands.click(table, offset=(5, 0))
        assert shown.comparison.compared.chosen == "young-ash", "a heading is no run"
