"""Texts in the characters that a terminal has: for each that it has not, one that stands in for it, as wide.

A terminal whose encoding cannot hold a character would be sent an escape such as \\u2190 otherwise, or garbage.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Mapping

from tui.text.widths import width

#: The name of the error handler that encodes with stand-ins; see `register`.
STAND_INS = "tui.stand-ins"

_SIGNS = {
    "◌": "~",
    "○": "o",
    "●": "*",
    "‖": "=",
    "✓": "+",
    "✗": "!",
    "·": "|",
    "…": ".",
    "×": "x",
    "±": "~",
    "−": "-",
    "–": "-",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "«": '"',
    "»": '"',
    "—": "-",
    "•": "*",
    "◆": "*",
    "▲": "^",
    "▼": "v",
    "←": "<",
    "→": ">",
    "↑": "^",
    "↓": "v",
    "‹": "<",
    "›": ">",
    "▸": ">",
    "▶": ">",
    "🔎": "/ ",
    "\N{NO-BREAK SPACE}": " ",
    "△": "X",
    "□": "H",
    "◇": "*",
    "▽": "A",
    "☆": "$",
    "■": "#",
    "★": "#",
}
_LINES = {
    **dict.fromkeys("━╸╺", "#"),  # of bars
    **dict.fromkeys("─╌╍┄┅┈┉═╴╶╼╾▔‾⎺", "-"),
    **dict.fromkeys("│┃╎╏┆┇┊┋║╵╷╹╻▏▎▍▕▌▐▊▋▉", "|"),
    **dict.fromkeys("▁⎽", "_"),
}
#: By the first and the last of them: box drawing, blocks, braille.
_RANGES = (("\u2500", "\u257f", "+"), ("\u2580", "\u259f", "#"), ("\u2801", "\u28ff", "*"), ("\u2800", "\u2800", " "))
_BY_CHARACTER = _SIGNS | _LINES


def has_only_ascii(environment: Mapping[str, str]) -> bool:
    """Whether a terminal in this environment shows no more: where the locale is not UTF-8, and in the Linux console.

    That one has a font without braille, and without quarters of a cell. The environment is asked, because Python
    talks UTF-8 in the C locale too; in doing so it may have set LC_CTYPE to C.UTF-8 itself, which therefore counts
    only together with LANG.
    """
    lang, kind = environment.get("LANG", ""), environment.get("LC_CTYPE", "")
    locale = environment.get("LC_ALL") or (lang if kind == "C.UTF-8" else kind or lang)
    return environment.get("TERM") == "linux" or not locale.lower().replace("-", "").endswith("utf8")


def register() -> None:
    """Make the error handler `STAND_INS` known to `str.encode` and to streams."""
    codecs.register_error(STAND_INS, _replaced)


def ascii_only(text: str) -> str:
    """The text for a terminal that knows no more than ASCII; as wide as it was."""
    return spelt(text, "ascii")


def spelt(text: str, encoding: str) -> str:
    """The text with a stand-in for every character that `encoding` cannot hold; as wide as it was."""
    if text.isascii():
        return text
    return "".join(character if _holds(encoding, character) else _stand_in(character) for character in text)


def _stand_in(character: str) -> str:
    known = _BY_CHARACTER.get(character)
    if known is not None:
        return known
    for first, last, sign in _RANGES:
        if first <= character <= last:
            return sign
    cells = width(character)
    letter = unicodedata.normalize("NFKD", character)[:1]  # é is an e with a mark
    return letter if letter.isascii() and cells == 1 and letter.isprintable() else "?" * cells


def _holds(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_stand_in, error.object[error.start : error.end])), error.end
