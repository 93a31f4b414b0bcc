"""Numbers as people read them: fixed decimals, losses, counts, durations, shares of a whole."""

from __future__ import annotations

import math

# --- numbers with decimals ---


def fixed(value: float, decimals: int = 4, *, signed: bool = False) -> str:
    """A number to so many decimals. What is rounded to zero has no sign: -0.000 would be a riddle."""
    text = f"{value:{'+' if signed else ''}.{decimals}f}"
    return text.lstrip("+-") if float(text) == 0 else text


def number(value: float, width: int, decimals: int = 4, *, signed: bool = False) -> str:
    """A number right-aligned in `width` cells, its point always at the same place; `nan` and `inf` as such.

    What is too wide for that many decimals is written with an exponent.
    """
    sign = "+" if signed else ""
    text = fixed(value, decimals, signed=signed)
    if not math.isfinite(value) or len(text) > width:
        text = f"{value:{sign}.{max(width - 7, 0)}e}" if math.isfinite(value) else f"{value:{sign}}"
    return text.rjust(width)


def figure(value: float | None, *, signed: bool = False) -> str:
    """A number to 4 decimals; `nan` for None, which stands for it in JSON."""
    return "nan" if value is None else fixed(value, signed=signed)


def loss_text(loss: float) -> str:
    """A loss in 7 cells: 0.1234, or 3.2e-05 where four decimals would say nothing."""
    if not math.isfinite(loss):
        return f"{loss}".rjust(7)
    return (f"{loss:.4f}" if 0.001 <= loss < 100 or loss == 0 else f"{loss:.1e}").rjust(7)


def loss_figure(loss: float | None) -> str:
    """As `loss_text`, in as many cells as it takes; `nan` for None."""
    return "nan" if loss is None else loss_text(loss).strip()


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
