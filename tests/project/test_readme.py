"""README and CONTRIBUTING stay true: keys, options, commands, pictures, figures, and every path that they name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np
import pytest

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.lstm.trace import trace
from lstm_engine.protocol.messages import RunFinished, decode_event
from lstm_engine.run.config import RunConfig
from tests.support.pictures import text_of
from tests.support.published import PREDICTIONS
from tui.actions import ACTIONS
from tui.board.view.actions import BOARD_ACTIONS
from tui.cli.main import cli

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
PICTURE = ROOT / "tests/tui/screens/__snapshots__/test_snapshots/test_state[training-80x24].svg"


@pytest.mark.parametrize(
    ("label", "heading"),
    [(action.label, "## Keys") for action in {action.label: action for action in ACTIONS}.values()]
    + [(action.label, "## Your own LightningModule in two minutes") for action in BOARD_ACTIONS],
)
def test_every_key_is_in_it(label: str, heading: str) -> None:
    """Those of both screens, each in its own table."""
    section = README.partition(f"{heading}\n")[2].partition("\n## ")[0]
    assert f"`{label}`" in section


def options() -> set[str]:
    """The long names of all options, of all commands."""
    commands: list[click.Command] = [cli, *cli.commands.values()]
    return {name for command in commands for parameter in command.params for name in parameter.opts if "--" in name}


@pytest.mark.parametrize("option", sorted(options() - {"--version"}))
def test_every_option_is_in_it(option: str) -> None:
    assert re.search(rf"`[^`]*{option}\b", README)


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_is_in_it(command: str) -> None:
    assert f"`lstm-tui {command}" in README


@pytest.mark.parametrize("target", re.findall(r"\]\(<?([^)>]+)>?\)", README))
def test_what_it_links_to_exists(target: str) -> None:
    assert target in anchors() if target.startswith("#") else (ROOT / target).is_file()


def anchors() -> set[str]:
    """Its headings, as a page's address has them."""
    headings = re.findall(r"^#+ (.*)$", README, re.M)
    return {"#" + re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


# --- paths -----------------------------------------------------------------------------------------------------------

#: What is written in code and looks like a path of the repository: files, and folders with a slash at their end.
_PATH = re.compile(r"(?<![\w/~.$])[\w.]+(?:/[\w.]+)*(?:/|\.(?:py|md|txt|toml|tcss)\b)|\b(?:LICENSE|Makefile)\b")
#: What is in the user's folders, not here.
_ELSEWHERE = {"./checkpoints", "bench.json", "python train.py", "lstm-tui run"}


def paths(text: str) -> set[str]:
    """The paths that a text names between backticks."""
    code = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S))
    return {path for words in code if not words.startswith((".venv", *_ELSEWHERE)) for path in _PATH.findall(words)}


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_path_that_it_names_exists(text: str) -> None:
    named = paths(text)
    assert len(named) > 15
    assert [path for path in sorted(named) if not exists(path)] == []


def exists(path: str) -> bool:
    return (ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).is_file()


def tree() -> Iterator[str]:
    """The files and folders of the annotated tree in the README."""
    (block,) = [block for block in re.findall(r"```text\n(.*?)```", README, re.S) if "├── " in block]
    top = ""
    for line in filter(None, block.splitlines()):
        name = line.removeprefix("├── ").removeprefix("└── ").split()[0]
        top = name if name == line.split()[0] else top
        yield name if name == top else top + name


def test_the_tree_is_what_is_there() -> None:
    """Every package has its line and every line its package."""
    there = {"tui/", "lstm_engine/", "tests/"}
    for top in ("tui", "lstm_engine", "tests"):
        there |= {f"{path.parent.relative_to(ROOT).as_posix()}/" for path in (ROOT / top).glob("*/__init__.py")}
        there |= {f"{top}/{path.name}" for path in (ROOT / top).glob("[!_]*.py") if top != "tests"}
    assert set(tree()) == there - {"tests/tui/", "tests/lstm_engine/"}


# --- what it shows ---------------------------------------------------------------------------------------------------


def test_its_first_picture_is_what_the_dashboard_draws() -> None:
    drawn = text_of(PICTURE.read_text())
    assert len(drawn.splitlines()) == 24
    assert f"```text\n{drawn}\n```" in README


def test_its_json_is_what_the_engine_says() -> None:
    """The figures belong together, and are those that are published."""
    (shown,) = re.findall(r"```json\n(.*?)```", README, re.S)
    event = decode_event(shown.encode())
    assert isinstance(event, RunFinished)
    names = [spec.name for spec in PARAMETERS["by-hand"]]
    assert list(event.parameters) == names
    values = np.array([event.parameters[name] for name in names], np.float64)
    data = RunConfig().data
    for name, days, published in zip(data.names, data.days, PREDICTIONS[event.epoch], strict=True):
        predicted = event.predictions[name]
        assert predicted is not None
        assert math.isclose(predicted, trace("by-hand", values, days).hidden[-1], rel_tol=1e-5)
        assert round(predicted, 4) == published
