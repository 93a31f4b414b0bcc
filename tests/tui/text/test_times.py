"""Times as people write them."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.fixture(params=["UTC", "Pacific/Kiritimati", "Etc/GMT+12"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where we are: to the east, and to the west, the calendar's first and last days have no date of ours."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    "iso",
    [
        *("0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00", "0001-01-01T00:00:00+23:59"),
        *("9999-12-31T23:59:59+00:00", "9999-12-31T23:59:59", "9999-12-31T23:59:59-23:59"),
        *("", "never", "2026-02-30T00:00:00+00:00", "2026-01-01", "\x1b[31m"),
    ],
)
def test_any_time_is_told(zone: str, iso: str) -> None:
    assert local_time(iso).isprintable()
    assert len(ago(iso, NOW)) <= 11


@given(st.text() | st.datetimes(timezones=st.none() | st.timezones()).map(datetime.datetime.isoformat))
def test_whatever_is_written_for_a_time_is_no_error(iso: str) -> None:
    assert local_time(iso).isprintable()
    assert len(ago(iso, NOW)) <= 11


def test_times_are_told_in_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Etc/GMT-2")
    time.tzset()
    assert local_time("2026-01-02T12:00:00+00:00") == "2026-01-02 14:00"
    assert ago("2025-12-01T23:00:00+00:00", NOW) == "2025-12-02"
    assert ago("2026-01-02T11:50:00+00:00", NOW) == "10 min ago"
    monkeypatch.undo()
    time.tzset()
