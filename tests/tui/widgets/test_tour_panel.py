"""Where the lines of the tour break."""

from __future__ import annotations

from tui.widgets.tour_panel import text_lines


def test_lines_keep_together_what_a_no_break_space_joins_and_what_stands_out() -> None:
    lines = text_lines("day 1 is *kept by*\N{NO-BREAK SPACE}all", 12)
    assert [line.plain for line in lines] == ["day 1 is", "kept by all"]
    lines = text_lines("it *stands out here* now", 10)
    assert [line.plain for line in lines] == ["it stands", "out here", "now"]
    bold = ["".join(line.plain[span.start : span.end] for span in line.spans if span.style) for line in lines]
    assert bold == ["stands", "out here", ""]
