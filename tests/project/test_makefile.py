"""`make` sets .venv up once, and again for another Python that is asked for. The interpreters here are scripts."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: A Python that knows its name, and puts a copy of itself where a virtual environment is asked for. Every call of
#: `-m` is a line of the file `calls`.
INTERPRETER = """\
#!/bin/sh
me={name}
case "$1 $2" in
"-m venv") mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo "$me venv" >> calls;;
"-m pip") [ "$3" = --version ] || echo "$me pip" >> calls;;
"-c import sys; print"*) echo "$me";;
"-V ") echo "Python of $me";;
esac
"""
#: What setting up calls.
SET_UP = ["venv", "pip", "pip"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The Makefile and what it reads, and two interpreters, `python3` (which make finds by itself) and `other`."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "bin").mkdir()
    for name in ("python3", "other"):
        interpreter = tmp_path / "bin" / name
        interpreter.write_text(INTERPRETER.format(name=name))
        interpreter.chmod(0o755)
    return tmp_path


def make(project: Path, *arguments: str, status: int = 0, **environment: str) -> tuple[list[str], str]:
    """What `make install` called since the last time, and what it said."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "PYTHON"}
    surroundings = {**inherited, "PATH": f"{project / 'bin'}:{os.environ['PATH']}", **environment}
    command = ["make", "install", *arguments]
    ran = subprocess.run(command, cwd=project, env=surroundings, capture_output=True, text=True, check=False)
    assert ran.returncode == status, ran.stderr
    calls = project / "calls"
    lines = calls.read_text().splitlines() if calls.exists() else []
    calls.unlink(missing_ok=True)
    return lines, ran.stdout + ran.stderr


def by(name: str) -> list[str]:
    return [f"{name} {call}" for call in SET_UP]


def test_it_is_set_up_once(project: Path) -> None:
    calls, said = make(project)
    assert calls == by("python3")
    assert "with Python of python3" in said
    assert make(project)[0] == []


def test_another_python_that_is_asked_for_sets_it_up_again(project: Path) -> None:
    make(project)
    assert make(project, "PYTHON=other")[0] == by("other")
    assert make(project, "PYTHON=other")[0] == []
    assert make(project, PYTHON="python3")[0] == by("python3")
    assert make(project, "PYTHON=bin/python3")[0] == []


def test_where_none_is_asked_for_it_stays_as_it_is(project: Path) -> None:
    make(project, "PYTHON=other")
    assert make(project)[0] == []


def test_the_same_python_keeps_what_is_installed_where_the_versions_change(project: Path) -> None:
    make(project, "PYTHON=other")
    os.utime(project / "pyproject.toml", (2**32, 2**32))
    assert make(project, "PYTHON=other")[0] == ["other pip", "other pip"]


def test_a_python_that_is_not_there_is_refused_and_nothing_is_lost(project: Path) -> None:
    make(project)
    calls, said = make(project, "PYTHON=none", status=2)
    assert calls == []
    assert "make: none was not found: expected Python 3.11 or newer" in said
    assert make(project)[0] == []
