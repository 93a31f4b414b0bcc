"""The list of runs: every key of it, every refusal, on folders of small run directories and on scripted events."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Label

from lstm_engine.protocol.messages import OpenRun, Refused
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from lstm_engine.store.lock import RunLock
from tests.support.hands import NARROW, SMALL, WIDE, Hands, dashboard
from tests.support.run_folders import ListedFolder, StillFolder, before, entry, make_run
from tests.support.script import READY, Bench, at_rest, checkpoint, done, opened, training, until
from tui.runs.catalogue import SORTS
from tui.screens.checkpoint_list import CheckpointList
from tui.screens.questions import Question
from tui.screens.run_list import RunList
from tui.screens.run_questions import DeleteQuestion
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList

LISTED = ListedFolder.holding(
    entry("calm-lake", "stopped", 1200, saved=before(minutes=5)),
    entry("old-oak", loss=0.05, saved=before(hours=3), config=RunConfig(seed=7, lr=0.1)),
    entry("young-ash", parent=Parent("old-oak", 1000), saved=before(days=2), loss=0.3),
    entry("wild-fern", "running", 300, loss=None, saved=before(days=30)),
    entry("broken-reed", "damaged", 0, 0, None, problem="run.json is damaged", saved=""),
)


class List:
    """The list of runs on the screen of a dashboard."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.app = hands.app

    @property
    def screen(self) -> RunList:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, RunList))

    @property
    def names(self) -> list[str]:
        """The runs shown, from top to bottom."""
        rows = self.screen.query_one(RowList)
        return [self.line(number).split()[0] for number in range(rows.virtual_size.height)]

    @property
    def present(self) -> str:
        """The name under the cursor."""
        return self.line(self.screen.query_one(RowList).cursor).split()[0]

    def line(self, number: int) -> str:
        rows = self.screen.query_one(RowList)
        return rows.render_line(number - rows.scroll_offset.y).text

    def text(self, name: str) -> str:
        """What a line below the rows says."""
        return plain(self.screen.query_one(f"#{name}", Lines)).strip()

    async def press(self, *keys: str) -> None:
        await self.hands.press(*keys)

    async def on(self, kind: type) -> None:
        """Wait for a screen of that kind."""
        await until(lambda: isinstance(self.app.screen, kind) and self.app.screen.is_attached)
        await self.hands.pilot.pause()


def plain(lines: Lines) -> str:
    """What some lines show."""
    return lines.render().plain  # type: ignore[union-attr]


async def listed(hands: Hands) -> List:
    """The list, read."""
    await hands.press("o")
    await until(lambda: isinstance(hands.app.screen, RunList))
    shown = List(hands)
    await until(lambda: "reading" not in shown.text("said"))
    return shown


def bench(folder: StillFolder = LISTED) -> Bench:
    return Bench(done(), folder=folder)


# --- looking through it ----------------------------------------------------------------------------------------------


async def test_o_lists_all_runs_the_last_saved_first() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        assert shown.names == ["calm-lake", "old-oak", "young-ash", "wild-fern", "broken-reed"]
        first = shown.line(0)
        assert "open here" in first
        assert "5 min ago" in first
        for text in ("finished", "2000", "0.0500", "A 0.4342  B 0.6171", "by-hand", "walk-through", "7", "0.1", "3 h"):
            assert text in shown.line(1)
        assert "old-oak at 1000" in shown.line(2)
        assert "running" in shown.line(3)


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
            assert shown.line(1).index("finished") == heading.index("state") + 2
            assert shown.line(1).index("0.0500") + len("0.0500") == heading.index("loss") + len("loss")


async def test_the_lines_below_tell_all_of_the_run_under_the_cursor() -> None:
    async with dashboard(bench(), SMALL) as hands:
        shown = await listed(hands)
        await shown.press("down", "down")
        details = shown.text("details")
        for text in ("finished", "epoch 2000", "loss 0.3000", "seed 42", "lr 0.001", "branch of old-oak at 1000"):
            assert text in details
        await shown.press("down")
        assert "running elsewhere" in shown.text("details")
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
        await hands.click(RowList, offset=(3, 1))
        assert shown.present == "old-oak"
        await hands.click(RowList, offset=(3, 1))
        await hands.closed()
        assert hands.bench.engine.commands[-1] == OpenRun(source="/runs/old-oak")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("calm-lake", "open already"),
        ("wild-fern", "running elsewhere: quit the program that runs it first"),
        ("broken-reed", "run.json is damaged"),
    ],
)
async def test_what_cannot_be_opened_says_why(name: str, told: str) -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("slash", *name.partition("-")[0], "enter", "enter")
        assert told in shown.text("said")
        assert hands.app.screen is shown.screen


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


# --- its checkpoints -------------------------------------------------------------------------------------------------


async def test_k_lists_the_checkpoints_and_enter_continues_from_one() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("down", "k")
        await shown.on(CheckpointList)
        screen = hands.app.screen
        await until(lambda: screen.query_one(RowList).virtual_size.height == 5)
        await shown.press("down", "enter")
        assert hands.app.screen is screen, "the damaged one is not opened"
        said = screen.query_one("#said", Lines)
        assert "damaged" in plain(said)
        await shown.press("down")
        assert "a branch" in plain(said)
        await shown.press("enter")
        await hands.closed()
        assert hands.bench.engine.commands[-1] == OpenRun(source=f"/runs/old-oak/{checkpoint(1491)}")


async def test_escape_in_the_checkpoints_goes_back_to_the_list() -> None:
    async with dashboard(bench()) as hands:
        shown = await listed(hands)
        await shown.press("k")
        await shown.on(CheckpointList)
        await shown.press("escape")
        await shown.on(RunList)


async def test_the_checkpoints_of_a_real_run(tmp_path: Path) -> None:
    kept = [(500, "timed"), (1000, "user"), (1200, "pause")]
    directory = make_run(tmp_path, "calm-lake", 1200, 2000, "paused", checkpoints=kept)
    (directory / checkpoint(1200)).write_bytes(b"other bytes")
    (directory / checkpoint(500)).unlink()
    folder = StillFolder(tmp_path, "checkpoints")
    found = [(one.epoch, one.reason, one.whole) for one in folder.checkpoints("calm-lake")]
    assert found == [(1200, "pause", False), (1000, "user", True)]


async def test_a_run_without_checkpoints_and_one_that_cannot_be_read(tmp_path: Path) -> None:
    make_run(tmp_path, "old-oak", saved=before(hours=2))
    broken = make_run(tmp_path, "young-ash", saved=before(hours=3))
    (broken / "history.sqlite").write_bytes(b"rubbish" * 100)
    async with dashboard(bench(StillFolder(tmp_path, "checkpoints"))) as hands:
        shown = await listed(hands)
        for told in ("it has none yet", "cannot be read"):
            await shown.press("k")
            await shown.on(CheckpointList)
            said = hands.app.screen.query_one("#said", Lines)
            await until(lambda said=said, told=told: told in plain(said))
            await shown.press("enter", "escape", "down")


# --- rename and delete -----------------------------------------------------------------------------------------------


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
    [("a b", "is no name for a run"), ("wild-fern", "wild-fern is taken"), ("..", "is no name"), ("", "is no name")],
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
