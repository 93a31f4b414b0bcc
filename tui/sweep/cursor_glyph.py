"""What stands before the line that a cursor is on, where colours may be missing."""

from __future__ import annotations


def cursor_glyph(is_here: bool, *, ascii_text: bool) -> str:
    """One cell."""
    if not is_here:
        return " "
    return ">" if ascii_text else "▸"
