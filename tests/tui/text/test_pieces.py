"""Pieces of a line, and the terminal that knows ASCII alone."""

from __future__ import annotations

from tui.text.pieces import fitted


def test_parts_that_do_not_fit_are_left_out_from_the_end() -> None:
    assert [fitted(["ab", "cd", "ef"], width) for width in (12, 11, 7, 2, 1)] == [
        "ab · cd · ef",
        "ab · cd",
        "ab · cd",
        "ab",
        "",
    ]
