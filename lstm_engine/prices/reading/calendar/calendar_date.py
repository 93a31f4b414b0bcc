"""One date as people write it, in every order of day, month and year that it may be meant in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

#: Long before any date: what a text is that is none.
NO_DATE = -(2**62)

_TIME = (
    r"(?:(?:T|,?\ +)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d*)?)?(?:\ ?(?P<half>[ap])m)?"
    # An exchange's own day is meant, wherever the reader is: what tells its time from others' is left out.
    r"\ ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\ +)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?:\.0)?",
        rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?:(?P=mark)(?P<day>\d{{1,2}}){_TIME})?",
        rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){_TIME}",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)\ (?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?",
        r"(?P<year>\d{4})[- ]?Q(?P<quarter>[1-4])",
        r"Q(?P<quarter>[1-4])[-/ ]?(?P<year>\d{4})",
        rf"{_WEEKDAY}{_MONTH}[- ](?P<day>\d{{1,2}})(?:,\ ?|[- ])(?P<year>\d{{4}}){_TIME}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[- ]{_MONTH}[- ,]\ ?(?P<year>\d{{4}}|\d\d){_TIME}",
        rf"{_MONTH}[- ](?P<year>\d{{4}})",
    )
)
_THREE = re.compile(rf"(\d{{1,2}})(?P<mark>[-/.])(\d{{1,2}})(?P=mark)(\d{{4}}|\d\d){_TIME}", re.IGNORECASE | re.ASCII)
_YEARS = range(1000, 3000)
_EPOCH = datetime.date(1970, 1, 1).toordinal()


class Readings(NamedTuple):
    """Seconds since 1970-01-01 by the order that is meant; NO_DATE where it is none. The same where all agree."""

    dmy: int
    mdy: int
    ymd: int


NONE = Readings(NO_DATE, NO_DATE, NO_DATE)


def calendar_date(text: str) -> Readings:
    """What the stripped text may mean: a day, with or without a time; a month or a year, as its first day."""
    for form in _FORMS:
        if match := form.fullmatch(text):
            found = match.groupdict()
            seconds = _seconds(_year(found["year"]), _month(found), int(found.get("day") or 1), found)
            return Readings(seconds, seconds, seconds)
    if match := _THREE.fullmatch(text):
        return Readings(*_three(match))
    return NONE


def _three(match: re.Match[str]) -> Iterator[int]:
    """Day, month, year; month, day, year; and year, month, day, for which the year is written short."""
    first, second, third = match.group(1), match.group(3), match.group(4)
    time = match.groupdict()
    yield _seconds(_year(third), int(second), int(first), time)
    yield _seconds(_year(third), int(first), int(second), time)
    is_short = len(first) == len(third) == 2
    yield _seconds(_year(first), int(second), int(third), time) if is_short else NO_DATE


def _year(text: str) -> int:
    """Short ones as POSIX has it: 69 is 1969, 68 is 2068."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= 69 else 2000)


def _month(found: dict[str, str | None]) -> int:
    if quarter := found.get("quarter"):
        return 3 * int(quarter) - 2
    month = found.get("month")
    if not month:
        return 1
    return int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1


def _seconds(year: int, month: int, day: int, time: dict[str, str | None]) -> int:
    hour, minute, second = (int(time.get(part) or 0) for part in ("hour", "minute", "second"))
    if half := time.get("half"):
        if not 1 <= hour <= 12:
            return NO_DATE
        hour = hour % 12 + (12 if half in "pP" else 0)
    try:
        date = datetime.datetime(year, month, day, hour, minute, second)
    except ValueError:
        return NO_DATE
    if year not in _YEARS:
        return NO_DATE
    return (date.toordinal() - _EPOCH) * 86400 + hour * 3600 + minute * 60 + second
