"""What tells the curves of one picture apart: each has its colour, and a glyph or a stroke besides."""

from __future__ import annotations

#: More curves than this cannot be told apart.
SERIES_SHOWN = 6
#: By curve: its colour, in Textual's style language.
COLOURS = ("$text-accent", "$text-success", "$text-primary", "$text-error", "$series-4", "$series-5")
#: By curve: its glyph.
GLYPHS = "●▲■◆▼★"
ASCII_GLYPHS = "ox#+@%"
#: By curve: what it is drawn with, where there is no marker but a single character.
ASCII_STROKES = ".:~^,`"
