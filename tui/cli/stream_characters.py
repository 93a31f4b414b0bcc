"""Standard output and error, in the characters that there are."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TextIO

from tui.text.ascii import STAND_INS, has_only_ascii, register


def fit_stream(stream: TextIO, environment: Mapping[str, str]) -> None:
    """Have text written with stand-ins where its encoding has no such character: a company's name may have some.

    Python writes UTF-8 in the C locale, too, which a terminal there takes for something else.
    """
    register()
    if isinstance(stream, io.TextIOWrapper):
        is_ascii = stream.isatty() and has_only_ascii(environment) and _is_utf8(stream.encoding)
        stream.reconfigure(encoding="ascii" if is_ascii else None, errors=STAND_INS)


def keep_characters(stream: TextIO) -> None:
    """Have every character kept, as JSON escapes it: programs read what is written."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("-", "") == "utf8"
