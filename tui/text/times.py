"""Times as people write them."""

from __future__ import annotations

import datetime

from lstm_engine.text import printable
from tui.text.numbers import counted


def local_time(iso: str) -> str:
    """UTC in ISO 8601, as people write their own time; what is no time stays as it is."""
    try:
        return f"{datetime.datetime.fromisoformat(iso).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return printable(iso)


def ago(iso: str, now: datetime.datetime) -> str:
    """How long ago UTC in ISO 8601 was, in at most 11 cells; after a week the date; empty where it is no time."""
    try:
        time = datetime.datetime.fromisoformat(iso)
        minutes = int((now - time).total_seconds()) // 60
    except (ValueError, TypeError):
        return ""
    if minutes in (-1, 0):  # another machine's clock may be a little ahead
        return "just now"
    if 0 < minutes < 60:
        return f"{minutes} min ago"
    if 0 < minutes < 24 * 60:
        return f"{minutes // 60} h ago"
    days = minutes // (24 * 60)
    if 0 < days < 7:
        return f"{counted(days, 'day')} ago"
    return f"{time.astimezone():%Y-%m-%d}"
