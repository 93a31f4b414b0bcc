"""The table of a comparison, page by page."""

from __future__ import annotations

import pytest

from tests.support.comparisons import compared_run
from tui.runs.comparison import Comparison, differences, results
from tui.runs.comparison_table import comparison_table, pages


@pytest.mark.parametrize("width", [20, 40, 60, 80, 160])
def test_pages_hold_every_column_once_and_fit(width: int) -> None:
    comparison = Comparison((compared_run("run-1", [0.5], lr=0.1, seed=7), compared_run("run-2")), ("A",), ("A",))
    settings, outcome = differences(comparison), results(comparison)
    found = pages(comparison, settings, outcome, width)
    assert [column for page in found for column in page] == [*settings, *outcome]
    for page in found:
        lines = "".join(text for text, _ in comparison_table(comparison, page, "", ascii_text=False)).splitlines()
        assert len({len(line) for line in lines}) == 1
        assert len(lines[0]) <= width or len(page) == 1
