"""The way in to the command, also where another package of the name `tui` lies over ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "foreign",
    [
        {"tui/__init__.py": "except formats.BadNumberOfArgumentsError, e:\n"},
        {"tui/__init__.py": "import no_such_module\n"},
        {"tui/__init__.py": ""},
        {"tui.py": ""},
    ],
    ids=["of 2011", "broken", "another", "a module"],
)
def test_another_package_of_that_name_is_told_in_a_sentence(tmp_path: Path, foreign: dict[str, str]) -> None:
    for name, text in foreign.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    ran = come_in(tmp_path)
    (place,) = foreign
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith(f"lstm-tui: {tmp_path / place} is another package's, not lstm-tui's")


def test_what_is_missing_elsewhere_is_not_laid_to_that_name(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise ImportError('click is broken')\n")
    assert "click is broken" in come_in(tmp_path).stderr


def test_the_way_in_leads_to_the_command(tmp_path: Path) -> None:
    ran = come_in(tmp_path, "train", "--epochs", "0")
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert "epochs" in ran.stderr


def come_in(first: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command with a folder ahead of all others on the import path."""
    program = f"import sys; sys.path[:0] = [{str(first)!r}, {str(ROOT)!r}]; import lstm_engine.command as c; c.main()"
    command = [sys.executable, "-P", "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=first)
