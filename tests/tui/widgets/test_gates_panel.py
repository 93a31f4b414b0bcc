"""The cell on the screen: every key of its, live, under the cursor, on any size."""

from __future__ import annotations

import pytest

from lstm_engine.run.config import RunConfig
from tests.support.hands import NARROW, SMALL, WIDE, Hands, dashboard
from tests.support.script import READY, Bench, companies, epochs, prediction, resumed, training
from tui.text.gates import QUANTITIES
from tui.view.layout import CELL, LOSS
from tui.widgets.gates_panel import GatesPanel

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["wide", "narrow", "small"])


def panel(hands: Hands) -> GatesPanel:
    return hands.screen.query_one(GatesPanel)


def text(hands: Hands) -> str:
    size = panel(hands).content_size
    cells = panel(hands).picture(size.width, size.height)
    return "\n".join(cells.text(row) for row in range(cells.height))


@SIZES
async def test_g_shows_the_gates_and_hides_them(size: tuple[int, int]) -> None:
    async with dashboard(Bench(training()), size) as hands:
        await hands.press("g")
        assert CELL in hands.screen.arrangement.panels
        assert hands.app.focused is panel(hands)
        await hands.press("g")
        assert CELL not in hands.screen.arrangement.panels
        assert hands.app.focused is not panel(hands)


@SIZES
async def test_the_arrows_choose_what_the_sentence_is_about(size: tuple[int, int]) -> None:
    async with dashboard(Bench(training()), size) as hands:
        await hands.press("g", "up", "up", "up", "right")
        assert "A, day 2: keeps" in text(hands)
        await hands.press("down")
        assert "A, day 2: lets" in text(hands)
        await hands.press("left")
        assert "A, day 1: lets" in text(hands)
        await hands.press(*["left"] * 9, *["up"] * 9)
        assert "A, day 1: 0 comes in" in text(hands)
        await hands.press(*["right"] * 9, *["down"] * 9)
        assert "A, day 4: the short-term memory" in text(hands)
        assert hands.screen.timeline.cursor is None


@SIZES
async def test_c_explains_the_other_company(size: tuple[int, int]) -> None:
    async with dashboard(Bench(training()), size) as hands:
        await hands.press("g", "c")
        assert "B, day 1" in text(hands)
        if size != WIDE:
            assert str(panel(hands).border_title) == "the cell of B · c shows A"
        await hands.press("c")
        assert "A, day 1" in text(hands)


async def test_wide_screens_show_both_companies_beside_each_other() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("g")
        line = next(line for line in text(hands).splitlines() if line.startswith(" forget"))
        assert line.count("forget") == 2
        assert "A and B differ most on day" in text(hands)


async def test_the_gates_are_live_and_at_the_cursor_s_epoch() -> None:
    async with dashboard(Bench(resumed())) as hands:
        await hands.press("g")
        assert f"predicts {prediction(2600):.4f}" in text(hands)
        await hands.say(epochs(2601, 2700))
        assert f"predicts {prediction(2700):.4f}" in text(hands)
        await hands.press("pageup")
        assert f"predicts {prediction(2000):.4f}" in text(hands)
        assert str(panel(hands).border_title) == "the cell at epoch 2000"
        await hands.say(epochs(2701, 2800))
        assert f"predicts {prediction(2000):.4f}" in text(hands)
        await hands.press("end")
        assert f"predicts {prediction(2800):.4f}" in text(hands)


async def test_the_time_keys_work_in_the_panel_but_for_the_plain_arrows() -> None:
    async with dashboard(Bench(resumed())) as hands:
        await hands.press("g", "home")
        assert hands.screen.timeline.cursor == 0
        await hands.press("right_square_bracket")
        assert hands.screen.timeline.cursor == 1


async def test_a_key_of_the_panel_without_the_panel_says_how_to_get_it() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("c")
        assert hands.session.notice == "g shows the gates first"


async def test_before_there_is_a_model_the_panel_says_what_will_fill_it() -> None:
    async with dashboard(Bench([READY])) as hands:
        await hands.press("g", "right")
        assert "once there is a model" in text(hands)


async def test_many_companies_show_the_chosen_ones() -> None:
    config = RunConfig(data=companies(9))
    async with dashboard(Bench(training(config=config), config=config)) as hands:
        hands.screen.query_one("#predictions").focus()
        await hands.press(*["down"] * 4, "enter", "g")
        assert "company 1" in text(hands)
        assert "company 4" in text(hands)


async def test_the_built_in_model_has_the_same_gates() -> None:
    config = RunConfig(model="nn-lstm")
    async with dashboard(Bench(training(config=config), config=config)) as hands:
        await hands.press("g")
        assert all(quantity.label in text(hands) for quantity in QUANTITIES)
        assert f"predicts {prediction(1200, 0, config):.4f}" in text(hands)


async def test_it_can_be_zoomed() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("g", "z")
        assert hands.screen.arrangement.panels == (CELL,)
        await hands.press("z", "g")
        assert LOSS in hands.screen.arrangement.panels
