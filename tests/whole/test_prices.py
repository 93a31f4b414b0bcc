"""Prices from the file to the verdict, as the README has it; and on the board, by keys, in a real terminal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.listing.entries import entries
from tui.cli import main as cli

README = (Path(__file__).parents[2] / "README.md").read_text()


def in_readme() -> tuple[list[str], list[str]]:
    """The words of its command on sunspots, and the lines that come of it."""
    page = README.partition("## Your own prices\n")[2]
    command, text = re.findall(r"```(?:sh|text)\n(.*?)```", page, re.S)[1:3]
    return command.split()[1:], text.splitlines()


def numbers(lines: list[str]) -> list[float]:
    return [float(number) for line in lines for number in re.findall(r"[\d.]*\d", line)]


def test_what_the_readme_shows_is_what_comes(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    """In words to the letter; in figures nearly, for another processor may add up in another order."""
    monkeypatch.chdir(tmp_path)
    words, wanted = in_readme()
    assert cli.run(words) == 0
    found = capsys.readouterr().out.splitlines()
    held_out = next(number for number, line in enumerate(found) if line.startswith("held out"))
    found = [found[0], *found[held_out : held_out + len(wanted) - 1]]
    assert [re.sub(r"[\d.]+", "#", line) for line in found] == [re.sub(r"[\d.]+", "#", line) for line in wanted]
    assert numbers(found) == pytest.approx(numbers(wanted), rel=0.1)
    assert [entry.state for entry in entries(Path("checkpoints"))] == ["finished"]
