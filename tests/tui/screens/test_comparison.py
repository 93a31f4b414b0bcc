"""Runs compared: what is marked in the list, what the comparison says of real directories, and its every key."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input

from lstm_engine.data.companies import Companies
from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History, Rows
from lstm_engine.run.records import Parent
from lstm_engine.store.database import Store
from tests.support.hands import NARROW, SMALL, WIDE, Hands, dashboard
from tests.support.run_folders import ListedFolder, StillFolder, before, entry, make_run
from tests.support.script import PATIENCE, Bench, companies, done, until
from tests.tui.screens.test_run_list import List, bench, listed, plain
from tui.drawing.palette import GLYPHS, SERIES_SHOWN
from tui.runs.catalogue import Order
from tui.runs.comparison import ComparedRun, Comparison, differences, epochs_to, read, results, shared_companies
from tui.runs.comparison_table import comparison_table, pages
from tui.runs.marks import Marks
from tui.runs.run_rows import count_text
from tui.screens.comparison_screen import ComparisonScreen
from tui.screens.questions import Question
from tui.screens.run_list import RunList
from tui.screens.run_questions import DeleteQuestion
from tui.widgets.lines import Lines
from tui.widgets.overlay_chart import OverlayChart
from tui.widgets.row_list import RowList

NAMES = tuple(f"run-{number}" for number in range(8))
MANY = ListedFolder.holding(
    *(entry(name, saved=before(hours=hours)) for hours, name in enumerate(NAMES)),
    entry("broken-reed", "damaged", 0, 0, None, problem="run.json is damaged", saved=""),
)
THREE = Companies("three.csv", ("B", "C", "D"), ((0.0, 1.0),) * 3, (1.0, 0.5, 0.25))
OTHERS = Companies("others.csv", ("X", "Y"), ((0.0, 1.0),) * 2, (1.0, 0.5))


def rows_with(config: RunConfig, loss: Iterable[float], predictions: Iterable[float]) -> Rows:
    """An epoch for every loss, all with the same predictions; epoch 0 has no loss."""
    losses = np.array([np.nan, *loss], np.float32)
    rows = np.zeros((len(losses), Columns.of(config).width), np.float32)
    rows[:, 0] = losses
    for number, prediction in enumerate(predictions, start=1):
        rows[:, number] = prediction
    return rows


def falling(epochs: int, last: float) -> list[float]:
    return np.linspace(0.5, last, epochs).tolist()


def stored(
    root: Path, name: str, loss: list[float], predictions: Iterable[float], config: RunConfig, **more: object
) -> None:
    rows = rows_with(config, loss, predictions)
    make_run(root, name, len(loss), len(loss), config=config, rows=rows, **more)  # type: ignore[arg-type]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three runs, the last a branch with another learning rate."""
    stored(tmp_path, "old-oak", falling(100, 0.2), (0.4342, 0.6171), RunConfig(), saved=before(hours=1))
    stored(tmp_path, "young-ash", falling(50, 0.001), (0.01, 0.99), RunConfig(lr=0.1), saved=before(hours=2))
    parent = Parent("old-oak", 60, {"wlr1": -1.0})
    stored(
        tmp_path, "wild-fern", falling(80, 0.1), (-0.25, 0.5), RunConfig(lr=0.01), parent=parent, saved=before(hours=3)
    )
    return tmp_path


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
    await shown.press(*["space", "down"] * count)
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


async def test_a_seventh_run_and_a_damaged_one_are_not_marked() -> None:
    async with dashboard(bench(MANY)) as hands:
        shown = await marked(hands, SERIES_SHOWN)
        await shown.press("space")
        assert shown.text("said").startswith("six runs are marked")
        await shown.press("up", "space", "end", "space")
        assert shown.text("said") == "broken-reed is damaged: there is nothing of it to compare"
        assert "5 marked" in shown.text("count")


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


def test_at_most_six_marks_whatever_is_toggled() -> None:
    marks = Marks()
    for name in NAMES[:SERIES_SHOWN]:
        marks = marks.toggled(entry(name))
    with pytest.raises(UserError, match="as many as can be told apart"):
        marks.toggled(entry(NAMES[-1]))
    assert marks.toggled(entry(NAMES[0])).runs == NAMES[1:SERIES_SHOWN]


@pytest.mark.parametrize("width", range(10, 60))
def test_the_count_of_marks_is_told_in_any_width(width: int) -> None:
    text = "".join(piece for piece, _ in count_text(3, 10_000, Order("lineage"), width, 6))
    assert len(text) == width
    assert "6 marked" in text


# --- what is compared ------------------------------------------------------------------------------------------------


def compared_run(name: str, loss: Iterable[float] = (), **config: object) -> ComparedRun:
    settings = RunConfig(**config)  # type: ignore[arg-type]
    rows = rows_with(settings, loss, ())
    return ComparedRun(name, settings, None, rows[:, 0], {"A": rows[:, 1], "B": rows[:, 2]})


def headings(comparison: Comparison) -> list[str]:
    return [column.heading for column in differences(comparison)]


def test_only_what_differs_is_listed() -> None:
    one, other = compared_run("a", [0.5], seed=1), compared_run("b", [0.5, 0.4], seed=2, lr=0.1)
    assert headings(Comparison((one, other))) == ["seed", "lr", "epochs"]
    assert headings(Comparison((one, compared_run("c", [0.25], seed=1)))) == []
    everything = compared_run("d", model="nn-lstm", seed=3, lr=0.2, init="uniform", batch_size=2, data=THREE)
    branch = ComparedRun("e", everything.config, Parent("a", 7), one.loss, {})
    assert headings(Comparison((one, branch))) == ["model", "seed", "lr", "init", "batch size", "data", "branch of"]
    assert differences(Comparison((one, branch)))[-1].texts == ("–", "a at 7")


def test_other_data_of_the_same_name_are_told_apart() -> None:
    changed = Companies("three.csv", THREE.names, THREE.days, (0.0, 0.0, 0.0))
    runs = [compared_run("a", data=THREE), compared_run("b", data=changed), compared_run("c", data=OTHERS)]
    texts = differences(Comparison(tuple(runs)))[0].texts
    assert texts == ("three.csv (1)", "three.csv (2)", "others.csv")


@given(st.lists(st.floats(0, 1, width=32) | st.just(float("nan")), max_size=30))
def test_epochs_to_a_loss_of_a_hundredth(losses: list[float]) -> None:
    expected = next((epoch for epoch, loss in enumerate(losses) if loss <= np.float32(0.01)), None)
    assert epochs_to(np.array(losses, np.float32)) == expected


def test_results_of_runs_that_went_wrong_or_nowhere() -> None:
    runs = (
        compared_run("diverged", [0.5, float("inf")]),
        compared_run("untrained"),
        ComparedRun("empty", predictions={"A": np.empty(0, np.float32), "B": np.empty(0, np.float32)}),
        ComparedRun("gone", problem="gone cannot be read"),
    )
    at, loss, a, _ = results(Comparison(runs, ("A", "B"), ("A", "B")))
    assert at.texts == ("not reached", "not reached", "not reached", "–")
    assert loss.texts == ("not finite", "–", "–", "–")
    assert (a.heading, a.texts) == ("A, target 0", ("0.0000", "0.0000", "–", "–"))


def test_what_companies_are_shared() -> None:
    walk = RunConfig()
    assert shared_companies([walk, walk]) == ("A", "B")
    assert shared_companies([walk, RunConfig(data=THREE)]) == ("B",)
    assert shared_companies([walk, RunConfig(data=OTHERS)]) == ()
    assert shared_companies([]) == ()


def test_runs_that_disagree_about_a_target_list_theirs() -> None:
    other = Companies("other.csv", ("A", "B"), ((0.0, 1.0),) * 2, (0.5, 1.0))
    comparison = Comparison((compared_run("a"), compared_run("b", data=other)), ("A", "B"), ("A", "B"))
    assert comparison.target("A") is None
    found = {column.heading: column.texts for column in results(comparison)}
    assert found["A target"] == ("0", "0.5")
    assert {"A", "B, target 1"} <= set(found)


def test_a_long_history_is_read_and_the_rest_of_it_forgotten(root: Path) -> None:
    comparison = read(StillFolder(root, "checkpoints"), ["old-oak", "young-ash"])
    assert [run.last_epoch for run in comparison.runs] == [100, 50]
    assert all(run.loss.base is None for run in comparison.runs)
    assert {name: values[-1] for name, values in comparison.runs[1].predictions.items()} == pytest.approx(
        {"A": 0.01, "B": 0.99}
    )


@pytest.mark.parametrize("width", [20, 40, 60, 80, 160])
def test_pages_hold_every_column_once_and_fit(width: int) -> None:
    comparison = Comparison((compared_run("run-1", [0.5], lr=0.1, seed=7), compared_run("run-2")), ("A",), ("A",))
    settings, outcome = differences(comparison), results(comparison)
    found = pages(comparison, settings, outcome, width)
    assert [column for page in found for column in page] == [*settings, *outcome]
    for page in found:
        lines = "".join(text for text, _ in comparison_table(comparison, page, "", ascii_text=False)).splitlines()
        assert len({len(line) for line in lines}) == 1
        assert len(lines[0]) <= width or len(page) == 1


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
        assert [glyph in legend for glyph in ("● old-oak", "▲ young-ash", "■ wild-fern")] == [True] * 3
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
        store = Store.open(root / "young-ash", Columns.of(RunConfig()))
        store.add(51, rows_with(RunConfig(), [0.0005] * 10, (0.0, 1.0))[1:], None, ())
        store.close()
        before_it = shown.comparison.comparison
        await shown.press("r")
        await until(lambda: shown.comparison.comparison is not before_it)
        await hands.pilot.pause()
        assert shown.table["young-ash"]["epochs"] == "60"
        assert shown.table["young-ash"]["B, target 1"] == "1.0000"


async def test_pages_of_the_table_are_turned_where_they_do_not_fit(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES[:SERIES_SHOWN]):
        config = RunConfig(seed=number, lr=0.1 * (number + 1))
        stored(tmp_path, name, falling(10 + number, 0.1), (0.0, 1.0), config, saved=before(hours=number))
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints")), SMALL) as hands:
        shown = await compared(hands, SERIES_SHOWN)
        assert "seed" in shown.line_text("table")
        assert shown.line_text("table").startswith(" →")
        assert "final loss" not in shown.line_text("table")
        assert "← → columns" in shown.line_text("comparison-keys")
        await shown.press("right")
        assert "final loss" in shown.line_text("table")
        assert shown.line_text("table").startswith(" ←")
        await shown.press(*["right"] * 5, *["left"] * 5, "left")
        assert "seed" in shown.line_text("table")


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
            before_it = shown.comparison.comparison
            await shown.press("n")
            await until(lambda before_it=before_it: shown.comparison.comparison is not before_it)
            await hands.pilot.pause()
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
        before_it = shown.comparison.comparison
        await shown.press("r")
        await until(lambda: shown.comparison.comparison is not before_it)
        assert "cannot be read" in shown.line_text("problems")
        assert shown.table["old-oak"]["final loss"] == "–"
        assert shown.table["young-ash"]["final loss"] == "0.0010"
        assert "▲ young-ash" in shown.line_text("table"), "with the glyph that it had"
        for name in ("old-oak", "young-ash", "wild-fern"):
            shutil.rmtree(root / name)
        before_it = shown.comparison.comparison
        await shown.press("r")
        await until(lambda: shown.comparison.comparison is not before_it)
        assert "run.json cannot be read" in shown.line_text("problems").replace("\n ", " ")
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
