"""The lines around the pictures."""

from __future__ import annotations

import pytest

from tests.support.sweeps import standing
from tui.sweep import sweep_words
from tui.sweep.place import Place
from tui.text.pieces import Piece, pieces_width


def text(pieces: list[Piece]) -> str:
    return "".join(text for text, _ in pieces)


@pytest.mark.parametrize("width", [60, 80, 160])
@pytest.mark.parametrize("state", ["starting", "training", "pausing", "paused", "finished", "failed"])
def test_lines_fit(width: int, state: str) -> None:
    now = standing(state, problem="x" * 200 if state == "failed" else "")
    for line in (sweep_words.header, sweep_words.progress, sweep_words.notice):
        assert pieces_width(line(now, width)) <= width
    assert f" {state}  calm-sea" in text(sweep_words.header(now, width))


def test_how_far_it_is() -> None:
    assert "epoch 1,200/2,000   60 %   250,000 epochs of a member/s   2 s left" in text(
        sweep_words.progress(standing(), 120)
    )
    assert "left" not in text(sweep_words.progress(standing("paused"), 120))


def test_what_went_wrong_is_said_in_place_of_a_hint() -> None:
    assert text(sweep_words.notice(standing("failed", problem="the disk is full"), 80)) == " the disk is full"
    assert "space pauses" in text(sweep_words.notice(standing(), 80))


def test_what_is_chosen_stands_out() -> None:
    lines = sweep_words.share_table(standing(), Place(2), 80)
    assert len(lines) == 5
    assert [line[0][1] for line in lines] == ["$quiet", "", "", "bold $accent", ""]
    assert "uniform, lr 0.001" in lines[3][0][0]
    assert [line[0][0][0] for line in lines] == [" ", " ", " ", "▸", " "]
    everyone = sweep_words.share_table(standing(), Place(), 80, ascii_text=True)
    assert everyone[0][0][0].startswith(">all 400 members")
    assert everyone[0][0][1] == "bold $accent"
    elsewhere = sweep_words.share_table(standing(), Place(2, is_on_losses=True), 80)
    assert (elsewhere[3][0][0][0], elsewhere[3][0][1]) == (" ", "bold $accent")
    assert sweep_words.share_table(standing(results=None), Place(), 80) == []


def test_the_interval_is_left_out_first() -> None:
    for width, has_interval in ((60, True), (30, False), (12, False)):
        lines = sweep_words.share_table(standing(), Place(0), width)
        assert len(lines) == 5
        assert all(pieces_width(line) <= width for line in lines)
        assert any("interval" in text(line) for line in lines) is has_interval
