"""Bytes as text, where they are text in UTF-8."""

from __future__ import annotations

from lstm_engine.errors import UserError
from lstm_engine.text import quoted

#: DOS marked the end of a text with it, and some programs still do.
_DOS_END = b"\x1a"


def plain_text(content: bytes, place: str) -> str:
    """The text, without a byte order mark, DOS's end mark and the ends of lines at its end.

    place: what the file is called in sentences.

    Raises:
        UserError: one sentence with the file, the line and what was expected.
    """

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
