"""Whether a terminal can show the dashboard is said before anything is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli import main as cli
from tui.cli.exit_status import BAD_INPUT
from tui.shell.left import Left


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[object]:
    """The dashboards that were started."""
    found: list[object] = []

    def run(options: object) -> Left:
        found.append(options)
        return Left()

    monkeypatch.setattr("tui.app.start.run", run)
    monkeypatch.chdir(tmp_path)
    return found


def be_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the streams are by now says that it is one."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{name}.isatty", lambda: True, raising=False)


@pytest.mark.parametrize("command", [[], ["tour"]])
@pytest.mark.parametrize("kind", ["dumb", "unknown"])
def test_a_terminal_that_cannot_place_text_is_refused(
    command: list[str],
    kind: str,
    started: list[object],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    be_a_terminal(monkeypatch)
    monkeypatch.setenv("TERM", kind)
    assert cli.run(command) == BAD_INPUT
    assert f"the terminal cannot place text (TERM is {kind}): expected one that can" in capsys.readouterr().err
    assert started == []


@pytest.mark.parametrize(
    ("kind", "locale", "marker"),
    [("xterm-256color", "C.UTF-8", "braille"), ("linux", "C.UTF-8", "ascii"), ("xterm", "C", "ascii")],
)
def test_what_is_drawn_with_is_what_the_terminal_has(
    kind: str, locale: str, marker: str, started: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    be_a_terminal(monkeypatch)
    monkeypatch.setenv("TERM", kind)
    monkeypatch.setenv("LC_ALL", locale)
    assert cli.run([]) == 0
    assert [options.marker for options in started] == [marker]  # type: ignore[attr-defined]
