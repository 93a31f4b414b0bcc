"""What a file is that was given in place of a CSV file: told by its first bytes, called by its name."""

from __future__ import annotations

import codecs
import re

_UTF16 = "text in UTF-16"

#: How files begin, and what people call them and do about it. The order counts: a longer beginning before a shorter.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (
        b"version https://git-lfs.github.com/",
        "a git-LFS pointer and not the file itself, which `git lfs pull` fetches",
    ),
    (b"\xff\xfe\x00\x00", "text in UTF-32"),
    (b"\x00\x00\xfe\xff", "text in UTF-32"),
    (b"\xff\xfe", f"{_UTF16}, as Excel's “Unicode Text” writes it"),
    (b"\xfe\xff", _UTF16),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ\x00", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"PK\x03\x04", "an Excel workbook or another zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"\x80\x02", "a Python pickle"),
    (b"\x80\x03", "a Python pickle"),
    (b"\x80\x04", "a Python pickle"),
    (b"\x80\x05", "a Python pickle"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
)
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|script|title)\b", re.IGNORECASE)
# <DATE>, a tab and <TIME> are headings of MetaTrader's.
_XML = re.compile(rb"\s*<(?:\?xml\b|[a-z]+\s+[a-z:]+=|[a-z]+>(?:\s*[\r\n]\s*)?<)", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\d-])")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def file_kind(content: bytes) -> str | None:
    """What the file is, to go on after "FILE is "; None for what may be CSV."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    text = content.removeprefix(_BYTE_ORDER_MARK)[:1000]
    if _HTML.match(text):
        return "an HTML page"
    if _XML.match(text):
        return "an XML document"
    if _JSON.match(text):
        return "JSON"
    if content[257:262] == b"ustar":
        return "a tar archive"
    return _UTF16 if _utf16_without_mark(content) else None


def utf16_codec(content: bytes) -> str | None:
    """What Python calls the form of UTF-16 that the content is in; None where it is in none."""
    if (file_kind(content) or "").startswith(_UTF16):
        marked = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        return "utf-16" if marked else _utf16_without_mark(content)
    return None


def _utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 of mostly Latin letters has a NUL in every second byte, and hardly one in the others."""
    start = content[:1000]
    pairs = len(start) // 2
    for codec, nuls, letters in (("utf-16-le", start[1::2], start[::2]), ("utf-16-be", start[::2], start[1::2])):
        if pairs >= 4 and nuls.count(0) > 0.7 * pairs and letters.count(0) < 0.1 * pairs:
            return codec
    return None
