"""The reader of CSV files: a header row, then one row a company."""

from __future__ import annotations

import csv
import io
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lstm_engine.data.companies import Companies, checked_name
from lstm_engine.data.file_kind import file_kind
from lstm_engine.data.header import header_problem, names_problem
from lstm_engine.data.numerals import numeral
from lstm_engine.errors import UserError
from lstm_engine.text import printable, quoted

#: A table of numbers that is larger than this is most likely another file than the one that was meant.
LARGEST_FILE = 10_000_000

_EXPECTED = "expected a header row, then one row a company: its name, its days in order, the value to predict"
#: DOS marked the end of a text with it, and some programs still do.
_DOS_END = b"\x1a"
_EXCEL_HINT = "sep="


class _Row(NamedTuple):
    """line: of the file, from 1; of a row of several lines the last. text: that line as it stands."""

    line: int
    text: str
    cells: list[str]


def read_csv(path: Path) -> Companies:
    """The companies of a CSV file: a header row, then one row a company.

    A row is the company's name, its days in order, and last the value to predict. UTF-8, with or without a byte
    order mark; comma separated; rows without any text, and comments above the header, are skipped.

    Raises:
        UserError: one sentence with the file, the line and what was expected.
    """
    place = printable(str(path))
    rows = _rows(_text(_content(path, place), place), place)
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
            raise UserError(f"{where} {_miscounted(row, len(header.cells))}")
        name = checked_name(row.cells[0], where)
        if name in lines:
            raise UserError(f"{where}: a second company {name!r} after line {lines[name]}: expected every name once")
        lines[name] = row.line
        numbers.append(_numbers(row.cells[1:], where))
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
    if kind := file_kind(content):
        raise UserError(f"{place} is {kind}: expected a CSV file, which is text in UTF-8")
    if len(content) > LARGEST_FILE:
        raise UserError(f"{place} is too large: expected a CSV file of at most {LARGEST_FILE // 1_000_000} MB")
    return content


def _text(content: bytes, place: str) -> str:
    def line_at(offset: int) -> int:
        return content.count(b"\n", 0, offset) + 1

    content = content.rstrip(_DOS_END + b"\r\n")
    nul = content.find(b"\0")
    if nul >= 0:
        raise UserError(f"{place}, line {line_at(nul)} holds a NUL byte: expected text in UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.splitlines()[line_at(error.start) - 1].decode("latin-1") if content.strip() else ""
        raise UserError(
            f"{place}, line {line_at(error.start)} is not UTF-8: expected text in UTF-8; in Latin-1 it would read "
            f"{quoted(line)}"
        ) from None


def _rows(text: str, place: str) -> list[_Row]:
    """Every row with some text in it, from the header on."""
    lines = _Lines(text)
    reader = csv.reader(lines, strict=True, skipinitialspace=True)
    rows: list[_Row] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) and (rows or not _is_no_header(cells, lines.latest)):
                rows.append(_Row(reader.line_num, lines.latest, cells))
    except csv.Error as error:
        line = reader.line_num
        reads = f"; it reads {quoted(lines.latest)}" if lines.latest else ""
        raise UserError(f"{place}, line {line} is not CSV ({error}): {_EXPECTED}{reads}") from None
    return rows


class _Lines:
    """The lines of a text, one after the other. latest: the one that was read last."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.latest = ""

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.latest = line.rstrip("\r\n")
            yield line


def _is_no_header(cells: list[str], line: str) -> bool:
    """Whether it is what programs put above the header: a comment, or Excel's word for what separates the cells."""
    return cells[0].startswith("#") or line.strip().lower() == f"{_EXCEL_HINT},"


def _miscounted(row: _Row, expected: int) -> str:
    count = len(row.cells)
    hint = ""
    # 101,25 and 102,5 are two numbers with decimal commas, and four cells
    if count - 1 == 2 * (expected - 1):
        hint = ", and numbers with a decimal point"
    return f"has {count} columns: expected {expected}, as in the header row{hint}; it reads {quoted(row.text)}"


def _numbers(cells: list[str], where: str) -> tuple[float, ...]:
    """The numbers of a row's cells, which begin in column 2."""
    values = []
    for column, cell in enumerate(cells, 2):
        try:
            values.append(numeral(cell))
        except ValueError as error:
            raise UserError(f"{where}, column {column}: {error}") from None
    return tuple(values)
