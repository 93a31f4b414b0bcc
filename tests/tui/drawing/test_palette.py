"""As many colours, glyphs and strokes as there are curves in a picture, each there once."""

from tui.drawing.palette import ASCII_GLYPHS, ASCII_STROKES, COLOURS, GLYPHS, SERIES_SHOWN


def test_every_curve_has_marks_of_its_own() -> None:
    for marks in (COLOURS, GLYPHS, ASCII_GLYPHS, ASCII_STROKES):
        assert len(set(marks)) == len(marks) == SERIES_SHOWN
    assert (ASCII_GLYPHS + ASCII_STROKES).isascii()
    assert not set(ASCII_GLYPHS) & set(ASCII_STROKES)
