"""Contents of files of prices that the reader refuses."""

from __future__ import annotations

import gzip

_CLOSE = "Date,Close\n2024-01-12,1\n"
_WIDE = "Date,AAPL,MSFT\n2024-01-12,1,2\n2024-01-13,1,2\n"
_LONG = "date,ticker,price\n2024-01-12,A,1\n"

BAD_PRICES: dict[str, tuple[str | bytes, str]] = {
    "empty": (b"", "is empty: expected"),
    "only a mark": (b"\xef\xbb\xbf\n", "is empty: expected"),
    "header only": ("Date,Open,High,Close\n", "holds a header row and no price: expected"),
    "a workbook": (b"PK\x03\x04\x14\x00", "is an Excel workbook or another zip archive: expected a CSV file"),
    "a page": (b"<!doctype html><title>Prices</title>", "is an HTML page: expected a CSV file"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1\noid", "is a git-LFS pointer and not the file itself"),
    "a page in gzip": (gzip.compress(b"<html></html>", mtime=0), "is an HTML page"),
    "gzip in gzip": (gzip.compress(gzip.compress(b"a", mtime=0), mtime=0), "is compressed with gzip twice"),
    "half of gzip": (gzip.compress(_WIDE.encode() * 99, mtime=0)[:-9], "is compressed with gzip and cut short"),
    "gzip of no gzip": (b"\x1f\x8b\x08\x00rubbish that is long enough", "is compressed with gzip and cut short"),
    "half of UTF-16": (_WIDE.encode("utf-16")[:-1], "is text in UTF-16 and cut short or damaged"),
    "Latin-1": ("Date,Société\n2024-01-12,1\n".encode("latin-1"), "line 1 is not UTF-8"),
    "NUL": (_CLOSE + "2024-01-13,\0\n", "line 3 holds a NUL byte"),
    "open quote": (_CLOSE + '"2024-01-13,1\n', "is not CSV (unexpected end of data)"),
    "words": (_CLOSE + "2024-01-13,two\n", "line 3, column 2: 'two' is not a number"),
    "words below a comment": ("# one\n\n" + _CLOSE + "\n2024-01-13,two\n", "line 6, column 2: 'two' is not a number"),
    "remarks": (
        "Date,AAPL,MSFT,of\n2024-01-12,1,2,\n2024-01-13,1,2,holiday\n",
        "line 3, column 4: 'holiday' is not a number",
    ),
    "signals": (
        "Date,AAPL,MSFT,do\n2024-01-12,1,2,buy\n2024-01-13,1,2,sell\n",
        "line 2, column 4: 'buy' is not a number",
    ),
    "infinite": (_CLOSE + "2024-01-13,inf\n", "line 3, column 2: 'inf' is not finite"),
    "too large a number": (_CLOSE + "2024-01-13,1e39\n", "line 3, column 2: '1e39' is too large"),
    "underscore": (_CLOSE + "2024-01-13,1_0\n", "'1_0' is not a number"),
    "other digits": (_CLOSE + "2024-01-13,١\n", "'١' is not a number"),
    "a comma that may be either": (
        _CLOSE + '2024-01-13,"1,234"\n',
        "line 3, column 2: '1,234' may be 1234 or 1.234: expected a number without a comma",
    ),
    "a decimal comma": (
        "Date,Close\n2024-01-12,101,25\n",
        "line 2 has 3 columns: expected 2, as in the header row, and",
    ),
    "points among commas": (
        "Date;Close\n2024-01-12;101,25\n2024-01-13;1.5\n",
        "line 3, column 2: '1.5' is not a number with a decimal comma, as others of the file: expected one such as",
    ),
    "too few columns": (_WIDE + "2024-01-14,1\n", "line 4 has 2 columns: expected 3, as in the header row; it reads"),
    "no date": (_CLOSE + "soon,1\n", "line 3: 'soon' is not a date: expected one such as 2024-01-05"),
    "an empty date": (_CLOSE + ",1\n", "line 3: the date is missing: expected one such as 2024-01-05"),
    "no day": (_CLOSE + "2024-02-30,1\n", "line 3: '2024-02-30' is not a date"),
    "seconds for dates": (
        "Timestamp,Open,High,Low,Close\n1325317920,1,1,1,1\n",
        "line 2: '1325317920' is not a date: expected one such as 2024-01-05, and not seconds since 1970",
    ),
    "dates of two orders": (
        "Date,Close\n1/13/2024,1\n2/1/2024,1\n14/1/2024,1\n",
        "line 2: '1/13/2024', and ",
    ),
    "dates that may be either": (
        "Date,Close\n1/2/2024,1\n",
        "'1/2/2024' may be 2024-02-01 or 2024-01-02, and no date",
    ),
    "short years": (
        "Date,Close\n01-02-03,1\n",
        "expected --date-format dmy (2003-02-01) or --date-format mdy (2003-01-02) or --date-format ymd (2001-02-03)",
    ),
    "milliseconds for dates": ("Open time,Open,Close\n1704067200000,1,1\n", "and not milliseconds since 1970"),
    "Excel's numbers for dates": (
        "Date,Close\n45292,1\n",
        "'45292' is not a date: expected one such as 2024-01-05, and not a",
    ),
    "a title above": (
        "Prices of Apple\n\nDate,Close\n2024-01-12,1\n",
        "line 1 has 1 column: expected a header row of two or more, separated by commas, semicolons, tabs or |; it",
    ),
    "other separators": ("Date Close\n2024-01-12 1\n", "line 1 has 1 column: expected a header row of two or more"),
    "a cell more in every row": (
        "Date,Close\n2024-01-12,1.5,\n",
        "line 2 has 3 columns: expected 2, as in the header row; it reads '2024-01-12,1.5,'",
    ),
    "no dates in two columns": (
        "Period,Close\nsoon,1\n",
        "line 1 heads no column of dates (Period, Close): expected one, such as Date",
    ),
    "dates in three columns": (
        "Day,Month,Year,Close\n5,1,2024,1\n",
        "line 1 has its dates in several columns (Day, Month, Year): expected one, such as Date",
    ),
    "a column twice": (
        "Date,Close,Close\n2024-01-12,1,2\n",
        "line 1, column 3 is a second 'Close' after column 2: expected one of that name",
    ),
    "no dates": (
        "Open,High,Low,Close\n1,1,1,1\n",
        "line 1 heads no column of dates (Open, High, Low, Close): expected",
    ),
    "no header": ("2024-01-12,1\n2024-01-13,2\n", "line 1 holds prices: expected a header row, such as Date,Close"),
    "no prices": ("Date,Close\n2024-01-12,null\n2024-01-13,\n", "holds no price at all: expected numbers"),
    "no column of prices": ("Date,Open,High,Low\n2024-01-12,1,1,1\n", "does not tell which column holds the prices"),
    "a date twice": (_WIDE + "2024-01-12,1,2\n", "line 4: a second price of AAPL on 2024-01-12, after "),
    "a date and ticker twice": (
        _LONG + "2024-01-13,A,1\n2024-01-12,A,1\n",
        "line 4: a second price of A on 2024-01-12",
    ),
    "no ticker": (_LONG + "2024-01-13,,1\n", "holds a price without a ticker: expected one beside every price"),
    "endless ticker": (
        _LONG + f"2024-01-13,{'A' * 101},1\n",
        "holds a ticker of 101 characters: expected at most 100",
    ),
    "escape sequence": (_LONG + "2024-01-13,\x1b[2J,1\n", r"the ticker '\x1b[2J' holds control characters"),
    "a ticker twice": ("Date,AAPL,MSFT,AAPL\n2024-01-12,1,2,3\n", "column 4 is a second 'AAPL' after column 2"),
    "no heading": ("Date,AAPL,MSFT,\n2024-01-12,1,2,3\n", "line 1, column 4 has no heading: expected a ticker"),
    "missing days": (
        "Date,AAPL,MSFT\n2024-01-12,1,2\n2024-01-13,,\n2024-01-14,,\n2024-01-15,,\n",
        "has no price of AAPL on 2024-01-13, MSFT on 2024-01-13, AAPL on 2024-01-14 and in 3 more places: expected",
    ),
}
