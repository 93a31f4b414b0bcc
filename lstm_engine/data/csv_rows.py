"""The rows of a text in CSV, each with the line that it is on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lstm_engine.errors import UserError
from lstm_engine.text import quoted

_EXCEL_HINT = "sep="


class Row(NamedTuple):
    """line: of the file, from 1; of a row of several lines the last. text: that line as it stands."""

    line: int
    text: str
    cells: list[str]


def csv_rows(text: str, place: str, expected: str) -> list[Row]:
    """Every row with some text in it, its cells stripped, from the header on.

    place, expected: what the file is called, and what it should hold, in sentences.

    Raises:
        UserError: where it is not CSV: one sentence with the file, the line and what was expected.
    """
    lines = Lines(io.StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True, skipinitialspace=True)
    rows: list[Row] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) and (rows or not is_above_header(cells)):
                rows.append(Row(reader.line_num, lines.latest, cells))
    except csv.Error as error:
        raise not_csv(error, place, reader.line_num, lines.latest, expected) from None
    return rows


class Lines:
    """Lines, one after the other. latest: the one that was read last, without its end."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.latest = ""

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.latest = line.rstrip("\r\n")
            yield line


def is_above_header(cells: Sequence[str]) -> bool:
    """Whether it is what programs put above the header: a comment, or Excel's word for what separates the cells."""
    return cells[0].startswith("#") or [cell.lower() for cell in cells] == [_EXCEL_HINT, ""]


def miscounted(row: Row, expected: int) -> str:
    """What is wrong with a row of fewer or more cells than the header's, to go on after "FILE, line N "."""
    count = len(row.cells)
    columns = "1 column" if count == 1 else f"{count} columns"
    # 101,25 and 102,5 are two numbers with decimal commas, and four cells
    has_commas = count - 1 == 2 * (expected - 1) and all(cell.strip(" +-").isdecimal() for cell in row.cells[1:])
    hint = ", and numbers with a decimal point" if has_commas else ""
    return f"has {columns}: expected {expected}, as in the header row{hint}; it reads {quoted(row.text)}"


def not_csv(error: csv.Error, place: str, line: int, text: str, expected: str) -> UserError:
    """What keeps the line, which reads `text`, from being CSV, as a sentence."""
    reads = f"; it reads {quoted(text)}" if text else ""
    return UserError(f"{place}, line {line} is not CSV ({error}): {expected}{reads}")
