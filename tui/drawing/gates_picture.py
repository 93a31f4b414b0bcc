"""The unit, day by day, as a picture of cells: each quantity as a number and a bar, one company beside the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_engine.lstm.trace import Trace
from tui.drawing.cells import Cells, Role
from tui.options import Marker
from tui.text.gates import QUANTITIES, Choice, Difference, Quantity, in_words, percent, value
from tui.text.numbers import figure, number
from tui.text.widths import cut, cut_together, flush_right, wrapped

#: Columns that a company needs to stand beside another one.
COMPANY_WIDTH = 58
_LABEL_WIDTH = 11
#: Columns of a day: the least, and those from which on its numbers have three decimals.
_DAY_WIDTH, _SPACIOUS_DAY_WIDTH = 7, 11
_LEAST_BAR = 3
#: From here on the end of a bar is written as a power of ten.
_LONG_END = 1000
#: Cells to which a name is cut at most.
_LEAST_NAME = 3
#: Columns that are kept at the right for the mark of more days: a gap and the mark itself.
_EDGE_WIDTH, _MARK_WIDTH = 1, 2
#: Lines of the days: their names, and the quantities.
_ROWS = 1 + len(QUANTITIES)
_GAP = 2


@dataclass(frozen=True, eq=False)
class Company:
    """One company in the panel. target: what was observed."""

    name: str
    trace: Trace
    target: float


def companies_beside(width: int, companies: int) -> bool:
    """Whether all companies are shown beside each other at that width, or else one at a time."""
    return companies < 2 or width >= companies * COMPANY_WIDTH + _GAP


def gates_picture(
    companies: Sequence[Company], choice: Choice, apart: Difference | None, width: int, height: int, marker: Marker
) -> Cells:
    """The panel's content.

    companies: one or two. choice: what the sentence is about. apart: where the two differ most.

    Where there is too little height for all, the sentence goes before the rows that it is not about.
    """
    cells = Cells.blank(width, height)
    beside = companies_beside(width, len(companies))
    shown = list(enumerate(companies)) if beside else [(choice.place, companies[choice.place])]
    each = (width - _GAP * (len(shown) - 1)) // len(shown)
    sentence = wrapped(_sentence(companies[choice.place], choice), max(width - 2, 1))
    heading = height >= _ROWS + len(sentence) + 1
    rows = _around(choice.quantity, min(max(height - 1 - len(sentence), 1), height - 1), len(QUANTITIES))
    limits = [_limit([company.trace for company in companies], quantity) for quantity in QUANTITIES]
    for column, (place, company) in enumerate(shown):
        part = cells.part(0, column * (each + _GAP), each, height)
        if heading:
            _write_heading(part, company, place)
        _write_days(
            part.part(int(heading), 0, each, max(height - int(heading), 0)),
            _Days(company.trace, place, choice, apart, limits, rows, marker),
        )
    row = int(heading) + 1 + len(rows)
    if apart is not None and height >= row + len(sentence) + 1:
        _write_difference(cells, row, companies, apart, marker)
        row += 1
    for line in sentence[: max(height - row, 0)]:
        cells.write(row, 1, line, Role.TEXT)
        row += 1
    return cells


@dataclass(frozen=True, eq=False)
class _Days:
    """What a company's part of the panel shows. limits: by quantity, the value of a full bar. rows: the quantities."""

    trace: Trace
    place: int
    choice: Choice
    apart: Difference | None
    limits: list[float]
    rows: range
    marker: Marker


def _around(chosen: int, room: int, count: int) -> range:
    """As many of `count` as there is room for, with the chosen one in their middle, or as near to it as can be."""
    shown = min(max(room, 0), count)
    first = min(max(chosen - shown // 2, 0), count - shown)
    return range(first, first + shown)


def _sentence(company: Company, choice: Choice) -> str:
    return f"{company.name}, day {choice.day + 1}: {in_words(company.trace, choice, company.target)}"


def _limit(traces: Sequence[Trace], quantity: Quantity) -> float:
    """The value that fills a bar: 1, or the next of 2, 5, 10, … where there are larger ones."""
    if quantity.kind == "gate":
        return 1.0
    largest = max(float(np.nanmax(np.abs(getattr(trace, quantity.name)), initial=1.0)) for trace in traces)
    power = 10.0 ** math.floor(math.log10(largest))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= largest * (1 - 1e-9))


def _write_heading(cells: Cells, company: Company, place: int) -> None:
    prediction = value(company.trace, "hidden", -1)
    off = figure(prediction - company.target, signed=True)
    text = f"predicts {figure(prediction)}, observed {figure(company.target)}, off by {off}"
    name = cut(company.name, max(cells.width - len(text) - 4, _LEAST_NAME))
    column = 1 + cells.write(0, 1, name, Role.SERIES + place)
    cells.write(0, column + 2, text, Role.TEXT)


def _write_days(cells: Cells, days: _Days) -> None:
    """The days as columns under their names, the quantities as rows; those around the chosen ones."""
    count = len(days.trace.x)
    room = cells.width - _LABEL_WIDTH
    if room // _DAY_WIDTH < count:
        room = max(room - _EDGE_WIDTH - _MARK_WIDTH, _DAY_WIDTH)
    visible = _around(days.choice.day, max(room // _DAY_WIDTH, 1), count)
    each = (room + 1) // len(visible)  # the last one needs no gap behind it
    for row, index in enumerate(days.rows, start=1):
        is_chosen = days.choice.quantity == index and days.choice.place == days.place
        label = _label(days, index) if _bar_room(each) else QUANTITIES[index].label
        cells.write(row, 1, label, Role.TEXT if is_chosen else Role.LABEL)
    for place, day in enumerate(visible):
        _write_day(cells.part(0, _LABEL_WIDTH + place * each, each, cells.height), days, day, each)
    _write_marks_of_more(cells, days, visible)


def _label(days: _Days, index: int) -> str:
    """A quantity's name with the value at the end of its bars, c ±2 or x ≤5, in as much of the label as it takes.

    Gates, candidate and hidden state end at 1 for good, which is not written; nor is it for inputs that do.
    """
    quantity, limit = QUANTITIES[index], days.limits[index]
    if quantity.name != "cell" and limit == 1:
        return quantity.label
    at_most, around = ("<=", "+-") if days.marker == "ascii" else ("≤", "±")
    exact = f"{limit:g}" if limit < _LONG_END else f"{limit:.0e}".replace("+0", "").replace("+", "")
    end = (around if _is_signed(quantity, days.trace) else at_most) + exact
    short = quantity.label.split()[-1]
    forms = [f"{quantity.label} {end}", f"{quantity.label}{end}", f"{short} {end}"]
    return next((form for form in forms if len(form) <= _LABEL_WIDTH - 2), forms[-1])


def _is_signed(quantity: Quantity, trace: Trace) -> bool:
    """Whether a quantity's bars go both ways from the middle."""
    return quantity.kind == "state" or (quantity.kind == "input" and bool((trace.x < 0).any()))


def _write_marks_of_more(cells: Cells, days: _Days, visible: range) -> None:
    """Beside the names of the days what is out of sight: so many quantities, days, the day of the difference."""
    up, down, before, after = "^v<>" if days.marker == "ascii" else "↑↓‹›"
    above, below = days.rows.start, len(QUANTITIES) - days.rows.stop
    hidden = [f"{arrow}{number}" for arrow, number in ((up, above), (down, below)) if number]
    if days.rows:
        cells.write(0, 1, " ".join(hidden), Role.TEXT)
    apart = None if days.apart is None else days.apart.day
    if visible.start > 0:
        cells.write(0, _LABEL_WIDTH - 2, before, Role.TEXT)
        if apart is not None and apart < visible.start:
            cells.write(0, _LABEL_WIDTH - 3, _mark(days.marker), Role.MARK)
    if visible.stop < len(days.trace.x):
        edge = cells.part(0, max(cells.width - _MARK_WIDTH, 0), _MARK_WIDTH, 1)
        edge.write(0, 0, after, Role.TEXT)
        if apart is not None and apart >= visible.stop:
            edge.write(0, 1, _mark(days.marker), Role.MARK)


def _write_day(cells: Cells, days: _Days, day: int, width: int) -> None:
    """One day, `width` columns with the gap behind it: its name, and a number and a bar for each quantity."""
    number_width, room = _number_width(width), _bar_room(width)
    is_marked = days.apart is not None and days.apart.day == day
    is_chosen = days.choice.day == day and days.choice.place == days.place
    role = _role(is_chosen, is_marked, Role.LABEL, Role.TEXT)
    name = f"day {day + 1}" if day < 99 else f"d{day + 1}"
    column = cells.write(0, 0, flush_right(name, number_width), role)
    if is_marked:
        cells.write(0, column, _mark(days.marker), Role.MARK)
    for row, index in enumerate(days.rows, start=1):
        quantity = QUANTITIES[index]
        amount = value(days.trace, quantity.name, day)
        text = percent(amount) if quantity.kind == "gate" else number(amount, number_width, number_width - 3)
        is_apart = is_marked and days.apart is not None and days.apart.quantity == index
        role = _role(is_chosen and days.choice.quantity == index, is_apart, Role.TEXT, Role.CHOSEN)
        cells.write(row, 0, flush_right(text, number_width), role)
        if room:
            signed, bar = _is_signed(quantity, days.trace), cells.part(row, number_width + 1, room, 1)
            _draw_bar(bar, amount / days.limits[index], Role.SERIES + days.place, signed=signed, marker=days.marker)


def _number_width(width: int) -> int:
    """Cells of the numbers of a day of so many columns."""
    return 6 if width >= _SPACIOUS_DAY_WIDTH else 5


def _bar_room(width: int) -> int:
    """Cells of the bars of a day of so many columns, odd for a middle; 0 where there is no room for any."""
    room = (width - _number_width(width) - 3) // 2 * 2 + 1
    return room if room >= _LEAST_BAR else 0


def _mark(marker: Marker) -> str:
    return "*" if marker == "ascii" else "◆"


def _role(is_chosen: bool, is_marked: bool, plain: Role, chosen: Role) -> Role:
    return chosen if is_chosen else Role.MARK if is_marked else plain


def _draw_bar(cells: Cells, share: float, role: int, *, signed: bool, marker: Marker) -> None:
    """A bar of the share, -1 to 1 from the middle where it is signed, else 0 to 1 from the left; to half a cell."""
    full, left_half, right_half, track, middle = "=-- |" if marker == "ascii" else "━╸╺╌│"
    cells.write(0, 0, track * cells.width, Role.AXIS)
    centre = cells.width // 2 if signed else -1
    room = cells.width - centre - 1
    halves = round(min(abs(share), 1.0) * room * 2) if math.isfinite(share) else 0
    if signed:
        cells.write(0, centre, middle, Role.AXIS)
    if share >= 0:
        cells.write(0, centre + 1, full * (halves // 2) + left_half * (halves % 2), role)
    else:
        halves = min(halves, 2 * centre)
        cells.write(0, centre - (halves + 1) // 2, right_half * (halves % 2) + full * (halves // 2), role)


def _write_difference(cells: Cells, row: int, companies: Sequence[Company], apart: Difference, marker: Marker) -> None:
    quantity = QUANTITIES[apart.quantity]
    one, other = (percent(amount) if quantity.kind == "gate" else figure(amount) for amount in apart.values)
    column = 1 + cells.write(row, 1, _mark(marker), Role.MARK)
    text = f" differ most on day {apart.day + 1}, in {_spelt(quantity)}: {one} and {other}"
    room = cells.width - column - len(text) - len("  and ")
    names = " and ".join(cut_together([company.name for company in companies], room, _LEAST_NAME))
    cells.write(row, column, f" {names}{text}", Role.LABEL)


def _spelt(quantity: Quantity) -> str:
    names = {"candidate": "the candidate", "cell": "the cell state c", "hidden": "the hidden state h"}
    return names.get(quantity.name, f"the {quantity.name} gate")
