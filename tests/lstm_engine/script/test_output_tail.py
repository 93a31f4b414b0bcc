"""The end of what a script wrote, as a terminal would show it."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.script.output_tail import output_tail


def test_the_last_lines_are_what_a_terminal_would_show(tmp_path: Path) -> None:
    log = tmp_path / "output.log"
    log.write_bytes(
        b"first\n\x1b[31mred\x1b[0m\n\n  0%|   |\r 50%|=  |\r100%|===|\n\x1b]0;title\x07ring\x07\tend\ntorn \xf0\x9f\n"
    )
    assert output_tail(log) == ["first", "red", "100%|===|", "ring?    end", "torn �"]
    assert output_tail(log, 1) == ["torn �"]


def test_a_long_output_is_not_read_whole_and_none_says_nothing(tmp_path: Path) -> None:
    log = tmp_path / "output.log"
    assert output_tail(log) == []
    log.write_text("".join(f"line {number}\n" for number in range(100_000)))
    assert output_tail(log) == [f"line {number}" for number in range(99_980, 100_000)]
