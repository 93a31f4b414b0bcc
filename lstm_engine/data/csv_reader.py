"""The reader of CSV files: a header row, then one row a company."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.data.companies import Companies, checked_name
from lstm_engine.data.csv_rows import csv_rows, miscounted
from lstm_engine.data.file_content import check_size, file_content
from lstm_engine.data.file_kind import file_kind
from lstm_engine.data.header import header_problem, names_problem
from lstm_engine.data.numerals import numeral
from lstm_engine.data.plain_text import plain_text
from lstm_engine.errors import UserError
from lstm_engine.text import printable, quoted

#: A table of numbers that is larger than this is most likely another file than the one that was meant.
LARGEST_FILE = 10_000_000

_EXPECTED = "expected a header row, then one row a company: its name, its days in order, the value to predict"


def read_csv(path: Path) -> Companies:
    """The companies of a CSV file: a header row, then one row a company.

    A row is the company's name, its days in order, and last the value to predict. UTF-8, with or without a byte
    order mark; comma separated; rows without any text, and comments above the header, are skipped.

    Raises:
        UserError: one sentence with the file, the line and what was expected.
    """
    place = printable(str(path))
    content = file_content(path, place, LARGEST_FILE)
    if kind := file_kind(content):
        raise UserError(f"{place} is {kind}: expected a CSV file, which is text in UTF-8")
    return companies_in(content, place, printable(path.name))


def companies_in(content: bytes, place: str, source: str) -> Companies:
    """The companies of a CSV file's content, as `read_csv`.

    place: what the file is called in sentences. source: what the user calls the data.
    """
    check_size(content, place, LARGEST_FILE)
    rows = csv_rows(plain_text(content, place), place, _EXPECTED)
    if not rows:
        raise UserError(f"{place} is empty: {_EXPECTED}")
    header = rows.pop(0)
    if problem := header_problem(header.cells):
        raise UserError(f"{place}, line {header.line} {problem}; it reads {quoted(header.text)}")
    if not rows:
        raise UserError(f"{place} holds a header row and no company: {_EXPECTED}")
    if problem := names_problem([row.cells[0] for row in rows]):
        raise UserError(f"{place} {problem}")
    lines: dict[str, int] = {}
    numbers: list[tuple[float, ...]] = []
    for row in rows:
        where = f"{place}, line {row.line}"
        if len(row.cells) != len(header.cells):
            raise UserError(f"{where} {miscounted(row, len(header.cells))}")
        name = checked_name(row.cells[0], where)
        if name in lines:
            raise UserError(f"{where}: a second company {name!r} after line {lines[name]}: expected every name once")
        lines[name] = row.line
        numbers.append(_numbers(row.cells[1:], where))
    return Companies(
        source=source,
        names=tuple(lines),
        days=tuple(row[:-1] for row in numbers),
        targets=tuple(row[-1] for row in numbers),
    )


def _numbers(cells: list[str], where: str) -> tuple[float, ...]:
    """The numbers of a row's cells, which begin in column 2."""
    values = []
    for column, cell in enumerate(cells, 2):
        try:
            values.append(numeral(cell))
        except ValueError as error:
            raise UserError(f"{where}, column {column}: {error}") from None
    return tuple(values)
