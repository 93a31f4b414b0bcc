"""The bell rings once for each ending, through the one place that writes to the terminal, or not at all."""

from __future__ import annotations

import pytest

from lstm_engine.protocol.messages import Paused
from tests.support.hands import dashboard
from tests.support.script import Bench, done, session_after, training
from tui.app.bell import Bell
from tui.terminal.terminal_app import TerminalApp


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was sent to the terminal that rings."""
    found: list[str] = []
    write = TerminalApp.write_to_terminal

    def noted(app: TerminalApp, text: str) -> None:
        found.extend([text] if "\a" in text else [])
        write(app, text)

    monkeypatch.setattr(TerminalApp, "write_to_terminal", noted)
    return found


def test_it_rings_when_what_it_follows_ends() -> None:
    rung: list[str] = []
    bell = Bell(session_after([]), rung.append)
    script = done()
    for end in range(len(script) + 1):
        bell.follow(session_after(script[:end]))
    bell.follow(session_after(script))
    assert rung == ["run calm-lake finished at epoch 2000, loss 0.1676"]


async def test_a_training_that_ends_is_sent_to_the_terminal_once(
    rung: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "foot")
    monkeypatch.delenv("TMUX", raising=False)
    async with dashboard(Bench(done())) as hands:
        await hands.press("y", "y")
    assert rung == ["\x1b]777;notify;lstm-tui;run calm-lake finished at epoch 2000, loss 0.1676\x1b\\\a"]


async def test_a_cause_is_spelt_as_the_terminal_knows_it(rung: list[str]) -> None:
    cause = "could not write: No space left on device (/läufe/\x1b]0;calm-lake\a)"
    async with dashboard(Bench([*training(), Paused(epoch=1200, target=2000, cause=cause)], marker="ascii")):
        pass
    (sent,) = rung
    assert sent.isascii()
    assert "(/laufe/?]0,calm-lake?)" in sent


@pytest.mark.parametrize("marker", ["braille", "ascii"])
async def test_without_the_bell_nothing_is_sent(rung: list[str], marker: str) -> None:
    async with dashboard(Bench(done(), bell=False, marker=marker)):  # type: ignore[arg-type]
        pass
    assert rung == []
