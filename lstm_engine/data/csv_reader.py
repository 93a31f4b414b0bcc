"""The reader of CSV files: a header row, then one row a company."""

import csv
import io
import math
import stat
from collections.abc import Iterator
from pathlib import Path

from lstm_engine.data.companies import TOO_LARGE, Companies, checked_name, misfit
from lstm_engine.errors import UserError
from lstm_engine.text import printable

#: A table of numbers that is larger than this is most likely another file than the one that was meant.
LARGEST_FILE = 10_000_000

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
        name = checked_name(row[0], where)
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
        return TOO_LARGE
    return misfit(value)
