"""A CSV file as columns of text, a part at a time, and which line a row is on."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from itertools import chain, islice
from operator import itemgetter

from lstm_engine.data.csv_rows import Lines, Row, is_above_header, miscounted, not_csv
from lstm_engine.data.plain_text import plain_text
from lstm_engine.errors import UserError

_EXPECTED = "expected a header row, then prices with their dates"
_MARKS = ",;\t|"
_HINT = re.compile(rb"\s*sep=([,;\t|])\s*", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
#: Of the content: the header is in it.
_BEGINNING = 100_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_END = b"\x1a\r\n"
#: Rows that tell what the columns are.
_HEAD = 40
#: Cells at a time: some 12 MB as Python holds them.
_PART = 200_000


class Sheet:
    """The rows of a file, the empty ones and what is above the header left out.

    Rows have numbers, from 0 for the first of all: that of the header.

    place: what the file is called in sentences. mark: what separates its cells.
    head: the first rows, their cells stripped.

    Raises:
        UserError: where it is no text in UTF-8, no CSV, or empty.
    """

    def __init__(self, content: bytes, place: str) -> None:
        if not content.isascii() or b"\0" in content:
            plain_text(content, place)
        self._content = content.removeprefix(_BYTE_ORDER_MARK).rstrip(_END)
        self.place = place
        self.mark = self._mark()
        self.head = [Row(row.line, row.text, _stripped(row.cells)) for row in islice(self._rows(), _HEAD)]
        if not self.head:
            raise UserError(f"{place} is empty: {_EXPECTED}")

    def has_comma_between_digits(self) -> bool:
        """Whether there is a number with a comma in it, or two numbers with nothing but a comma between."""
        return re.search(rb"\d,\d", self._content) is not None

    def columns(self, chosen: list[int], skipped: int) -> Iterator[tuple[int, list[list[str]]]]:
        """The chosen columns of all rows but the first, part by part: the first row's number, then column by column.

        Raises:
            UserError: where a row has more or fewer cells than the last one of those skipped.
        """
        width = len(self.head[skipped - 1].cells)
        number = 0
        for rows in self._parts(max(1, _PART // width)):
            left_out = min(max(0, skipped - number), len(rows))
            number += left_out
            rows = rows[left_out:]
            if not rows:
                continue
            if set(map(len, rows)) != {width}:
                wrong = next(index for index, row in enumerate(rows) if len(row) != width)
                row = self._row(number + wrong)
                raise UserError(f"{self.place}, line {row.line} {miscounted(row, width)}")
            yield number, [list(map(itemgetter(column), rows)) for column in chosen]
            number += len(rows)

    def row_place(self, number: int) -> str:
        """The file and the line of a row, for sentences. The file is read up to there again."""
        return f"{self.place}, line {self._row(number).line}"

    def _row(self, number: int) -> Row:
        return next(islice(self._rows(), number, None))

    def _mark(self) -> str:
        """What Excel's hint says, or what makes the most cells of the first line."""
        for line in self._content[:_BEGINNING].splitlines():
            if hint := _HINT.fullmatch(line):
                return hint[1].decode()
            if line.strip() and not line.lstrip().startswith(b"#"):
                bare = _QUOTED.sub("", line.decode("utf-8", "replace"))
                return max(_MARKS, key=bare.count)
        return ","

    def _parts(self, size: int) -> Iterator[list[list[str]]]:
        """Rows of cells, `size` at a time."""
        reader = csv.reader(self._lines(), delimiter=self.mark, strict=True, skipinitialspace=True)
        try:
            rows: Iterator[list[str]] = filter(any, reader)
            header = next((row for row in rows if not is_above_header(_stripped(row))), None)
            rows = rows if header is None else chain([header], rows)
            while part := list(islice(rows, size)):
                yield part
        except csv.Error:
            deque(self._rows(), maxlen=0)  # which says where
            raise

    def _rows(self) -> Iterator[Row]:
        """The rows of `_parts` one by one, each with its line."""
        lines = Lines(self._lines())
        reader = csv.reader(lines, delimiter=self.mark, strict=True, skipinitialspace=True)
        has_begun = False
        try:
            for row in reader:
                if any(row) and (has_begun or not is_above_header(_stripped(row))):
                    has_begun = True
                    yield Row(reader.line_num, lines.latest, row)
        except csv.Error as error:
            raise not_csv(error, self.place, reader.line_num, lines.latest, _EXPECTED) from None

    def _lines(self) -> Iterator[str]:
        return io.TextIOWrapper(io.BytesIO(self._content), "utf-8", newline="")


def _stripped(cells: list[str]) -> list[str]:
    return [cell.strip() for cell in cells]
