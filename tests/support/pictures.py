"""Pictures of the screen (SVG, as Textual exports them) as plain text."""

from __future__ import annotations

import html
import re

_TEXT = re.compile(r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')
#: The width of a cell, in the picture's units.
_CELL = 12.2


def text_of(picture: str) -> str:
    """The screen's lines, without the spaces at their ends."""
    lines: dict[float, str] = {}
    for x, y, text in _TEXT.findall(picture):
        line = lines.get(float(y), "").ljust(round(float(x) / _CELL))
        lines[float(y)] = line + html.unescape(text).replace("\xa0", " ").rstrip("\n")
    return "\n".join(line.rstrip() for _, line in sorted(lines.items()))
