"""Times of files that anybody may have written: shown, or left as they are, and never an error."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.times import ago, local_time

NOW = datetime.datetime(2026, 1, 2, 12, 0, tzinfo=datetime.UTC)


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
