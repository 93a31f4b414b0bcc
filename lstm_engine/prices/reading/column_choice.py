"""Which of several columns the prices are taken from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lstm_engine.errors import UserError
from lstm_engine.prices.reading.headings import closes, key
from lstm_engine.text import printable

_MOST_LISTED = 12


class Choice(NamedTuple):
    """heading: of the column, as it stands. note: what else could have been taken; empty where nothing could."""

    heading: str
    note: str


def column_choice(headings: Sequence[str], wanted: str | None, where: str) -> Choice:
    """The column that `wanted` names; where it is None, Close or what comes closest to it.

    headings: of the columns of numbers. where: the file and the line, for sentences.

    Raises:
        UserError: where there is none, or it is not clear which; with those that there are.
    """
    there = list(dict.fromkeys(headings))
    listed = ", ".join(map(printable, there[:_MOST_LISTED])) + (", …" if len(there) > _MOST_LISTED else "")
    if not there:
        raise UserError(f"{where} heads no column of numbers: expected one of prices, such as Close")
    if wanted is not None:
        found = [heading for heading in there if heading == wanted.strip()] or [
            heading for heading in there if key(heading) == key(wanted)
        ]
        if len(found) != 1:
            count = "no column" if not found else f"{len(found)} columns"
            raise UserError(f"{where} has {count} {printable(wanted)!r}: expected --column with one of {listed}")
        return Choice(found[0], "")
    likely = [there[index] for index in closes(there)]
    if not likely and len(there) > 1:
        raise UserError(f"{where} does not tell which column holds the prices: expected --column with one of {listed}")
    chosen, *others = likely or there
    if not others:
        return Choice(chosen, "")
    options = " or ".join(f"--column '{printable(heading)}'" for heading in others)
    return Choice(chosen, f"the prices are column {printable(chosen)}; {options} takes what else there is")
