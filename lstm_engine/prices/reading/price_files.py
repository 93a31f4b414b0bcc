"""A folder of files of prices, one a ticker."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.text import printable

_SUFFIXES = (".csv", ".tsv")
_PACKED = ".gz"


def price_files(folder: Path, place: str) -> list[Path]:
    """The CSV files of the folder, also those compressed with gzip, by name; not those of folders in it.

    Raises:
        UserError: where there is none, or it cannot be read.
    """
    try:
        found = sorted(path for path in folder.iterdir() if _is_csv(path.name) and path.is_file())
    except OSError as error:
        raise UserError(f"{place} cannot be read ({error.strerror}): expected a folder of CSV files") from None
    if not found:
        raise UserError(f"{place} is a folder without a CSV file: expected one a ticker, such as AAPL.csv")
    return found


def ticker_of(path: Path) -> str:
    """What the file's name says its ticker is: AAPL for AAPL.csv and AAPL.csv.gz."""
    name = path.name
    for suffix in (_PACKED, *_SUFFIXES, ".txt"):
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            name = name[: -len(suffix)]
    return printable(name)


def _is_csv(name: str) -> bool:
    return not name.startswith(".") and name.lower().removesuffix(_PACKED).endswith(_SUFFIXES)
