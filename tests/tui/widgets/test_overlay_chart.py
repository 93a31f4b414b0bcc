"""A parameter's curve, and a whole gate's, on the screen and as a picture."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_engine.lstm.parameters import NN_LSTM
from lstm_engine.run.config import RunConfig
from tests.support.hands import NARROW, SMALL, WIDE, Hands, dashboard
from tests.support.script import READY, Bench, epochs, parameter, resumed, training
from tui.drawing.cells import Cells
from tui.drawing.curves import Curve, Plot
from tui.options import Marker
from tui.view.layout import CURVES, PARAMETERS
from tui.widgets.overlay_chart import OverlayChart, write_legend

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["wide", "narrow", "small"])


def curves(hands: Hands) -> OverlayChart:
    return hands.screen.query_one(OverlayChart)


def drawn(hands: Hands) -> list[str]:
    size = curves(hands).content_size
    return lines(curves(hands).picture(size.width, size.height))


def lines(cells: Cells) -> list[str]:
    return [cells.text(row) for row in range(cells.height)]


async def to_the_table(hands: Hands) -> None:
    while hands.screen.view.panel != PARAMETERS:
        await hands.press("tab")


@SIZES
async def test_enter_draws_the_parameter_and_hides_it_again(size: tuple[int, int]) -> None:
    async with dashboard(Bench(training()), size) as hands:
        await to_the_table(hands)
        await hands.press("down", "enter")
        assert CURVES in hands.screen.arrangement.panels
        assert curves(hands).title == "wlr2: forget gate, acts on x"
        assert f"wlr2 {parameter('wlr2', 1200):7.4f}" in drawn(hands)[0]
        await to_the_table(hands)
        await hands.press("enter")
        assert CURVES not in hands.screen.arrangement.panels
        assert hands.screen.view.panel == PARAMETERS


@pytest.mark.parametrize("key", ["w", "shift+enter"])
async def test_w_draws_the_whole_gate(key: str) -> None:
    async with dashboard(Bench(training())) as hands:
        await to_the_table(hands)
        await hands.press(*["down"] * 4, key)
        assert curves(hands).title == "input gate"
        assert [name in drawn(hands)[0] for name in ("wpr1", "wpr2", "bpr1", "wlr1")] == [True, True, True, False]
        await hands.press(key)
        assert CURVES not in hands.screen.arrangement.panels


async def test_the_built_in_model_s_gates_have_four_parameters_in_the_legend() -> None:
    config = RunConfig(model="nn-lstm")
    async with dashboard(Bench(training(config=config), config=config)) as hands:
        await to_the_table(hands)
        await hands.press("w")
        forget = [spec.name for spec in NN_LSTM if spec.gate == "forget"]
        assert all(f"{name} " in drawn(hands)[0] for name in forget)
        assert drawn(hands)[0].count("0.") == len(forget), "all values fit"


async def test_another_parameter_takes_its_place() -> None:
    async with dashboard(Bench(training())) as hands:
        await to_the_table(hands)
        await hands.press("enter", "down", "enter")
        assert curves(hands).title.startswith("wlr2")


async def test_it_has_the_charts_axis_cursor_and_zoom() -> None:
    async with dashboard(Bench(resumed())) as hands:
        await to_the_table(hands)
        await hands.press("enter", "pageup")
        assert curves(hands).column_of(2000) >= 0
        assert f"{parameter('wlr1', 2000):.4f}" in drawn(hands)[0]
        assert "2000" in drawn(hands)[-1]
        curves(hands).focus()
        await hands.press("plus", "plus")
        assert curves(hands).column_of(0) == -1
        await hands.press("left")
        assert curves(hands).column_of(2000) - curves(hands).column_of(hands.screen.timeline.cursor or 0) == 1
        await hands.click(curves(hands), offset=(20, 5))
        assert hands.screen.timeline.cursor == curves(hands).epoch_at(19)


async def test_it_grows_while_training() -> None:
    async with dashboard(Bench(resumed())) as hands:
        await to_the_table(hands)
        await hands.press("enter")
        await hands.say(epochs(2601, 2700))
        assert f"{parameter('wlr1', 2700):.4f}" in drawn(hands)[0]


async def test_where_the_board_has_no_room_it_gets_the_screen() -> None:
    config = RunConfig(model="nn-lstm")
    async with dashboard(Bench(training(config=config), config=config), (120, 34)) as hands:
        await to_the_table(hands)
        await hands.press("enter")
        assert hands.screen.arrangement.panels == (CURVES,)
        await hands.press("z")
        assert len(hands.screen.arrangement.panels) > 3


async def test_before_there_is_a_model_it_is_empty() -> None:
    async with dashboard(Bench([READY])) as hands:
        await to_the_table(hands)
        await hands.press("enter", "w")
        assert curves(hands).title == "forget gate"


# --- the picture -----------------------------------------------------------------------------------------------------

RISE, FALL = np.linspace(0, 1, 1001, dtype=np.float32), np.linspace(1, 0, 1001, dtype=np.float32)


def chart(plot: Plot, marker: Marker = "braille") -> list[str]:
    widget = OverlayChart(marker=marker)
    widget.show(plot, "curves")
    return lines(widget.picture(70, 14))


@pytest.mark.parametrize("marker", ["braille", "block", "ascii"])
def test_curves_are_told_apart_by_their_marks(marker: Marker) -> None:
    picture = chart(Plot((Curve(RISE, "up", "1.0000"), Curve(FALL, "down", "0.0000")), 1000), marker)
    up, down = ("o", "x") if marker == "ascii" else ("●", "▲")
    assert picture[0].startswith(f" {up} up 1.0000 {down} down 0.0000")
    canvas = "\n".join(picture[1:-2])
    assert canvas.count(up) >= 3
    assert canvas.count(down) >= 3
    assert picture[1].rstrip().endswith(up), "the end of the one that rises"
    assert ("".join(picture).isascii()) == (marker == "ascii")


def test_one_curve_alone_needs_no_mark() -> None:
    picture = chart(Plot((Curve(RISE, "up", "1.0000"),), 1000))
    assert picture[0].startswith(" up 1.0000")
    assert "●" not in "".join(picture)


def test_without_curves_there_is_nothing() -> None:
    assert "".join(chart(Plot((), 1000))).strip() == ""


@pytest.mark.parametrize("width", [40, 60, 78, 158])
def test_a_legend_keeps_a_name_for_every_curve_however_long_they_are(width: int) -> None:
    named = tuple(Curve(np.ones(3, np.float32), f"{letter}-very-long-name", "0.1234") for letter in "abcdef")
    legend = Cells.blank(width, 1)
    write_legend(legend, named, "braille")
    text = legend.text(0)
    assert [f"{glyph} {letter}-" in text for glyph, letter in zip("●▲■◆▼★", "abcdef", strict=True)] == [True] * 6
    assert ("0.1234" in text) == (width == 158)


@pytest.mark.parametrize(("width", "name", "value"), [(60, "a-very-l…", True), (46, "a-very-lon…", False)])
def test_names_are_cut_before_the_values_go_but_not_to_nothing(width: int, name: str, value: bool) -> None:
    named = tuple(Curve(np.ones(3, np.float32), f"{letter}-very-long-name", "0.1234") for letter in "abc")
    legend = Cells.blank(width, 1)
    write_legend(legend, named, "braille")
    text = legend.text(0)
    assert f"● {name} {'0.1234 ▲' if value else ''}".rstrip() in text
    assert ("0.1234" in text) == value
