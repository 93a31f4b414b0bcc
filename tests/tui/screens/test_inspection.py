"""What if a parameter or an input were another: every key of it on the screen."""

from __future__ import annotations

import msgspec
import pytest
from textual.widgets import Label

from lstm_engine.data.companies import Companies
from lstm_engine.protocol.messages import Branch
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.hands import NARROW, SMALL, WIDE, Hands, dashboard
from tests.support.predictions import predicted
from tests.support.script import (
    READY,
    RUN,
    Bench,
    companies,
    done,
    epochs,
    opened,
    prediction,
    ready,
    resumed,
    settled,
    started,
    training,
    until,
)
from tests.support.tables import row
from tui.screens.branch_question import BranchQuestion
from tui.screens.questions import Question
from tui.view.layout import PARAMETERS, PREDICTIONS
from tui.widgets.gates_panel import GatesPanel
from tui.widgets.lines import Lines
from tui.widgets.parameter_table import ParameterTable
from tui.widgets.prediction_table import PredictionTable
from tui.widgets.steady_table import SteadyTable

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])


# --- on the screen ---------------------------------------------------------------------------------------------------


def notice(hands: Hands) -> str:
    return hands.screen.query_one("#notice", Lines).render().plain  # type: ignore[union-attr]


def shown(hands: Hands, company: str) -> str:
    return str(hands.screen.query_one(PredictionTable).get_cell(company, "predicted")).strip()


def gates(hands: Hands) -> str:
    panel = hands.screen.query_one(GatesPanel)
    cells = panel.picture(panel.content_size.width, panel.content_size.height)
    return "\n".join(cells.text(row) for row in range(cells.height))


async def answer(hands: Hands, key: str, text: str, *, accept: bool = True) -> None:
    await hands.press(key)
    field = await hands.question()
    field.value = text
    await hands.press("enter" if accept else "escape")
    await hands.closed()


async def test_e_changes_the_chosen_parameter_and_everything_follows() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("g")
        hands.screen.query_one(ParameterTable).focus()
        await hands.press("down")
        await answer(hands, "e", "2.5")
        expected = predicted(hands.session, wlr2=2.5)
        assert [shown(hands, name) for name in "AB"] == [f"{value:.4f}" for value in expected]
        assert f"predicts {expected[1]:.4f}" in gates(hands)
        assert row(hands.screen.query_one(ParameterTable), "wlr2")[2:] == ["x *", "0.1288", "0.7118", "2.5000"]
        assert notice(hands).startswith(" what-if  wlr2 is 2.5 instead of 0.7118 · Esc puts back")
        assert str(hands.screen.query_one(ParameterTable).border_title) == "parameters, what-if"
        assert hands.screen.has_class("-what-if")
        assert hands.bench.asked == [], "the run knows nothing of it"


def table_lines(hands: Hands, kind: type[SteadyTable]) -> list[list[str]]:
    """The words of every line of a table in sight."""
    table = hands.screen.query_one(kind)
    return [table.render_line(y).text.split() for y in range(table.size.height)]


@pytest.mark.parametrize(
    ("size", "numbers", "heads"),
    [
        (WIDE, ["0.3367", "1.3978", "2.5000"], ["start", "before", "value"]),
        (NARROW, ["0.3367", "1.3978", "2.5000", "+2.1633"], ["start", "before", "value", "change"]),
        (SMALL, ["0.3367", "1.3978", "2.5000"], ["start", "before", "value"]),
    ],
    ids=["wide", "narrow", "small"],
)
async def test_the_parameter_before_stands_beside_the_new_one(
    size: tuple[int, int], numbers: list[str], heads: list[str]
) -> None:
    async with dashboard(Bench(training()), size) as hands:
        hands.screen.action_go_to(PARAMETERS)
        await settled(hands.app, hands.pilot)
        as_it_was = table_lines(hands, ParameterTable)
        await answer(hands, "e", "2.5")
        lines = table_lines(hands, ParameterTable)
        assert lines[0][-len(heads) :] == heads
        assert lines[1] == ["forget", "wlr1", "h", "*", *numbers]
        assert lines[2][:4] == as_it_was[2][:4] == ["wlr2", "x", "0.1288", "0.7118"], "as it was, and said once"
        await hands.press("escape")
        assert table_lines(hands, ParameterTable) == as_it_was


async def test_other_inputs_change_no_parameter() -> None:
    async with dashboard(Bench(training())) as hands:
        as_it_was = table_lines(hands, ParameterTable)
        await answer(hands, "x", "1 1 1 1")
        assert table_lines(hands, ParameterTable) == as_it_was


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["wide", "narrow", "small"])
async def test_the_prediction_before_stands_beside_the_new_one(size: tuple[int, int]) -> None:
    async with dashboard(Bench(training()), size) as hands:
        await answer(hands, "e", "2.5")
        before, tried = prediction(1200), predicted(hands.session, wlr1=2.5)[0]
        numbers = ["A", "0.0000", f"{before:.4f}", f"{tried:.4f}", f"{tried:+.4f}"]
        heads = ["company", "observed", "before", "predicted", "off", "by"]
        if size != WIDE:
            strip = hands.screen.query_one("#strip", Lines).render().plain  # type: ignore[union-attr]
            assert [line.split() for line in strip.splitlines()[:2]] == [heads, numbers]
            hands.screen.action_go_to(PREDICTIONS)
            await hands.press("z")
            await settled(hands.app, hands.pilot)
        assert table_lines(hands, PredictionTable)[:2] == [heads, numbers]
        await hands.press("escape")
        assert "before" not in table_lines(hands, PredictionTable)[0]


async def test_escape_puts_everything_back() -> None:
    async with dashboard(Bench(training())) as hands:
        await answer(hands, "e", "2.5")
        await answer(hands, "x", "1 1 1 1")
        await hands.press("escape")
        assert [shown(hands, name) for name in "AB"] == [f"{prediction(1200, place):.4f}" for place in (0, 1)]
        assert "what-if" not in notice(hands)
        assert not hands.screen.has_class("-what-if")
        assert hands.session.notice == "everything is as the run has it"


async def test_what_is_typed_is_tried_at_once_and_escape_takes_it_back() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("e")
        await hands.question()
        await hands.press("9")
        assert shown(hands, "A") == f"{predicted(hands.session, wlr1=9)[0]:.4f}"
        await hands.press("comma")  # "9,": no number, so that nothing is tried
        assert shown(hands, "A") == f"{prediction(1200):.4f}"
        await hands.press("backspace", "full_stop", "5")
        assert shown(hands, "A") == f"{predicted(hands.session, wlr1=9.5)[0]:.4f}"
        await hands.press("escape")
        await hands.closed()
        assert shown(hands, "A") == f"{prediction(1200):.4f}"


@SIZES
async def test_e_in_the_cell_changes_a_parameter_of_the_gate_chosen_there(size: tuple[int, int]) -> None:
    async with dashboard(Bench(training()), size) as hands:
        await hands.press("g", "down")  # from the cell's state to the output gate
        assert hands.screen.looking.choice.name == "output"
        await hands.press("e")
        await hands.question()
        asked = " ".join(str(label.content) for label in hands.app.screen.query(Label))
        assert "What if wo1 of the output gate" in asked


@pytest.mark.parametrize("key", ["e", "x"])
async def test_a_value_that_is_accepted_as_it_stands_is_no_what_if(key: str) -> None:
    """Though the text of a parameter has fewer digits than the parameter."""
    async with dashboard(Bench(training())) as hands:
        await hands.press(key)
        await hands.question()
        await hands.press("end", "1", "backspace", "enter")
        await hands.closed()
        assert not hands.screen.inspection.what_if


async def test_the_days_that_are_not_changed_keep_their_last_digit() -> None:
    days = tuple(123456.75 + day for day in range(60))
    data = Companies(source="long.csv", names=("A", "B"), days=(days, days), targets=(0.0, 1.0))
    config = RunConfig(data=data)
    async with dashboard(Bench(ready(config), config=config)) as hands:
        await hands.press("x")
        await hands.question()
        await hands.press("end", *["backspace"] * 9, *"0.5", "enter")
        await hands.closed()
        assert hands.screen.inspection.what_if.inputs == ((0, (*days[:-1], 0.5)),)


async def test_a_dialog_that_is_closed_leaves_the_what_if_before_it() -> None:
    async with dashboard(Bench(training())) as hands:
        await answer(hands, "e", "2.5")
        await answer(hands, "e", "7", accept=False)
        assert shown(hands, "A") == f"{predicted(hands.session, wlr1=2.5)[0]:.4f}"


@SIZES
async def test_x_changes_the_inputs_of_the_company_in_the_cell(size: tuple[int, int]) -> None:
    async with dashboard(Bench(training()), size) as hands:
        await hands.press("g", "c")
        await answer(hands, "x", "0 0.5 0.25 1")
        assert f"predicts {prediction(1200):.4f}" in gates(hands)
        assert "B has 0 0.5 0.25 1" in notice(hands)


async def test_x_in_the_table_of_predictions_is_about_the_company_there() -> None:
    config = RunConfig(data=companies(9))
    async with dashboard(Bench(training(config=config), config=config)) as hands:
        hands.screen.query_one(f"#{PREDICTIONS}").focus()
        await hands.press(*["down"] * 5)
        await answer(hands, "x", "0 0 0 0")
        assert hands.screen.inspection.what_if.inputs == ((5, (0.0,) * 4),)


@pytest.mark.parametrize(("key", "typed"), [("e", "many"), ("x", "1 2 3")])
async def test_what_is_no_value_is_refused_in_place(key: str, typed: str) -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press(key)
        (await hands.question()).value = typed
        await hands.press("enter")
        assert isinstance(hands.app.screen, Question)
        assert "expected" in str(hands.app.screen.query_one("#refusal", Label).content)


async def test_it_follows_training_and_the_cursor() -> None:
    async with dashboard(Bench(resumed())) as hands:
        await answer(hands, "e", "2.5")
        await hands.say(epochs(2601, 2700))
        assert shown(hands, "B") == f"{predicted(hands.session, wlr1=2.5)[1]:.4f}"
        await hands.press("pageup")
        assert "at epoch 2000, what-if" in str(hands.screen.query_one(ParameterTable).border_title)
        assert notice(hands).startswith(" epoch 2000  live is at 2700 · End returns   what-if ")
        await hands.press("home", "escape")
        assert shown(hands, "B") == f"{prediction(0, 1):.4f}"


async def test_another_run_s_model_or_data_ends_it() -> None:
    async with dashboard(Bench(done())) as hands:
        await answer(hands, "e", "2.5")
        config = RunConfig(model="nn-lstm")
        await hands.say(opened(config), epochs(0, 0, config))
        assert not hands.screen.inspection.what_if


async def test_another_seed_ends_it_before_any_training() -> None:
    async with dashboard(Bench(ready())) as hands:
        await answer(hands, "e", "5")
        config = RunConfig(seed=9)
        await hands.say(opened(config), epochs(0, 0, config))
        assert not hands.screen.inspection.what_if


async def test_it_stays_when_the_run_is_trained_for_the_first_time() -> None:
    async with dashboard(Bench(ready())) as hands:
        await answer(hands, "e", "5")
        await hands.say(started(0, 2000), epochs(1, 100))
        assert hands.session.run is not None
        assert hands.screen.inspection.what_if.names == ("wlr1",)


@pytest.mark.parametrize("key", ["e", "x", "escape"])
async def test_before_there_is_a_model_there_is_nothing_to_change(key: str) -> None:
    async with dashboard(Bench([READY])) as hands:
        await hands.press(key)
        await hands.closed()
        assert ("yet" in hands.session.notice) == (key != "escape")


async def test_opening_a_dialog_changes_nothing() -> None:
    async with dashboard(Bench(training())) as hands:
        for key in ("e", "x"):
            await hands.press(key)
            await hands.question()
            await hands.pilot.pause()
            assert not hands.screen.inspection.what_if
            await hands.press("escape")
            await hands.closed()


async def test_where_there_is_no_room_for_all_of_it_the_keys_are_told() -> None:
    async with dashboard(Bench(resumed()), NARROW) as hands:
        await answer(hands, "e", "2.5")
        await hands.press("pageup")
        assert notice(hands).startswith(" epoch 2000  End returns   what-if  Esc puts back")


async def test_other_inputs_are_marked_in_the_data_too() -> None:
    async with dashboard(Bench(training())) as hands:
        await answer(hands, "x", "1 1 1 1")
        assert str(hands.screen.query_one("#data").border_title) == "data: walk-through, what-if"
        await hands.press("escape")
        assert str(hands.screen.query_one("#data").border_title) == "data: walk-through"


# --- a branch of it --------------------------------------------------------------------------------------------------


@SIZES
async def test_b_makes_it_a_branch_at_the_epoch_in_sight(size: tuple[int, int]) -> None:
    async with dashboard(Bench(resumed()), size) as hands:
        await hands.press("pageup")
        await answer(hands, "e", "2.5")
        await answer(hands, "x", "1 1 1 1")
        await hands.press("b")
        await until(lambda: isinstance(hands.app.screen, BranchQuestion) and hands.app.focused is not None)
        told = str(hands.app.screen.query_one("#changes", Label).content)
        assert told.startswith("It begins with what is tried: wlr1 is 2.5 instead of ")
        await hands.press("tab", *"7", "enter")
        await hands.closed()
        asked = Branch(epoch=2000, lr=0.001, epochs=7, parameters={"wlr1": 2.5}, days={"A": (1.0, 1.0, 1.0, 1.0)})
        assert hands.bench.asked == [asked]


async def test_at_epoch_0_there_is_nothing_that_a_branch_could_change() -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press("home")
        await answer(hands, "e", "2.5")
        await hands.press("b")
        await until(lambda: isinstance(hands.app.screen, BranchQuestion) and hands.app.focused is not None)
        await hands.press("enter")
        refusal = str(hands.app.screen.query_one("#refusal", Label).content)
        assert refusal == "epoch 0 is too early: expected 1 to 2000"
        assert hands.bench.asked == []


async def test_the_branch_is_seen_as_it_is() -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press("home")
        await answer(hands, "e", "2.5")
        branch = msgspec.structs.replace(opened(epoch=2000), run="new-leaf", parent=Parent(RUN, 2000, {"wlr1": 2.5}))
        await hands.say(branch)
        assert not hands.screen.inspection.what_if
        assert hands.screen.timeline.cursor is None
        assert hands.session.notice == "branch of calm-lake at 2000 with wlr1 2.5"
