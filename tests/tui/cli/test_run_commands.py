"""`lstm-tui note`, on run directories without a trained model in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lstm_engine.store.notes import NOTES, note_in
from tests.support.folder_contents import tree
from tests.support.run_folders import make_run
from tui.cli import main as cli


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run in ./checkpoints."""
    monkeypatch.chdir(tmp_path)
    return make_run(tmp_path / "checkpoints", "calm-lake")


def output_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.run(list(arguments)) == 0
    output, errors = capsys.readouterr()
    assert errors == ""
    return output


def test_a_note_is_put_printed_replaced_and_removed(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert output_of(capsys, "note", "calm-lake") == ""
    assert output_of(capsys, "note", "calm-lake", "the best so far #keep") == ""
    assert output_of(capsys, "note", str(run)) == "the best so far #keep\n"
    output_of(capsys, "note", "calm-lake", "good")
    assert note_in(run) == "good"
    output_of(capsys, "note", "calm-lake", "")
    assert output_of(capsys, "note", "calm-lake") == ""
    assert not (run / NOTES).exists()


def test_a_note_that_begins_with_a_minus_sign(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output_of(capsys, "note", "calm-lake", "--", "-5 % is too little")
    assert note_in(run) == "-5 % is too little"


def test_the_list_shows_it(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output_of(capsys, "note", "calm-lake", "the best #keep #東京")
    heading, line = output_of(capsys, "runs").splitlines()
    assert line.index("the best #keep #東京") == heading.index("note")
    (entry,) = json.loads(output_of(capsys, "runs", "--json"))
    assert (entry["note"], entry["tags"]) == ("the best #keep #東京", ["keep", "東京"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["note"], "Missing argument 'RUN'"),
        (["note", "no-such-run", "good"], "no run 'no-such-run' in checkpoints"),
        (["note", "", "good"], "the run's name is empty"),
        (["note", "calm-lake", "two", "words"], "Got unexpected extra argument"),
        (["note", "calm-lake", "\x1b[2J"], "holds control characters"),
        (["note", "calm-lake", "x" * 201], "has 201 characters: expected at most 200"),
        (["note", "calm-lake", "a", "--checkpoints", ""], "checkpoints is empty"),
        (["note", "damaged"], "is no note of lstm-tui"),
        (["note", "damaged", "good"], "is no note of lstm-tui"),
    ],
)
def test_bad_input(arguments: list[str], told: str, run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (make_run(run.parent, "damaged") / NOTES).write_text("{")
    before = tree(run.parent)
    assert cli.run(arguments) == 2
    output, errors = capsys.readouterr()
    assert (output, errors.count("\n")) == ("", 1)
    assert told in errors
    assert tree(run.parent) == before
