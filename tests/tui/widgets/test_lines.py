"""Lines of pieces: which columns of them are drawn again, and which keys fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.geometry import Region

from tui.widgets.lines import Lines, _cells, _span

PIECES = st.lists(st.tuples(st.text("ab ", max_size=5), st.sampled_from(["", "bold"])), max_size=4)


@given(PIECES, PIECES)
def test_the_span_holds_every_column_that_differs_and_ends_with_them(before: list, after: list) -> None:
    one, other = _cells(before), _cells(after)
    first, end = _span(one, other)
    differing = [x for x in range(max(len(one), len(other))) if one[x : x + 1] != other[x : x + 1]]
    assert (first, end) == ((differing[0], differing[-1] + 1) if differing else (0, 0))


class OneLine(App[None]):
    def compose(self) -> ComposeResult:
        yield Lines(lambda width: [("loss 0.1 " + "·" * (width - 9), "")])


async def test_a_line_that_changes_is_drawn_where_it_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Region] = []
    async with OneLine().run_test(size=(30, 3)) as pilot:
        line = pilot.app.query_one(Lines)
        monkeypatch.setattr(line, "refresh", lambda *regions, **_: drawn.extend(regions))
        line.show(lambda width: [("loss 0.1 " + "·" * (width - 9), "")])
        assert drawn == []
        line.show(lambda width: [("loss 0.2 " + "·" * (width - 9), "")])
    assert drawn == [Region(7, 0, 1, 1)]
