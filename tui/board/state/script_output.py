"""What a script has written, as the lines that a terminal would show of it."""

from __future__ import annotations

from dataclasses import dataclass

#: Lines that are kept, and characters of one.
LINES, LONGEST = 2000, 2000


@dataclass(frozen=True)
class ScriptOutput:
    """The last lines of it.

    lines: whole ones. rest: the beginning of the next one. written: how many lines there were in all.
    """

    lines: tuple[str, ...] = ()
    rest: str = ""
    written: int = 0

    def after(self, text: str) -> ScriptOutput:
        """With more text. A progress bar writes one line over and over: the last time counts."""
        if not text:
            return self
        *whole, rest = (self.rest + text).replace("\r\n", "\n").split("\n")
        shown = tuple(_shown(line) for line in whole)
        # What comes after the last return may be the beginning of what replaces it, or nothing yet.
        rest = rest if rest.count("\r") < 2 else "\r".join(rest.rsplit("\r", 2)[-2:])
        return ScriptOutput((*self.lines, *shown)[-LINES:], rest[-2 * LONGEST :], self.written + len(whole))

    @property
    def tail(self) -> tuple[str, ...]:
        """All lines, the unfinished one among them."""
        return (*self.lines, _shown(self.rest)) if self.rest else self.lines


def _shown(line: str) -> str:
    parts = [part for part in line.split("\r") if part]
    return parts[-1][:LONGEST] if parts else ""
