"""Text from elsewhere, made safe to show."""

import pytest

from lstm_engine.text import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ångström & Cie 漢", "Ångström & Cie 漢"),
        ("", ""),
        ("\x1b[31mred\x1b[0m", "?[31mred?[0m"),
        ("two\nlines\t\r\0", "two?lines???"),
        ("\u202ereversed\ud800", "?reversed?"),
    ],
)
def test_what_a_terminal_would_act_on_is_a_question_mark(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert printable(shown) == shown
