"""What the tour says of luck is what a sweep finds."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.tour import told
from tui.tour.closing import SOLVED
from tui.tour.steps import STEPS


def test_the_share_is_that_of_the_readme() -> None:
    readme = Path(__file__).parents[3].joinpath("README.md").read_text()
    row = re.search(r"^normal +0\.001 +(\d+) +1000 ", readme, re.MULTILINE)
    assert row is not None
    assert round(int(row[1]) / 10) == SOLVED
    assert f"trained as it was to epoch 5000, {SOLVED} % come within 0.1" in told("Luck")
    assert "M trains many side by side" in told("Luck")


def test_the_tour_ends_with_how_to_go_on() -> None:
    assert [step.title for step in STEPS[-2:]] == ["Luck", "On your own"]
    assert "lstm-tui --data prices.csv" in told("On your own")
