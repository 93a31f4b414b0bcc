"""Times of the day that stand in a column of their own, beside that of the dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WITH_COLONS = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d*)?)?(?:\ ?[ap]m)?", re.IGNORECASE | re.ASCII)
_DIGITS = re.compile(r"([01]\d|2[0-3])([0-5]\d)([0-5]\d)", re.ASCII)

_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0*)?)?\Z", re.ASCII)


def is_time(cell: str) -> bool:
    """Whether the stripped cell is one: 09:30, 4:00 PM, 093000."""
    return _WITH_COLONS.fullmatch(cell) is not None or _DIGITS.fullmatch(cell) is not None


def moments(dates: Sequence[str], times: Sequence[str]) -> list[str]:
    """Each date with its time, as one text; what is no time is left as it stands.

    A date that has a time already keeps that, but for midnight, which spreadsheets write where there is none.
    """
    days = [_MIDNIGHT.sub("", date.strip()) for date in dates]
    plain = [_DIGITS.sub(r"\1:\2:\3", time.strip()) for time in times]
    return [day if ":" in day else f"{day} {time}".strip() for day, time in zip(days, plain, strict=True)]
