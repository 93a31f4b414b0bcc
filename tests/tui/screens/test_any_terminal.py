"""What every screen owes every terminal: its characters and no others; and figures, whatever the names are."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lstm_engine.protocol.messages import Event, Failed
from lstm_engine.run.config import RunConfig
from tests.support.hands import Hands, dashboard
from tests.support.run_folders import ListedFolder, entry
from tests.support.script import Bench, companies, done, settled, training
from tests.support.snapshots import NARROW, SMALL, WIDE
from tui.text.widths import width
from tui.widgets.lines import Lines

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])
FAILED = Failed(epoch=1201, cause="the loss is not a number", detail="東京 “nan”", checkpoint=None)
LONG, WIDE_NAME = "The Association of 43 Letters and No Fewer", "東京電力"


def text(hands: Hands) -> str:
    """What is on the screen, a line each."""
    return "\n".join(strip.text for strip in hands.app.screen._compositor.render_strips())


@pytest.mark.parametrize(
    ("script", "size"),
    [(training(), WIDE), (done(), SMALL), ([*training(), FAILED], NARROW)],
    ids=["training-160x48", "finished-60x20", "failed-80x24"],
)
async def test_ascii_is_ascii(script: list[Event], size: tuple[int, int]) -> None:
    """Every screen, dialog and panel, and Textual's own palette."""
    folder = ListedFolder.holding(*(entry(name) for name in ("calm-lake", "deep-æther", "東京")))
    config = RunConfig(data=companies(12))
    async with dashboard(Bench(script, folder=folder, marker="ascii", config=config), size) as hands:
        for keys in ("", "question_mark", "o", "a", "r", "b", "e", "colon", "l", "w", "g", "z", "i", "left", "ctrl+p"):
            if keys:
                await hands.press(keys)
            await settled(hands.app, hands.pilot)
            assert text(hands).isascii(), [line for line in text(hands).splitlines() if not line.isascii()]
            if hands.app.screen is not hands.screen:
                await hands.press("escape")
                await hands.closed()


@SIZES
async def test_figures_never_leave_a_panel(size: tuple[int, int]) -> None:
    """However long one name is, or wide its letters: names are cut, figures and tabs are whole."""
    table = companies(30)
    data = replace(table, names=(LONG, WIDE_NAME * 6, *table.names[2:]))
    config = RunConfig(data=data)
    async with dashboard(Bench(training(400, 1000, config), config=config), size) as hands:
        for panel in ("loss", "company-0", "company-1", "predictions", "data", "cell"):
            hands.screen.action_go_to(panel)
            await settled(hands.app, hands.pilot)
            shown = text(hands)
            assert all(width(line) == size[0] for line in shown.splitlines()), shown
            if panel == "predictions" or size == WIDE:
                assert "predicted" in shown
                assert "off by" in shown
                assert "…" in shown
            if panel.startswith("company") or size == WIDE:
                assert "target 0" in shown
            if panel == "data" or size == WIDE:
                assert "to predict" in shown
                assert "and 28 more" in shown
            tabs = "".join(text for text, _ in hands.screen.query_one("#tabs", Lines)._pieces)
            assert width(tabs) <= size[0]
