"""The list of runs: every key of it, every refusal, on folders of small run directories and on scripted events."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from lstm_engine.protocol.messages import OpenRun, Refused
from lstm_engine.run.config import RunConfig
from tests.support.hands import NARROW, SMALL, WIDE, dashboard
from tests.support.run_folders import ListedFolder, entry
from tests.support.run_list import LISTED, List, bench, listed, plain
from tests.support.script import READY, Bench, at_rest, opened, training, until
from tui.runs.catalogue import SORTS
from tui.screens.help_screen import HelpScreen
from tui.screens.run_list import RunList
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList
from tui.widgets.screen_keys import ScreenKeys

# --- looking through it ----------------------------------------------------------------------------------------------


async def test_o_lists_all_runs_the_last_saved_first() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        assert shown.names == ["wild-fern", "calm-lake", "old-oak", "young-ash", "broken-reed"]
        assert "training" in shown.line(0)
        here = shown.line(1)
        assert "open here" in here
        assert "5 min ago" in here
        for text in ("finished", "2000", "0.0500", "A 0.4342  B 0.6171", "by-hand", "7", "0.1", "3 h"):
            assert text in shown.line(2)
        assert "old-oak at 1000" in shown.line(3)


@pytest.mark.parametrize("size", [WIDE, (120, 34), NARROW, SMALL, (40, 12)])
async def test_rows_and_their_heading_stand_in_columns_at_every_size(size: tuple[int, int]) -> None:
    async with dashboard(bench(), size) as hands:
        await hands.press("o")
        await until(lambda: isinstance(hands.app.screen, RunList))
        shown = List(hands)
        await until(lambda: shown.screen.query_one(RowList).virtual_size.height == 5)
        await hands.pilot.pause()
        width = shown.screen.query_one(RowList).row_width
        heading = plain(shown.screen.query_one("#heading", Lines))
        assert len(shown.line(0)) == width
        assert heading.rstrip() == heading[:width].rstrip()
        if size[0] >= 60:
            assert {"run", "state", "epochs", "loss"} <= set(heading.split())
            assert shown.line(2).index("finished") == heading.index("state") + 2
            assert shown.line(2).index("0.0500") + len("0.0500") == heading.index("loss") + len("loss")


async def test_the_lines_below_tell_all_of_the_run_under_the_cursor() -> None:
    async with dashboard(bench(), SMALL) as hands:
        shown = await listed(hands)
        await shown.press("down", "down")
        details = shown.text("details")
        for text in ("finished", "epoch 2000", "loss 0.3000", "seed 42", "lr 0.001", "branch of old-oak at 1000"):
            assert text in details
        await shown.press("home")
        for text in ("training", "410 epochs/s", "process 4711 on bench", "2 dashboards look on", "the best #keep"):
            assert text in shown.text("details")
        await shown.press("end")
        assert "run.json is damaged" in shown.text("details")


async def test_arrows_and_pages_move_the_cursor_and_stop_at_the_ends() -> None:
    folder = ListedFolder.holding(*(entry(f"run-{number:04}") for number in range(1000)))
    async with dashboard(bench(folder), NARROW) as hands:
        shown = await listed(hands)
        rows = shown.screen.query_one(RowList)
        for keys, cursor in ((["up"], 0), (["down", "down"], 2), (["end"], 999), (["down"], 999), (["home"], 0)):
            await shown.press(*keys)
            assert rows.cursor == cursor
            assert rows.scroll_offset.y <= cursor < rows.scroll_offset.y + rows.size.height
        await shown.press("pagedown")
        assert rows.cursor == rows.size.height - 1


async def test_a_key_between_a_resize_and_its_layout_is_not_undone() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        shown.screen.on_resize()
        shown.screen.query_one(RowList).action_move(1)
        await at_rest(hands.pilot)
        assert shown.present == "old-oak"


async def test_typing_after_a_slash_filters_as_one_types_and_escape_shows_all_again() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("slash", *"old")
        assert shown.names == ["old-oak", "young-ash"], "the branch names its parent"
        await shown.press("space", *"fini")
        assert "2 of 5 runs" in shown.text("count")
        await shown.press("enter", "down")
        assert shown.present == "young-ash", "Enter leaves the filter, and keeps it"
        await shown.press("escape")
        assert len(shown.names) == 5
        assert shown.present == "young-ash"
        await shown.press("escape")
        await hands.closed()


async def test_a_filter_that_finds_nothing_shows_no_rows_and_opens_nothing() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("slash", *"zzz", "enter")
        assert shown.names == []
        await shown.press("enter", "space", "c", "k", "r", "d")
        assert hands.app.screen is shown.screen
        assert shown.text("details") == ""


async def test_the_keys_of_the_list_are_letters_in_the_filter() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("slash", *"cdkrsoq")
        assert shown.screen.query_one(Input).value == "cdkrsoq"


async def test_s_sorts_by_one_column_after_the_other_and_shift_s_turns_it_round() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        orders = {}
        for by in SORTS:
            orders[by] = shown.names
            assert f"by {by} " in shown.text("count")
            await shown.press("s")
        assert orders["name"] == sorted(orders["name"])
        assert orders["loss"] == ["old-oak", "calm-lake", "young-ash", "wild-fern", "broken-reed"]
        assert orders["epochs"][-2:] == ["wild-fern", "broken-reed"]
        assert orders["lineage"][0] == "young-ash"
        await shown.press("s", "S")
        assert shown.names == sorted(orders["name"], reverse=True)


async def test_sorting_keeps_the_cursor_on_its_run() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("down", "s")
        assert shown.present == "old-oak"


async def test_an_empty_folder_says_what_to_do() -> None:
    async with dashboard(bench(ListedFolder.holding())) as hands:
        shown = await listed(hands)
        assert "space trains the first one" in shown.text("said")
        await shown.press("enter", "space", "c", "k", "r", "d", "s", "S", "down", "end")
        assert hands.app.screen is shown.screen


async def test_a_folder_that_cannot_be_read_says_why() -> None:
    async with dashboard(bench(ListedFolder.holding(broken="/runs cannot be listed (Permission denied)"))) as hands:
        shown = await listed(hands)
        assert shown.text("said") == "/runs cannot be listed (Permission denied)"


@pytest.mark.parametrize("key", ["escape", "o", "q"])
async def test_the_list_closes_and_opens_nothing(key: str) -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press(key)
        await hands.closed()
        assert hands.bench.asked == []
        assert hands.app.is_running


# --- opening ---------------------------------------------------------------------------------------------------------


async def test_enter_opens_the_run_and_shows_its_whole_history() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("down", "enter")
        await hands.closed()
        assert hands.bench.engine.commands[-1] == OpenRun(source="/runs/old-oak")
        assert "opening" in hands.session.notice
        await hands.say(opened(RunConfig(seed=7), epoch=1000, target=2000))
        await until(lambda: hands.session.history.last_epoch == 1000)
        assert (hands.session.state, hands.session.config.seed) == ("paused", 7)


async def test_a_click_moves_the_cursor_and_another_opens() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await hands.click(RowList, offset=(3, 2))
        assert shown.present == "old-oak"
        await hands.click(RowList, offset=(3, 2))
        await hands.closed()
        assert hands.bench.engine.commands[-1] == OpenRun(source="/runs/old-oak")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("calm-lake", "open already"),
        ("broken-reed", "run.json is damaged"),
    ],
)
async def test_what_cannot_be_opened_says_why(name: str, told: str) -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("slash", *name.partition("-")[0], "enter", "enter")
        assert told in shown.text("said")
        assert hands.app.screen is shown.screen


async def test_a_run_that_trains_in_another_process_is_opened_as_any_other() -> None:
    """Whether it is attached to, or only watched, the link finds out."""
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("slash", *"wild", "enter", "enter")
        await hands.closed()
        assert hands.bench.engine.commands[-1] == OpenRun(source="/runs/wild-fern")


async def test_a_run_that_the_engine_refuses_leaves_the_dashboard_as_it_was() -> None:
    async with dashboard(Bench(training(), folder=LISTED)) as hands:
        shown = await listed(hands)
        await shown.press("down", "enter")
        await hands.closed()
        await hands.say(Refused(command="open_run", reason="run old-oak is in use by process 7 on bench"))
        assert (hands.session.state, hands.session.run) == ("training", "calm-lake")
        assert hands.session.notice == "run old-oak is in use by process 7 on bench"


async def test_a_run_can_be_chosen_while_pytorch_loads() -> None:
    async with dashboard(Bench([], folder=LISTED)) as hands:
        shown = await listed(hands)
        await shown.press("down", "enter")
        await hands.closed()
        assert hands.bench.engine.commands == []
        await hands.say(READY)
        assert hands.bench.engine.commands == [OpenRun(source="/runs/old-oak")]


async def test_without_an_engine_a_new_one_opens_the_run() -> None:
    async with dashboard(Bench(training(), folder=LISTED)) as hands:
        hands.bench.engine.end(-9)
        await until(lambda: hands.session.state == "failed")
        shown = await listed(hands)
        await shown.press("down", "enter")
        await until(lambda: len(hands.bench.engines) == 2)
        await hands.say(READY)
        assert hands.bench.engine.commands == [OpenRun(source="/runs/old-oak")]


# --- help and mouse --------------------------------------------------------------------------------------------------


async def test_help_is_there_and_goes_back_to_the_list() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("question_mark")
        await shown.on(HelpScreen)
        await shown.press("escape")
        await shown.on(RunList)


async def test_a_click_on_a_heading_sorts_and_another_one_turns_the_order() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        heading = shown.screen.query_one("#heading", Lines)
        await hands.click(heading, (2, 0))
        assert "by name ▲" in shown.text("count")
        await hands.click(heading, (2, 0))
        assert "by name ▼" in shown.text("count")


async def test_a_key_in_the_line_below_is_a_button() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        keys = shown.screen.query_one(ScreenKeys)
        await hands.click(keys, (plain(keys).index("mark"), 0))
        assert "1 marked" in shown.text("count")
