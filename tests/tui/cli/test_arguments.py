"""Bad input of every kind, through the command line: one sentence on standard error, status 2, nothing written."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.bad_csv import BAD_CONTENTS
from tests.support.folder_contents import tree
from tests.support.run_folders import make_run
from tui.cli import main as cli

HUGE = str(10**30)
#: By option, the values that no command takes.
BAD_VALUES: dict[str, tuple[str, ...]] = {
    "--epochs": ("", "0", "-1", "1.5", "abc", "1e3", "nan", "2000x", "0x10", "100000001", HUGE, "1,000", "\x1b[2J"),
    "--seed": ("", "-1", "4294967296", "1.5", "abc", "1e2", "nan", HUGE, "random", "0x2a"),
    "--lr": ("", "0", "-0.0", "-0.001", "nan", "inf", "-inf", "abc", "0,001", "1e-400", "1e999", "1/10"),
    "--init": ("", "xavier", "Normal", "zeros", "normal,uniform"),
    "--model": ("", "lstm", "by_hand", "BY-HAND", "nn.LSTM", "gru"),
    "--batch-size": ("", "0", "-1", "3", "1.5", "abc", HUGE),
    "--save-every": ("", "0", "-1", "nan", "inf", "abc", "1s"),
    "--keep": ("", "0", "-1", "1.5", "abc"),
    "--fps": ("", "0", "61", "-1", "1.5", "abc", HUGE),
    "--marker": ("", "dots", "Braille", "utf-8"),
    "--data": ("", ".", "none.csv", "a-file/prices.csv", "x" * 300, "a-pipe", "large.csv", "none\n.csv"),
    "--checkpoints": ("", "a-file", "a-file/below", "x" * 300),
    "--on-end": ("", " ", "''", "'mail", "mail \\", "no-such-program", "./none", "./a-file", ".", "x" * 300, "\x1b[2J",
                 "echo done | cat", "echo done > log", "FOO=1 echo", "echo $LSTM_TUI_RUN", "echo ${LSTM_TUI_RUN}"),
}  # fmt: skip
RUN_ONLY = {"--seed", "--lr", "--init", "--model", "--batch-size", "--data"}
SCREEN_ONLY = {"--fps", "--marker"}
COMMANDS: dict[str, tuple[list[str], set[str]]] = {
    "dashboard": ([], set(BAD_VALUES)),
    "train": (["train"], set(BAD_VALUES) - SCREEN_ONLY),
    "resume": (["resume", "a-run"], set(BAD_VALUES) - RUN_ONLY),
    "tour": (["tour"], set(BAD_VALUES) - RUN_ONLY - {"--epochs"}),
}
#: Whole command lines.
BAD_LINES: tuple[tuple[str, ...], ...] = (
    ("tran",),
    ("prices.csv",),
    ("",),
    ("--",  "train", "extra"),
    ("--sed", "1"),
    ("--seed",),
    ("--start=yes",),
    ("-x",),
    ("tour", "extra"),
    ("tour", "--start"),
    ("tour", "--seed", "1"),
    ("train", "extra"),
    ("train", "--fps", "10"),
    ("train", "--start"),
    ("train", "--marker", "ascii"),
    ("train", "--json=yes"),
    ("train", "--epochs"),
    ("train", "--resume"),
    ("train", "--resume", ""),
    ("train", "--resume", " "),
    ("train", "--resume", "no-such-run"),
    ("train", "--resume", "no\nsuch\x1b[2Jrun"),
    ("train", "--resume", "a-file"),
    ("train", "--resume", "."),
    ("train", "--resume", ".."),
    ("train", "--resume", "a-folder"),
    ("train", "--resume", "none.ckpt"),
    ("train", "--resume", "a-folder.ckpt"),
    ("train", "--resume", "x" * 300),
    ("train", "--resume", "x" * 300 + ".ckpt"),
    ("train", "--resume", "a-run", "--seed", "42"),
    ("train", "--resume", "a-run", "--lr", "0.001"),
    ("train", "--resume", "a-run", "--init", "normal"),
    ("train", "--resume", "a-run", "--model", "by-hand"),
    ("train", "--resume", "a-run", "--batch-size", "1"),
    ("train", "--resume", "a-run", "--data", "good.csv"),
    ("train", "--resume", "a-run", "--epochs", "0"),
    ("--seed", "1", "train"),
    ("--checkpoints", "elsewhere", "resume", "a-run"),
    ("--start", "train"),
    ("resume",),
    ("resume", ""),
    ("resume", "no-such-run"),
    ("resume", "none.ckpt"),
    ("resume", "a-run", "another"),
    ("resume", "a-run", "--seed", "42"),
    ("resume", "a-run", "--data", "good.csv"),
    ("resume", "a-run", "--json"),
)  # fmt: skip
LINES = [
    *BAD_LINES,
    *(
        (*words, f"{option}={value}")
        for words, options in COMMANDS.values()
        for option in BAD_VALUES
        if option in options
        for value in BAD_VALUES[option]
    ),
]
#: By what is wrong with it, a run directory's file, what becomes of its content, and what the sentence tells.
BAD_RUNS: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "empty settings": ("run.json", lambda _: b"", "is damaged"),
    "cut off": ("run.json", lambda data: data[:-9], "is damaged"),
    "not UTF-8": ("run.json", lambda _: b"\xff\xfe{}", "is damaged"),
    "no object": ("run.json", lambda _: b"[]", "is damaged"),
    "written by hand": ("run.json", lambda _: b'{"version": 1}', "is damaged"),
    "newer": ("run.json", lambda data: data.replace(b'"version": 1', b'"version": 2'), "has version 2: expected 1"),
    "older": ("run.json", lambda data: data.replace(b'"version": 1', b'"version": 0'), "has version 0: expected 1"),
    "unknown model": ("run.json", lambda data: data.replace(b'"by-hand"', b'"gru"'), "is damaged"),
    "the other model": ("run.json", lambda data: data.replace(b'"by-hand"', b'"nn-lstm"'), "15 numbers an epoch"),
    "seed out of range": ("run.json", lambda data: data.replace(b'"seed": 42', b'"seed": -1'), "seed is -1"),
    "seed as text": ("run.json", lambda data: data.replace(b'"seed": 42', b'"seed": "42"'), "is damaged"),
    "learning rate": ("run.json", lambda data: data.replace(b'"lr": 0.001', b'"lr": 0'), "learning rate is 0"),
    "endless": ("run.json", lambda data: data.replace(b'"lr": 0.001', b'"lr": 1e999'), "is damaged"),
    "batch size": ("run.json", lambda data: data.replace(b'"batch_size": 1', b'"batch_size": 0'), "batch size is 0"),
    "deeply nested": ("run.json", lambda _: b"[" * 100_000, "is damaged"),
    "no database": ("history.sqlite", lambda _: b"hello" * 500, "cannot be read"),
    "empty database": ("history.sqlite", lambda _: b"", "another program's database"),
    "half a database": ("history.sqlite", lambda data: data[: len(data) // 2], "cannot be read"),
    "newer history": ("history.sqlite", lambda data: sql(data, "PRAGMA user_version = 2"), "version 2: expected 1"),
    "a stranger's": ("history.sqlite", lambda data: sql(data, "PRAGMA application_id = 7"), "another program's"),
    "no table": ("history.sqlite", lambda data: sql(data, "DROP TABLE epochs"), "cannot be read"),
    "a gap": ("history.sqlite", lambda data: sql(data, "UPDATE epochs SET first_epoch = 1"), "a gap or damage"),
    "rows cut off": ("history.sqlite", lambda data: sql(data, "UPDATE epochs SET rows = x'00'"), "numbers an epoch"),
    "rows as text": ("history.sqlite", lambda data: sql(data, "UPDATE epochs SET rows = 'abc'"), "numbers an epoch"),
    "no count": ("history.sqlite", lambda data: sql(data, "UPDATE epochs SET count = 0"), "a chunk of 0 epochs"),
    "count as text": (
        "history.sqlite",
        lambda data: sql(data, "UPDATE epochs SET count = 'many'"),
        "a chunk of 'many'",
    ),
}


def sql(data: bytes, statement: str) -> bytes:
    """The database after a statement."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.deserialize(data)
        database.execute(statement)
        return database.serialize()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with things to trip over, and a terminal; reaching the engine fails the test."""
    (tmp_path / "a-file").write_text("")
    os.mkfifo(tmp_path / "a-pipe")
    (tmp_path / "good.csv").write_text("name,day 1,next\nA,0,1\n")
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(100_000_000)
    (tmp_path / "a-folder").mkdir()
    (tmp_path / "a-folder.ckpt").mkdir()
    run = tmp_path / "checkpoints" / "a-run"
    run.mkdir(parents=True)
    (run / "run.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tui.cli.train.run", lambda options: pytest.fail(f"trained {options}"))
    monkeypatch.setattr("tui.app.start.run", lambda options: pytest.fail(f"opened {options}"))
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{name}.isatty", lambda: True, raising=False)
    return tmp_path


def assert_refused(arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Runs the command line; returns the sentence."""
    before = tree(folder)
    status = cli.run(arguments)
    output, errors = capsys.readouterr()
    assert (status, output) == (2, "")
    assert errors.startswith("lstm-tui: ")
    assert errors.count("\n") == 1
    sentence = errors.removesuffix("\n")
    assert sentence.isprintable()
    assert "Traceback" not in sentence
    assert tree(folder) == before
    return sentence


def test_there_are_more_than_200_of_them() -> None:
    assert len(set(LINES)) + 2 * len(BAD_CONTENTS) + len(BAD_RUNS) > 200


@pytest.mark.parametrize("arguments", LINES, ids=lambda words: " ".join(words)[:60].encode("unicode_escape").decode())
def test_a_bad_command_line(arguments: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert_refused(list(arguments), folder, capsys)


#: What is no table of companies, and as prices by date is something else again.
AS_PRICES = {
    "empty": "is empty: expected a header row, then prices with their dates",
    "one column": "line 1 has 1 column: expected a header row of two or more, separated by commas, semicolons",
    "two columns": "line 1 heads no column of dates (name, next): expected one, such as Date",
    "a turned table": "has no price of MSFT on 2024-01-06: expected one of every ticker on every date, or --missing",
    "a long table": "has 1 date: expected 33 or more with --window 30",
    "a date as a value": "has 1 date: expected 33 or more with --window 30",
    "one company's prices": "has 1 date: expected 33 or more with --window 30",
}


@pytest.mark.parametrize("name", sorted(BAD_CONTENTS.keys() - {"UTF-16"}))
@pytest.mark.parametrize("command", [(), ("train",)], ids=["dashboard", "train"])
def test_a_bad_csv_file(command: tuple[str, ...], name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, expected = BAD_CONTENTS[name]
    expected = AS_PRICES.get(name, expected)
    path = folder / "prices.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    sentence = assert_refused([*command, "--data", "prices.csv"], folder, capsys)
    assert sentence.startswith("lstm-tui: prices.csv")
    assert expected in sentence


@pytest.mark.parametrize("wrong", BAD_RUNS)
def test_a_bad_run_directory(wrong: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, changed, expected = BAD_RUNS[wrong]
    run = make_run(folder / "runs", "calm-lake")
    whole = (run / file).read_bytes()
    (run / file).write_bytes(changed(whole))
    assert (run / file).read_bytes() != whole
    sentence = assert_refused(["export", "calm-lake", "--checkpoints", "runs"], folder, capsys)
    assert expected in sentence
    before = tree(folder)
    assert cli.run(["runs", "--checkpoints", "runs"]) == 0
    assert "calm-lake" in capsys.readouterr().out
    assert tree(folder) == before
