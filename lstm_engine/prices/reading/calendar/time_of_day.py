"""Times of the day that stand in a column of their own, beside that of the dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WITH_COLONS = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d*)?)?(?:\ ?[ap]m)?", re.IGNORECASE | re.ASCII)
_DIGITS = re.compile(r"([01]\d|2[0-3])([0-5]\d)([0-5]\d)", re.ASCII)


def is_time(cell: str) -> bool:
    """Whether the stripped cell is one: 09:30, 4:00 PM, 093000."""
    return _WITH_COLONS.fullmatch(cell) is not None or _DIGITS.fullmatch(cell) is not None


def moments(dates: Sequence[str], times: Sequence[str]) -> list[str]:
    """Each date with its time, as one text; what is no time is left as it stands."""
    plain = [_DIGITS.sub(r"\1:\2:\3", time.strip()) for time in times]
    return [f"{date.strip()} {time}".strip() for date, time in zip(dates, plain, strict=True)]
