"""Numbers as people read them: figures with decimals, counts, durations, shares of a whole."""

from __future__ import annotations

import math

# --- numbers with decimals ---

#: Decimals where nothing else is said: those of the published figures.
_DECIMALS = 4
#: Below it, that many decimals show one digit or none of a number.
_TINY = 0.001


def fixed(value: float, decimals: int = _DECIMALS, *, signed: bool = False) -> str:
    """A number rounded to so many decimals. What is rounded to zero has no sign: -0.000 would be a riddle."""
    text = f"{value:{'+' if signed else ''}.{decimals}f}"
    return text.lstrip("+-") if float(text) == 0 else text


def figure(value: float | None, room: int | None = None, decimals: int = _DECIMALS, *, signed: bool = False) -> str:
    """A number as it is written everywhere: 0.4342, 4.8e-04, 2400.2000; `nan` for None, which stands for it in JSON.

    room: the cells there are. What is too wide loses decimals, as few as possible; only what has none left to lose is
    written with an exponent. So is what four decimals would hardly show. decimals: fewer round it.
    """
    if value is None or not math.isfinite(value):
        return "nan" if value is None else f"{value:{'+' if signed else ''}}"
    forms = [f"{value:{'+' if signed else ''}.{places}e}" for places in (1, 0)]
    if not (decimals >= _DECIMALS and 0 < abs(value) < _TINY):
        forms = [*(fixed(value, places, signed=signed) for places in range(decimals, -1, -1)), *forms]
    return next((form for form in forms if room is None or len(form) <= room), forms[-1])


def number(value: float, width: int, decimals: int = _DECIMALS, *, signed: bool = False) -> str:
    """A figure right-aligned in `width` cells."""
    return figure(value, width, decimals, signed=signed).rjust(width)


def given(value: float) -> str:
    """A number of the data as it was given, 1 or 0.5, where it has no more decimals than a figure shows."""
    text = f"{value or 0:g}"  # -0 is 0
    decimals = len(text.partition(".")[2])
    return text if "e" not in text and float(text) == value and decimals <= _DECIMALS else figure(value)


# --- counts ---


def counted(count: int, one: str, many: str | None = None, *, separator: str = "") -> str:
    """1 day, 2 days. many: where it is not `one` with an s. separator: a comma for 1,000 days."""
    return f"{count:{separator}} {one if count == 1 else many or one + 's'}"


def epochs_done(epoch: int, target: int) -> str:
    """How far a run is: 1200 of 2000, or 2000 where nothing is left to do."""
    return str(epoch) if epoch >= target else f"{epoch} of {target}"


def percent_done(epoch: int, target: int) -> str:
    """How much is done, in 5 cells; 100 % only when all of it is."""
    return f"{epoch * 100 // target if target else 0:3} %"


def progress_bar(fraction: float, width: int) -> tuple[str, str]:
    """A bar of `width` cells in two parts, done and to do, to the half cell."""
    halves = round(min(max(fraction, 0.0), 1.0) * width * 2)
    done = "━" * (halves // 2) + "╸" * (halves % 2)
    return done, "╌" * (width - len(done))


# --- times ---


def duration(seconds: float) -> str:
    """How long, in at most 10 cells: 12 s, 3 min 05 s, 2 h 07 min, 12 days."""
    whole = math.ceil(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    if whole < 48 * 3600:
        return f"{whole // 3600} h {whole % 3600 // 60:02} min"
    return f"{whole // 86400} days"
