"""What `--data` names: companies, or prices by date."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lstm_engine.prices.reading.price_reader import Reading, read_prices
from lstm_engine.prices.reading.reading_options import ReadingOptions
from lstm_engine.prices.series.shipped_series import shipped_series

_STREAM = "-"


def data_of_option(values: Mapping[str, Any]) -> Reading:
    """What there is at the option data, read as the options shape, column, date_format and missing say.

    Raises:
        UserError: it cannot be read; one sentence says what is the matter.
    """
    options = ReadingOptions(values["shape"], values["column"], values["date_format"], values["missing"])
    source: Path = values["data"]
    if str(source) == _STREAM:
        return read_prices(sys.stdin.buffer, options)
    shipped = None if os.path.lexists(source) else shipped_series(str(source))
    return read_prices(shipped or source, options)
