from __future__ import annotations

import pytest

from tests.support.queues import queue_standing
from tui.queue.queue_words import header, heading, member_row, notice, progress
from tui.text.pieces import Piece
from tui.text.widths import width as width_of


def text(pieces: list[Piece]) -> str:
    return "".join(piece for piece, _ in pieces)


def test_what_is_trained_and_how_far() -> None:
    standing = queue_standing()
    assert text(header(standing, 80)).startswith(" lstm-tui sweep · 4 members · prices.csv: wide, 1 ticker ")
    assert text(header(standing, 80)).endswith(" ● training  luck ")
    assert text(progress(standing, 80)).endswith("1 of 4 done   1 training   1 waiting   1 failed")
    assert text(notice(standing, 80)).startswith(" space pauses")
    assert text(notice(queue_standing(problem="the scheduler is gone"), 80)) == " the scheduler is gone"


def test_a_member_has_its_settings_how_far_it_is_and_where_or_why_not() -> None:
    standing = queue_standing()
    rows = [text(member_row(standing, number, 120)).split(maxsplit=9) for number in range(4)]
    assert text(heading(standing, 120)).split()[:4] == ["run", "model", "hidden", "lr"]
    assert rows[0] == ["✓", "luck-1", "by-hand", "1", "0.01", "1", "done", "3", "/", "3   0.2500  "]
    assert text(member_row(standing, 1, 120)).rstrip().endswith("2 / 3   0.5000  tcp://10.0.0.7:40123")
    assert rows[2] == ["·", "luck-3", "by-hand", "2", "0.01", "1", "waiting"]
    assert text(member_row(standing, 3, 120)).rstrip().endswith("it diverged: the loss is no number")


@pytest.mark.parametrize("width", [20, 40, 60, 80, 160])
def test_a_row_fits_and_stands_under_its_heading(width: int) -> None:
    standing = queue_standing()
    lines = [text(heading(standing, width)), *(text(member_row(standing, number, width)) for number in range(4))]
    assert max(map(width_of, lines)) <= width
    if width >= 60:
        place = lines[0].index("state")
        assert [line[place:].split()[0] for line in lines[1:]] == ["done", "training", "waiting", "failed"]
