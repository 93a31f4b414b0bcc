from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.queue.queue_folder import find_queue, read_queue
from tests.support.folder_contents import contents
from tui.cli import main as cli
from tui.cli.queue import queue_process

WORDS = ["sweep", "--data", "sunspots", "--target", "price", "--seeds", "0-1"]


@pytest.fixture(autouse=True)
def _no_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(queue_process, "run_queue_process", lambda *_, **__: 0)


def test_the_options_are_in_its_folder(tmp_path: Path) -> None:
    words = ["--hidden", "8, 32", "--lr", "0.01,0.1", "--model", "by-hand,nn-lstm", "--window", "22", "--name", "luck"]
    assert cli.run([*WORDS, *words, "--epochs", "7", "--batch-size", "16"]) == 0
    folder = find_queue(tmp_path / "checkpoints", "luck")
    assert folder is not None
    assert folder.stat().st_mode & 0o777 == 0o700
    settings = read_queue(folder).settings
    assert (settings.count, settings.hidden, settings.lr) == (16, (8, 32), (0.01, 0.1))
    assert (settings.models, settings.seeds) == (("by-hand", "nn-lstm"), (0, 1))
    assert (settings.base.window, settings.base.epochs, settings.base.batch_size) == (22, 7, 16)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([*WORDS, "--hidden", "8,many"], "hidden holds 'many': expected numbers of units, such as 8,32"),
        ([*WORDS, "--hidden", "8,8"], "hidden holds a value twice"),
        ([*WORDS, "--model", "gru"], "model is 'gru': expected by-hand, nn-lstm, or both"),
        ([*WORDS, "--init", "uniform"], "--init is given with prices by date: expected it with a row a company"),
        ([*WORDS, "--window", "1000"], "expected 1002 or more with --window 1000"),
        (["sweep", "--hidden", "8"], "--hidden is given without --data: expected prices by date for it"),
        (["sweep", "--cluster", "tcp://a:1"], "--cluster is given without --data"),
        (["sweep", "--data", "companies.csv", "--hidden", "8"], "--hidden is given with a row a company"),
        (["sweep", "--resume", "luck", "--hidden", "8"], "--hidden is given with --resume"),
    ],
)
def test_what_is_none_is_told_and_leaves_nothing(
    words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("companies.csv").write_text("company,1,2,3\nA,0,0.5,1\nB,1,0.5,1\n")
    before = contents(tmp_path)
    assert cli.run(words) == 2
    errors = capsys.readouterr().err
    assert told in errors
    assert errors.count("\n") == 1
    assert contents(tmp_path) == before


def test_members_do_not_take_the_place_of_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "checkpoints" / "luck-2").mkdir(parents=True)
    assert cli.run([*WORDS, "--name", "luck"]) == 2
    assert "run luck-2 is there already: expected another --name for the sweep" in capsys.readouterr().err
    assert find_queue(tmp_path / "checkpoints", "luck") is None
