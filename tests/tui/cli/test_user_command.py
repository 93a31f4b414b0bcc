"""A command for later is split as a shell splits it, found as a shell finds it, and refused where it could not run."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.errors import UserError
from tui.cli.user_command import user_command


def script(path: Path, text: bytes, mode: int = 0o755) -> Path:
    path.write_bytes(text)
    path.chmod(mode)
    return path


@given(st.lists(st.text(st.characters(exclude_characters="\0$|&;<>", codec="utf-8"))))
def test_words_come_as_they_were_meant(words: list[str]) -> None:
    assert user_command(shlex.join([sys.executable, *words]), "on-end") == (sys.executable, *words)


def test_a_program_is_found_on_the_path_by_its_own_and_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("bin", "home", "here"):
        (tmp_path / name).mkdir()
        script(tmp_path / name / f"notify-{name}", b"#!/bin/sh\n")
    assert user_command("notify-bin x", "on-end") == (f"{tmp_path}/bin/notify-bin", "x")
    assert user_command("here/notify-here", "on-end") == (f"{tmp_path}/here/notify-here",)
    assert user_command("~/notify-home '~/x'", "on-end") == (f"{tmp_path}/home/notify-home", "~/x")


def test_a_shell_gets_what_is_meant_for_it() -> None:
    for shell in ("sh -c", "/bin/sh -ec", "env LANG=C sh -c"):
        assert user_command(f"{shell} 'echo $LSTM_TUI_RUN | cat'", "on-end")[-1] == "echo $LSTM_TUI_RUN | cat"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("", "on-end is empty: expected a program and its arguments, such as "),
        ("'a b", "on-end is 'a b (no closing quotation): expected a program"),
        ("no-such-program x", "on-end: no-such-program is in no folder of the PATH: expected"),
        ("./none", "on-end: ./none does not exist: expected a program"),
        (".", "on-end: . is in no folder of the PATH"),
        ("./folder", "on-end: ./folder is a folder: expected a program"),
        ("./plain", "on-end: ./plain is not executable: expected a program, as `chmod +x` makes of a script"),
        ("./no-shebang", "on-end: ./no-shebang is a script without a first line such as #!/bin/sh"),
        ("./empty", "on-end: ./empty is a script without a first line such as #!/bin/sh"),
        ("./dos", "on-end: ./dos is a script for '/bin/sh?', which is no program here"),
        ("./old", "on-end: ./old is a script for '/usr/bin/python1', which is no program here"),
        ("echo a && echo b", "on-end has && in it, which means something to a shell alone: expected"),
        ("echo $LSTM_TUI_RUN", "on-end has a variable in it, which a shell alone fills in: expected"),
    ],
)
def test_what_could_not_run_is_said(command: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    script(tmp_path / "plain", b"#!/bin/sh\n", 0o644)
    script(tmp_path / "no-shebang", b"echo done\n")
    script(tmp_path / "empty", b"")
    script(tmp_path / "dos", b"#!/bin/sh\r\necho done\r\n")
    script(tmp_path / "old", b"#! /usr/bin/python1 -x\n")
    with pytest.raises(UserError) as error:
        user_command(command, "on-end")
    assert str(error.value).startswith(said)


def test_a_script_that_can_run_is_taken(tmp_path: Path) -> None:
    for first in (b"#!/bin/sh", b"#! /bin/sh -e", b"#!/usr/bin/env\tsh"):
        path = script(tmp_path / "notify", first + b"\necho done\n")
        assert user_command(str(path), "on-end") == (str(path),)
