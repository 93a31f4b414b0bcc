"""The bytes of a file of prices as text in UTF-8: unpacked, and decoded from UTF-16."""

from __future__ import annotations

import gzip
import io
import zlib

from lstm_engine.data.file_content import check_size
from lstm_engine.data.file_kind import file_kind, utf16_codec
from lstm_engine.errors import UserError
from lstm_engine.prices.reading.reading_options import LARGEST_FILE

_GZIP = b"\x1f\x8b"


def price_content(content: bytes, place: str) -> bytes:
    """The content as text in UTF-8, as far as its first bytes tell.

    content: as it stands in the file; at most one byte more than `LARGEST_FILE`.
    place: what the file is called in sentences.

    Raises:
        UserError: where it is too large, damaged or another kind of file, in one sentence.
    """
    if content.startswith(_GZIP):
        check_size(content, place, LARGEST_FILE)
        content = _unpacked(content, place)
        if content.startswith(_GZIP):
            raise UserError(f"{place} is compressed with gzip twice: expected a CSV file, compressed once at most")
    if codec := utf16_codec(content):
        check_size(content, place, LARGEST_FILE)
        content = _decoded(content, codec, place)
    if kind := file_kind(content):
        raise UserError(f"{place} is {kind}: expected a CSV file, which is text")
    check_size(content, place, LARGEST_FILE)
    return content


def _unpacked(content: bytes, place: str) -> bytes:
    """Never more than tells that it is too much."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            return file.read(LARGEST_FILE + 1)
    except (EOFError, OSError, zlib.error):
        raise UserError(f"{place} is compressed with gzip and cut short or damaged: expected a whole file") from None


def _decoded(content: bytes, codec: str, place: str) -> bytes:
    try:
        return content.decode(codec).removeprefix("\ufeff").encode()
    except UnicodeDecodeError:
        raise UserError(f"{place} is text in UTF-16 and cut short or damaged: expected a whole file") from None
