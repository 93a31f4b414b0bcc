"""How a terminal is asked for its user's attention: its bell, and what it shows on the desktop that it stands on."""

from __future__ import annotations

from collections.abc import Mapping

from lstm_engine.text import printable
from tui.text.ascii import ascii_only

#: Characters that are shown of a text.
_LONGEST = 200
_BELL = "\a"
#: Terminals, by the beginning of TERM, that would show a sequence they do not know; those know none but the bell.
_ONLY_A_BELL = ("linux", "vt", "cons", "sun")
#: Terminals that know the first form but not the second, or both, and would notify twice.
_FIRST_FORM = ("xterm-kitty", "xterm-ghostty", "wezterm", "iterm")
#: Terminals that know the second form.
_SECOND_FORM = ("rxvt", "foot")


def notification(title: str, text: str, environment: Mapping[str, str], *, is_ascii: bool = False) -> str:
    """What to send to a terminal, so that it rings, and notifies where it can. No character of the texts acts on it.

    Args:
        environment: says what kind of terminal it is (TERM), and whether tmux stands between (TMUX).
        is_ascii: it knows no other characters.
    """
    title, text = (_safe(words, is_ascii=is_ascii) for words in (title, text))
    first, second = f"\x1b]9;{title}: {text}\x1b\\", f"\x1b]777;notify;{title};{text}\x1b\\"
    term = environment.get("TERM", "")
    if term.startswith(_ONLY_A_BELL):
        forms: tuple[str, ...] = ()
    elif term.startswith(_FIRST_FORM):
        forms = (first,)
    elif term.startswith(_SECOND_FORM):
        forms = (second,)
    else:
        forms = (first, second)
    if "TMUX" in environment:
        forms = tuple(map(_through_tmux, forms))
    return "".join((*forms, _BELL))


def _through_tmux(sequence: str) -> str:
    """As tmux hands it on to the terminal that it is in, where it is set to (allow-passthrough); else it drops it."""
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def _safe(text: str, *, is_ascii: bool) -> str:
    """Of printable characters, of one line, of no more than so many; a semicolon would end it."""
    shown = printable(text).replace(";", ",")
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 1] + "…"
    return ascii_only(shown) if is_ascii else shown
