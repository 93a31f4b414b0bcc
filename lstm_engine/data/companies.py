"""The data: companies, their days, and the value of the last day to predict; and the reader of CSV files."""

import csv
import io
import math
import stat
from collections.abc import Iterator
from pathlib import Path

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

#: A table of numbers that is larger than this is most likely another file than the one that was meant.
LARGEST_FILE = 10_000_000
LONGEST_NAME = 100

#: Of the 32-bit floats, which is what the models compute with.
LARGEST_NUMBER = (2 - 2**-23) * 2.0**127

_TOO_LARGE = "is too large: expected a number within the range of 32-bit floats (3.4e38)"
_EXPECTED = "expected a header row, then one row a company: its name, its days in order, the value to predict"


def read_csv(path: Path) -> Companies:
    """The companies of a CSV file: a header row, then one row a company.

    A row is the company's name, its days in order, and last the value to predict. UTF-8, with or without a byte
    order mark; comma separated; rows without any text are skipped.

    Raises:
        UserError: one sentence with the file, the line and what was expected.
    """
    place = printable(str(path))
    rows = _rows(_text(_content(path, place), place), place)
    header_line, header = next(rows, (0, []))
    if not header:
        raise UserError(f"{place} is empty: {_EXPECTED}")
    _check_header(header, f"{place}, line {header_line}")
    lines: dict[str, int] = {}
    numbers: list[tuple[float, ...]] = []
    for line, row in rows:
        where = f"{place}, line {line}"
        if len(row) != len(header):
            raise UserError(f"{where} has {len(row)} columns: expected {len(header)}, as in the header row")
        name = _name(row[0], where)
        if name in lines:
            raise UserError(f"{where}: a second company {name!r} after line {lines[name]}: expected every name once")
        lines[name] = line
        numbers.append(_numbers(row[1:], where))
    if not lines:
        raise UserError(f"{place} holds a header row and no company: {_EXPECTED}")
    return Companies(
        source=printable(path.name),
        names=tuple(lines),
        days=tuple(row[:-1] for row in numbers),
        targets=tuple(row[-1] for row in numbers),
    )


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
        if _name(name, where) in seen:
            raise UserError(f"{where}: a second company {name!r}: expected every name once")
        seen.add(name)
        if len(days) != data.day_count or not days:
            raise UserError(f"{where} has {len(days)} days: expected {data.day_count or 'one or more'}")
        for value in (*days, target):
            if problem := misfit(value):
                raise UserError(f"{where}: {value!r} {problem}")
    return data


def printable(text: str) -> str:
    """The text with a question mark for every character that a terminal would act on or cannot show."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "?" for character in text)


def _content(path: Path, place: str) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UserError(f"{place} is a directory: expected a CSV file")
        if not stat.S_ISREG(mode):
            raise UserError(f"{place} is not a regular file: expected a CSV file")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise UserError(f"{place} does not exist: expected a CSV file") from None
    except OSError as error:
        raise UserError(f"{place} cannot be read ({error.strerror}): expected a CSV file") from None
    except ValueError:  # a NUL in the path
        raise UserError(f"{place} is not a possible path: expected a CSV file") from None
    if len(content) > LARGEST_FILE:
        raise UserError(f"{place} is too large: expected a CSV file of at most {LARGEST_FILE // 1_000_000} MB")
    return content


def _text(content: bytes, place: str) -> str:
    def line_at(offset: int) -> int:
        return content.count(b"\n", 0, offset) + 1

    nul = content.find(b"\0")
    if nul >= 0:
        raise UserError(f"{place}, line {line_at(nul)} holds a NUL byte: expected text in UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{place}, line {line_at(error.start)} is not UTF-8: expected text in UTF-8") from None


def _rows(text: str, place: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and stripped cells of every row with some text in it."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise UserError(f"{place}, line {reader.line_num} is not CSV ({error}): {_EXPECTED}") from None


def _check_header(header: list[str], where: str) -> None:
    if len(header) < 3:
        other = next((mark for mark in (";", "\t") if mark in header[0]), None)
        hint = f", separated by commas and not by {other!r}" if other else ""
        columns = "1 column" if len(header) == 1 else f"{len(header)} columns"
        raise UserError(
            f"{where} has {columns}: expected 3 or more{hint}: the name, one or more days, the value to predict"
        )
    if all(_is_number(cell) for cell in header[1:]):
        raise UserError(f"{where} holds numbers: expected a header row, such as company,day 1,day 2,value to predict")


def _name(cell: str, where: str) -> str:
    if not cell:
        raise UserError(f"{where} has no name: expected the company's name in the first column")
    if len(cell) > LONGEST_NAME:
        raise UserError(f"{where}: a name of {len(cell)} characters: expected at most {LONGEST_NAME}")
    if not cell.isprintable():
        raise UserError(f"{where}: the name {cell!r} holds control characters: expected printable text")
    return cell


def _is_number(cell: str) -> bool:
    """Whether it is a number as people write them; Python alone also takes 1_000 and other scripts' digits."""
    try:
        float(cell)
    except ValueError:
        return False
    return cell.isascii() and "_" not in cell


def _numbers(cells: list[str], where: str) -> tuple[float, ...]:
    """The numbers of a row's cells, which begin in column 2."""
    values = []
    for column, cell in enumerate(cells, 2):
        problem = _problem(cell)
        if problem:
            quoted = repr(cell if len(cell) <= 40 else cell[:40] + "…")
            raise UserError(f"{where}, column {column}: {quoted} {problem}")
        values.append(float(cell))
    return tuple(values)


def _problem(cell: str) -> str | None:
    """What keeps the cell from being a number that the model can hold, and what was expected; None if nothing."""
    if not cell:
        return "is empty: expected a number"
    if not _is_number(cell):
        return "is not a number: expected one such as 0.25"
    value = float(cell)
    if math.isinf(value) and "inf" not in cell.lower():  # such as 1e999
        return _TOO_LARGE
    return misfit(value)


def misfit(value: float) -> str | None:
    """What keeps the number from being one that the model can hold, and what was expected; None if nothing."""
    if not math.isfinite(value):
        return "is not finite: expected a number such as 0.25"
    if abs(value) > LARGEST_NUMBER:
        return _TOO_LARGE
    return None
