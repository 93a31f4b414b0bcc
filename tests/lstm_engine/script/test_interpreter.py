"""The Python that a script is run by."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.script.interpreter import checked_interpreter, default_interpreter


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def test_the_shell_s_python_where_the_shell_found_this_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = program(tmp_path / "bin" / "lstm-tui", "#!/bin/sh\n")
    python = program(tmp_path / "bin" / "python", "#!/bin/sh\n")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert default_interpreter(str(ours)) == str(python)
    assert default_interpreter(str(tmp_path / "other" / "lstm-tui")) == sys.executable
    python.rename(python.with_name("python3"))
    assert default_interpreter(str(ours)) == str(python.with_name("python3"))
    python.with_name("python3").unlink()
    assert default_interpreter(str(ours)) == sys.executable


def test_a_python_is_asked_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert checked_interpreter(sys.executable, tmp_path, "mine.train") == sys.executable
    with pytest.raises(UserError, match=r"finds no module other\.train: expected one"):
        checked_interpreter(sys.executable, tmp_path, "other.train")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("#!/bin/sh\necho hello\n", "does not answer as a Python does"),
        ("#!/bin/sh\nexit 3\n", "does not answer as a Python does"),
        ("#!/nowhere\n", "does not answer as a Python does"),
        ("""#!/bin/sh\necho '{"version": [3, 8], "has": true}'\n""", r"is Python 3\.8: expected 3\.9 or newer"),
    ],
)
def test_what_is_no_python_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        checked_interpreter(str(program(tmp_path / "python", text)), tmp_path)
    with pytest.raises(UserError, match="no-such is no program: expected a Python"):
        checked_interpreter("no-such", tmp_path)
