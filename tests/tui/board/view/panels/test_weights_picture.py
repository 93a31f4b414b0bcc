from __future__ import annotations

import numpy as np
import pytest

from lstm_engine.weight_history.history import Snapshot
from tui.board.view.panels.panel import PanelPicture
from tui.board.view.panels.weights_picture import epoch_words, weights_picture

RANDOM = np.random.default_rng(1)
SNAPSHOT = Snapshot(
    12,
    True,
    {
        "lstm.weight_hh_l0": RANDOM.normal(0, 0.5, (128, 32)).astype(np.float32),
        "head.weight": np.array([[0.25, -3.0]], np.float32),
        "head.bias": np.array([np.nan], np.float32),
    },
)


def picture(name: str, *, has_colour: bool = True) -> PanelPicture:
    found = weights_picture(SNAPSHOT, name, has_colour=has_colour, ascii_text=False)
    assert found is not None
    return found


def text(drawn: PanelPicture, width: int, height: int) -> list[str]:
    cells = drawn.draw(width, height, "braille")
    return [cells.text(row).rstrip() for row in range(cells.height)]


def test_what_it_is_and_what_it_comes_to() -> None:
    first, second, *_ = text(picture("lstm.weight_hh_l0"), 160, 40)
    assert first == " lstm.weight_hh_l0 · 128×32 · epoch 12 · gates from above: input, forget, candidate, output"
    assert second.startswith(" -2 ")
    assert "2  largest " in second
    assert "a cell is a mean of 2 rows" in second
    first, second, third = text(picture("head.weight", has_colour=False), 60, 3)
    assert first == " head.weight · 1×2 · epoch 12"
    assert "largest -3 · mean -1.375 · norm 3.01" in second
    assert len(set(third.strip())) == 2
    assert "no finite number" in text(picture("head.bias"), 60, 3)[1]


@pytest.mark.parametrize("height", range(13))
def test_it_fits(height: int) -> None:
    for name in SNAPSHOT.tensors:
        for width in (1, 2, 10, 40, 76):
            assert all(len(line) <= width for line in text(picture(name), width, height))


def test_rows_of_the_panel_stay_in_sight() -> None:
    large, small = picture("lstm.weight_hh_l0"), picture("head.bias")
    assert [large.lines(room) for room in (0, 4, 6, 12, 30, 300)] == [0, 0, 2, 8, 20, 66]
    assert small.lines(30) == 3


def test_alone_it_has_all_lines() -> None:
    found = weights_picture(SNAPSHOT, "head.bias", has_colour=True, ascii_text=False, is_alone=True)
    assert found is not None
    assert found.lines(30) == 30


def test_another_epoch_than_was_asked_for_is_said() -> None:
    rounded = Snapshot(1200, False, SNAPSHOT.tensors)
    assert [epoch_words(each) for each in (SNAPSHOT, rounded)] == ["epoch 12", "≈ epoch 1,200"]


def test_what_is_not_known_has_none() -> None:
    assert weights_picture(SNAPSHOT, "conv1.weight", has_colour=True, ascii_text=False) is None
