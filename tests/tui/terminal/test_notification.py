"""What a terminal is sent to ring and to notify, and that no text in it acts on the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.notification import notification

FIRST = "\x1b]9;lstm-tui: it is done\x1b\\"
SECOND = "\x1b]777;notify;lstm-tui;it is done\x1b\\"


def wrapped(sequence: str) -> str:
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-256color"}, FIRST + SECOND + "\a"),
        ({}, FIRST + SECOND + "\a"),
        ({"TERM": "xterm-kitty"}, FIRST + "\a"),
        ({"TERM": "xterm-ghostty"}, FIRST + "\a"),
        ({"TERM": "rxvt-unicode-256color"}, SECOND + "\a"),
        ({"TERM": "foot"}, SECOND + "\a"),
        ({"TERM": "linux"}, "\a"),
        ({"TERM": "vt220"}, "\a"),
        ({"TERM": "tmux-256color", "TMUX": "/run/tmux/default,1,0"}, wrapped(FIRST) + wrapped(SECOND) + "\a"),
    ],
)
def test_each_terminal_is_sent_what_it_knows(environment: dict[str, str], expected: str) -> None:
    assert notification("lstm-tui", "it is done", environment) == expected


@given(st.text(), st.sampled_from(["xterm", "xterm-kitty", "foot"]), st.booleans())
def test_no_text_acts_on_the_terminal(text: str, term: str, is_ascii: bool) -> None:
    sent = notification("lstm-tui", text, {"TERM": term}, is_ascii=is_ascii)
    harmless = notification("lstm-tui", "", {"TERM": term})
    for sign in ("\x1b", "\a", "\x9c", "\n", ";"):
        assert sent.count(sign) == harmless.count(sign)
    assert not is_ascii or sent.isascii()


def test_a_text_is_bounded() -> None:
    sent = notification("lstm-tui", "x" * 10_000, {"TERM": "foot"})
    assert len(sent) < 300
    assert "x…\x1b\\" in sent
