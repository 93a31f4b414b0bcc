"""The cursor is seen without colours, and in ASCII."""

from __future__ import annotations

from tui.sweep.cursor_glyph import cursor_glyph


def test_one_cell() -> None:
    assert [cursor_glyph(True, ascii_text=ascii_text) for ascii_text in (True, False)] == [">", "▸"]
    assert cursor_glyph(False, ascii_text=True) == " "
