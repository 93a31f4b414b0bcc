"""The data: companies, their days, and the value of the last day to predict; and the checks that it is whole."""

import math

import msgspec

from lstm_engine.errors import UserError


class Companies(msgspec.Struct, frozen=True):
    """A table of companies, all with the same number of days.

    source: what the user calls it: `walk-through`, or the CSV file's name.
    names: one per company, unique.
    days: per company, the inputs day by day; shape (companies, days).
    targets: per company, the observed value of the day after the last input; shape (companies,).
    """

    source: str
    names: tuple[str, ...]
    days: tuple[tuple[float, ...], ...]
    targets: tuple[float, ...]

    @property
    def day_count(self) -> int:
        """How many days go in (the day to predict not counted)."""
        return len(self.days[0])


#: The walk-through's two companies: they differ on day 1 only, and day 5 asks for it.
WALK_THROUGH = Companies(
    source="walk-through",
    names=("A", "B"),
    days=((0.0, 0.5, 0.25, 1.0), (1.0, 0.5, 0.25, 1.0)),
    targets=(0.0, 1.0),
)

LONGEST_NAME = 100

#: Of the 32-bit floats, which is what the models compute with.
LARGEST_NUMBER = (2 - 2**-23) * 2.0**127

TOO_LARGE = "is too large: expected a number within the range of 32-bit floats (3.4e38)"


def checked(data: Companies) -> Companies:
    """The table, where it is one that `read_csv` could have read; for one that came another way.

    Raises:
        UserError: one sentence with the company and what was expected.
    """
    if not data.source.isprintable():
        raise UserError(f"the data's name {data.source!r:.200} holds control characters: expected printable text")
    if not data.names:
        raise UserError("the data holds no company: expected one or more")
    counts = {"inputs": len(data.days), "values to predict": len(data.targets)}
    for what, count in counts.items():
        if count != len(data.names):
            raise UserError(f"the data has {len(data.names)} names and {what} for {count}: expected as many")
    seen = set[str]()
    for number, (name, days, target) in enumerate(zip(data.names, data.days, data.targets, strict=True), 1):
        where = f"company {number}"
        if checked_name(name, where) in seen:
            raise UserError(f"{where}: a second company {name!r}: expected every name once")
        seen.add(name)
        if len(days) != data.day_count or not days:
            raise UserError(f"{where} has {len(days)} days: expected {data.day_count or 'one or more'}")
        for value in (*days, target):
            if problem := misfit(value):
                raise UserError(f"{where}: {value!r} {problem}")
    return data


def checked_name(cell: str, where: str) -> str:
    """The company's name, where it is one that can be shown; else raises UserError."""
    if not cell:
        raise UserError(f"{where} has no name: expected the company's name in the first column")
    if len(cell) > LONGEST_NAME:
        raise UserError(f"{where}: a name of {len(cell)} characters: expected at most {LONGEST_NAME}")
    if not cell.isprintable():
        raise UserError(f"{where}: the name {cell!r} holds control characters: expected printable text")
    return cell


def misfit(value: float) -> str | None:
    """What keeps the number from being one that the model can hold, and what was expected; None if nothing."""
    if not math.isfinite(value):
        return "is not finite: expected a number such as 0.25"
    if abs(value) > LARGEST_NUMBER:
        return TOO_LARGE
    return None
