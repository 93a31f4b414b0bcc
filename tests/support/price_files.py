"""The same few prices as files of every shape that people have."""

from __future__ import annotations

import gzip

DATES = ["2024-01-12", "2024-01-13", "2024-01-15"]
TICKERS = ("AAPL", "MSFT")
PRICES = [[181.25, 1370.5], [182.0, 1371.0], [183.75, 1372.25]]

COMPANIES = "company,d1,d2,next\nA,0,-0.5,1\nB,1,0.25,0.5\n"

OHLCV = """Date,Open,High,Low,Close,Adj Close,Volume
2024-01-12,180.00,185.00,179.00,181.25,90.0,35030000
2024-01-13,181.00,186.00,180.00,182.00,91.0,35040000
2024-01-15,182.00,187.00,181.00,183.75,92.0,35050000
"""

WIDE = """Date,AAPL,MSFT
2024-01-12,181.25,1370.5
2024-01-13,182,1371
2024-01-15,183.75,1372.25
"""

LONG = """date,ticker,price
2024-01-12,AAPL,181.25
2024-01-12,MSFT,1370.5
2024-01-13,AAPL,182
2024-01-13,MSFT,1371
2024-01-15,AAPL,183.75
2024-01-15,MSFT,1372.25
"""


def _dated(text: str, dates: list[str]) -> str:
    for iso, other in zip(DATES, dates, strict=True):
        text = text.replace(iso, other)
    return text


def _upside_down(text: str) -> str:
    header, *rows = text.splitlines()
    return "\n".join([header, *reversed(rows)]) + "\n"


def _german(text: str) -> str:
    """Semicolons, decimal commas, points between thousands."""
    commas = (
        text.replace(",", ";").replace("1370.5", "1.370,50").replace("1371", "1.371,00").replace("1372.", "1.372.")
    )
    return commas.replace("181.25", "181,25").replace("183.75", "183,75").replace("1.372.25", "1.372,25")


TWO_TICKERS: dict[str, str | bytes] = {
    "long": LONG,
    "long by ticker": "\n".join([LONG.splitlines()[0], *sorted(LONG.splitlines()[1:], key=lambda row: row[11:])]),
    "long, other order": """price,Symbol,when,Date
181.25,AAPL,x,2024-01-12
1370.5,MSFT,x,2024-01-12
182,AAPL,x,2024-01-13
1371,MSFT,x,2024-01-13
183.75,AAPL,x,2024-01-15
1372.25,MSFT,x,2024-01-15
""",
    "long with Open and Close": "date,open,close,volume,Name\n"
    + "".join(f"{d},1,{p},7,{t}\n" for d, t, p in (row.split(",") for row in LONG.splitlines()[1:])),
    "long with a nameless index": ",date,ticker,price\n"
    + "".join(f"{number},{row}\n" for number, row in enumerate(LONG.splitlines()[1:])),
    "wide": WIDE,
    "wide, newest first": _upside_down(WIDE),
    "wide, first heading empty": WIDE.replace("Date", ""),
    "wide with a nameless index": ",Date,AAPL,MSFT\n"
    + "".join(f"{number},{row}\n" for number, row in enumerate(WIDE.splitlines()[1:])),
    "wide, comma at the end": WIDE.replace("\n", ",\n"),
    "wide, blank rows and a comment": "# from an example\n\n" + WIDE.replace("\n", "\n\n") + ",,\n\x1a",
    "wide, CRLF and a mark": "\ufeff" + WIDE.replace("\n", "\r\n"),
    "wide, CR": WIDE.replace("\n", "\r"),
    "wide, UTF-16": WIDE.encode("utf-16"),
    "wide, UTF-16 without a mark": WIDE.encode("utf-16-be"),
    "wide, tabs in UTF-16": WIDE.replace(",", "\t").encode("utf-16"),
    "wide, gzip": gzip.compress(WIDE.encode(), mtime=0),
    "wide, UTF-16 in gzip": gzip.compress(WIDE.encode("utf-16"), mtime=0),
    "wide, semicolons": WIDE.replace(",", ";"),
    "wide, decimal commas": _german(WIDE),
    "wide, decimal commas and Excel's hint": "sep=;\n" + _german(WIDE),
    "wide, German dates": _dated(_german(WIDE), ["12.01.2024", "13.01.2024", "15.01.2024"]),
    "long, decimal commas": _german(LONG),
    "wide, thousands in quotes": WIDE.replace("1370.5", '"1,370.50"').replace("1371", '"1,371.00"'),
    "wide, thousands by spaces": WIDE.replace("1370.5", "1\u202f370.5").replace("1371", "1 371"),
    "wide, currencies": WIDE.replace("181.25", "$181.25").replace("1371", "1371 €"),
    "wide, month first": _dated(WIDE, ["1/12/2024", "1/13/2024", "1/15/2024"]),
    "wide, Excel's dates": _dated(WIDE, ["1/12/2024 16:00:00", "1/13/2024 16:00:00", "1/15/2024 16:00:00"]),
    "wide, zones": _dated(WIDE, [f"{date} 00:00:00-05:00" for date in DATES]),
    "wide, months in words": _dated(WIDE, ["Jan 12 2024", "January 13 2024", "15-Jan-24"]),
    "wide, compact dates": _dated(WIDE, [date.replace("-", "") for date in DATES]),
    "yfinance, two tickers": """Price,Close,Close,High,High
Ticker,AAPL,MSFT,AAPL,MSFT
Date,,,,
2024-01-12,181.25,1370.5,200,2000
2024-01-13,182,1371,200,2000
2024-01-15,183.75,1372.25,200,2000
""",
    "yfinance by ticker": """Ticker,AAPL,AAPL,MSFT,MSFT
Price,Open,Close,Open,Close
Date,,,,
2024-01-12,200,181.25,2000,1370.5
2024-01-13,200,182,2000,1371
2024-01-15,200,183.75,2000,1372.25
""",
    "yfinance without names": """,Adj Close,Adj Close,Close,Close
,AAPL,MSFT,AAPL,MSFT
2024-01-12,200,2000,181.25,1370.5
2024-01-13,200,2000,182,1371
2024-01-15,200,2000,183.75,1372.25
""",
}

ONE_TICKER: dict[str, str | bytes] = {
    "Yahoo": OHLCV,
    "first heading empty": OHLCV.replace("Date", ""),
    "Yahoo, gzip": gzip.compress(OHLCV.encode(), mtime=0),
    "date and close": "Date,Close\n2024-01-12,181.25\n2024-01-13,182\n2024-01-15,183.75\n",
    "date and ticker": "Date,AAPL\n2024-01-12,181.25\n2024-01-13,182\n2024-01-15,183.75\n",
    "Nasdaq": """Date,Close/Last,Volume,Open,High,Low
01/15/2024,$183.75,"35,030,000",$1,$1,$1
01/13/2024,$182.00,"35,030,000",$1,$1,$1
01/12/2024,$181.25,"35,030,000",$1,$1,$1
""",
    "Investing.com": """"Date","Price","Open","High","Low","Vol.","Change %"
"01/15/2024","183.75","1","1","1","33.5M","0.5%"
"01/13/2024","182.00","1","1","1","33.5M","-0.5%"
"01/12/2024","181.25","1","1","1","33.5M","0.5%"
""",
    "Investing.com, in German": """\ufeff"Datum","Zuletzt","Eröffn.","Hoch","Tief","Vol.","+/- %"
"15.01.2024","183,75","1,00","1.000,50","1,00","33,5M","0,5%"
"13.01.2024","182,00","1,00","1.000,50","1,00","33,5M","-0,5%"
"12.01.2024","181,25","1,00","1.000,50","1,00","33,5M","0,5%"
""",
    "Investing.com, in Japanese": """"日付け","終値","始値","高値","安値","出来高","変化率 %"
"2024年01月15日","183.75","1.00","1.00","1.00","33.50M","0.50%"
"2024年01月13日","182.00","1.00","1.00","1.00","33.50M","-0.50%"
"2024年01月12日","181.25","1.00","1.00","1.00","33.50M","0.50%"
""",
    "Stooq, with midnight": """<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>
AAPL,D,20240112,000000,1,1,1,181.25,7
AAPL,D,20240113,000000,1,1,1,182,7
AAPL,D,20240115,000000,1,1,1,183.75,7
""",
    "Alpha Vantage": """timestamp,1. open,2. high,3. low,4. close,5. volume
2024-01-12,1,1,1,181.25,7
2024-01-13,1,1,1,182,7
2024-01-15,1,1,1,183.75,7
""",
    "yfinance": """Price,Close,High,Low,Open,Volume
Ticker,AAPL,AAPL,AAPL,AAPL,AAPL
Date,,,,,
2024-01-12,181.25,1,1,1,7
2024-01-13,182,1,1,1,7
2024-01-15,183.75,1,1,1,7
""",
    "other order": """Volume,Close,Date,Open
7,181.25,2024-01-12,1
7,182,2024-01-13,1
7,183.75,2024-01-15,1
""",
}
