"""Times as people write them."""

from __future__ import annotations

import pytest

from tests.support.run_folders import NOW, before
from tui.text.times import ago, local_time


@pytest.mark.parametrize(
    ("span", "text"),
    [
        ({"seconds": 0}, "just now"),
        ({"seconds": 59}, "just now"),
        ({"seconds": -59}, "just now"),
        ({"seconds": 60}, "1 min ago"),
        ({"minutes": 59}, "59 min ago"),
        ({"minutes": 60}, "1 h ago"),
        ({"hours": 23}, "23 h ago"),
        ({"hours": 24}, "1 day ago"),
        ({"days": 6}, "6 days ago"),
    ],
)
def test_how_long_ago(span: dict[str, float], text: str) -> None:
    assert ago(before(**span), NOW) == text


def test_what_is_long_ago_or_yet_to_come_has_a_date() -> None:
    for span in ({"days": 7}, {"days": 4000}, {"days": -3}):
        assert ago(before(**span), NOW).count("-") == 2
        assert len(ago(before(**span), NOW)) <= 11


@pytest.mark.parametrize("text", ["", "yesterday", "2026-01-02T03:04:05"])
def test_what_is_no_time_is_nothing(text: str) -> None:
    assert ago(text, NOW) == ""


def test_a_time_that_is_none_stays_as_it_is_but_for_what_a_terminal_acts_on() -> None:
    assert local_time("yester\x1bday") == "yester?day"
    assert len(local_time("2026-01-02T03:04:05+00:00")) == len("2026-01-02 03:04")
