"""What a script writes, as a terminal would show it."""

from __future__ import annotations

from tui.board.state.script_output import LINES, LONGEST, ScriptOutput


def after(*texts: str) -> ScriptOutput:
    output = ScriptOutput()
    for text in texts:
        output = output.after(text)
    return output


def test_lines_are_put_together_from_pieces() -> None:
    output = after("a\nb", "c\nd")
    assert output.lines == ("a", "bc")
    assert output.tail == ("a", "bc", "d")
    assert output.written == 2


def test_a_progress_bar_is_the_last_that_was_written_on_its_line() -> None:
    output = after("10%\r", "20%\r", "30%")
    assert output.tail == ("30%",)
    assert after("10%\r20%\r\nnext").tail == ("20%", "next")


def test_a_line_that_is_rewritten_for_hours_takes_no_more_memory() -> None:
    output = after(*(["x" * 100 + "\r"] * 1000))
    assert len(output.rest) < 400
    assert output.tail == ("x" * 100,)


def test_the_oldest_lines_go_and_long_ones_are_cut() -> None:
    output = after("\n" * (LINES + 5), "x" * 3 * LONGEST + "\n")
    assert len(output.lines) == LINES
    assert output.written == LINES + 6
    assert len(output.lines[-1]) <= LONGEST


def test_nothing_new_is_the_same_object() -> None:
    output = after("a\n")
    assert output.after("") is output
