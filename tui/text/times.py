"""Times as people write them."""

from __future__ import annotations

import datetime

from lstm_engine.text import printable
from tui.text.numbers import counted


def local_time(iso: str) -> str:
    """UTC in ISO 8601, as people write their own time; what is no time stays as it is."""
    then = _local(iso)
    return printable(iso) if then is None else f"{then.year:04}-{then:%m-%d %H:%M}"


def ago(iso: str, now: datetime.datetime) -> str:
    """How long ago UTC in ISO 8601 was, in at most 11 cells; after a week the date; empty where it is no time."""
    then = _local(iso)
    if then is None:
        return ""
    minutes = int((now - then).total_seconds()) // 60
    if minutes in (-1, 0):  # another machine's clock may be a little ahead
        return "just now"
    if 0 < minutes < 60:
        return f"{minutes} min ago"
    if 0 < minutes < 24 * 60:
        return f"{minutes // 60} h ago"
    days = minutes // (24 * 60)
    if 0 < days < 7:
        return f"{counted(days, 'day')} ago"
    return f"{then.year:04}-{then:%m-%d}"


def _local(iso: str) -> datetime.datetime | None:
    """Our own time; None where it is none, says no zone, or has no date of ours at the calendar's ends."""
    try:
        time = datetime.datetime.fromisoformat(iso)
        return None if time.tzinfo is None else time.astimezone()
    except (ValueError, OverflowError, OSError):
        return None
