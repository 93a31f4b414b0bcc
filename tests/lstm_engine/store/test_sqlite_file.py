"""Histories that somebody else made, to have this program harm other files, or wait for ever. A sentence, and at once.

What is damaged alone is in test_strange_runs.py.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.listing.changes import delete, rename
from lstm_engine.listing.entries import entry_of
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import CheckpointRecord
from lstm_engine.store.contents import checkpoints_of, read_contents
from lstm_engine.store.directory import read_history
from lstm_engine.store.files import remove_leftovers, write_durably
from lstm_engine.store.holding.lock import LOCK
from lstm_engine.store.sqlite_file import as_user_error
from lstm_engine.store.writer import RunWriter
from tests.support.run_folders import make_run
from tui.cli import main as cli

CONFIG = RunConfig()
COLUMNS = Columns.of(CONFIG)

#: What reading a history of a few kilobytes may take on a busy machine; what is hostile takes hours.
SECONDS = 60

#: Rows without end, from a statement that is computed where it is read.
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n)"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """An interrupted run, so that listing reads its history."""
    return make_run(tmp_path / "checkpoints", "calm-lake", epoch=20, target=40, state="training")


def change(run: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(run / "history.sqlite", isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


def refusals(run: Path, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The sentences of all ways to read a run's history: to list, to export, to compare, to branch, to train."""
    sentences = {entry_of(run).problem or ""}
    for read in (
        lambda: read_history(run, COLUMNS),
        lambda: read_contents(run, CONFIG),
        lambda: checkpoints_of(run),
        lambda: RunWriter(run, COLUMNS, 5).store.check(),
    ):
        sentences.add(sentence_of(read))
    assert cli.run(["export", run.name, "--checkpoints", str(run.parent)]) == cli.BAD_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    sentences.add(said.err.removeprefix("lstm-tui: ").strip())
    assert cli.run(["runs", "--checkpoints", str(run.parent)]) == 0
    assert "damaged" in capsys.readouterr().out
    return sentences


def sentence_of(read: Callable[[], object]) -> str:
    """What it is refused with."""
    with pytest.raises(UserError) as refused:
        read()
    return str(refused.value)


#: By what was made of a history of ours: the statements, and what the sentence tells.
REMADE: dict[str, tuple[tuple[str, ...], str]] = {
    "an endless view": (
        ("DROP TABLE stages", f"CREATE VIEW stages AS {ENDLESS} SELECT i AS start, i AS target FROM n"),  # noqa: S608
        "has another view 'stages'",
    ),
    "an endless view of epochs": (
        (
            "DROP TABLE epochs",
            f"CREATE VIEW epochs AS {ENDLESS} SELECT i AS first_epoch, 1 AS count, i AS rows FROM n",  # noqa: S608
        ),
        "has another view 'epochs'",
    ),
    "one more view": (
        (f"CREATE VIEW more AS {ENDLESS} SELECT i FROM n",),  # noqa: S608
        "holds view 'more', which no run has",
    ),
    "an endless trigger": (
        (
            "CREATE TRIGGER more BEFORE INSERT ON stages BEGIN "
            "SELECT (WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n); END",
        ),
        "holds trigger 'more', which no run has",
    ),
    "a trigger that forgets": (
        ("CREATE TRIGGER more AFTER INSERT ON epochs BEGIN DELETE FROM epochs; END",),
        "holds trigger 'more', which no run has",
    ),
    "a computed column": (
        (
            "DROP TABLE stages",
            "CREATE TABLE stages (start INTEGER NOT NULL, target INTEGER AS (length(zeroblob(900000000))))",
        ),
        "has another table 'stages'",
    ),
    "a column that checks": (
        ("DROP TABLE stages", "CREATE TABLE stages (start INTEGER NOT NULL, target INTEGER CHECK (target > 9))"),
        "has another table 'stages'",
    ),
    "one more column": (("ALTER TABLE stages ADD COLUMN more TEXT",), "has another table 'stages'"),
    "an index": (("CREATE INDEX more ON epochs(count)",), "holds index 'more', which no run has"),
    "a computed index": (
        ("CREATE INDEX more ON epochs(length(zeroblob(count * 1000000)))",),
        "holds index 'more', which no run has",
    ),
    "a virtual table": (("CREATE VIRTUAL TABLE more USING fts4(a)",), "'more"),
    "one more table": (("CREATE TABLE more (a)",), "holds table 'more', which no run has"),
    "a red table": (('CREATE TABLE "\x1b[31m" (a)',), r"holds table '\x1b[31m', which no run has"),
    "a table of statistics": (("ANALYZE",), "which no run has"),
    "another kind of journal": (("PRAGMA journal_mode = WAL",), "has a journal of another kind"),
}


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("how", REMADE)
def test_tables_that_are_not_exactly_ours_are_refused_and_not_computed(
    run: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    statements, expected = REMADE[how]
    if how == "a table of statistics":
        change(run, "CREATE INDEX more ON epochs(count)")
    change(run, *statements)
    (sentence,) = refusals(run, capsys)
    assert sentence.startswith(str(run / "history.sqlite"))
    assert expected in sentence
    assert sentence.endswith("expected the history of a run of lstm-tui")
    assert sentence.isprintable()


def pages_of(run: Path) -> tuple[bytearray, int]:
    """A history's bytes, and a page's length."""
    data = bytearray((run / "history.sqlite").read_bytes())
    return data, int.from_bytes(data[16:18], "big")


def root_page(run: Path, table: str) -> int:
    with contextlib.closing(sqlite3.connect(run / "history.sqlite")) as database:
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return int(page)


def fan_out(run: Path, table: str) -> None:
    """Pages that lead to each other: 300 ways from each to the next, eight times, to the same one page of rows."""
    root = root_page(run, table)
    data, size = pages_of(run)
    ways, depth = 300, 8
    leaf = bytes(data[(root - 1) * size : root * size])
    first = len(data) // size + 1
    for level in range(depth):
        below = first + level
        cell = struct.pack(">I", below) + b"\x01"
        begin = size - len(cell)
        page = struct.pack(">BHHHBI", 5, 0, ways, begin, 0, below) + struct.pack(">H", begin) * ways
        data += leaf if level == 0 else b""
        data += (page + bytes(begin - len(page)) + cell) if level < depth - 1 else b""
        if level == depth - 1:
            data[(root - 1) * size : root * size] = page + bytes(begin - len(page)) + cell
    data[28:32] = (len(data) // size).to_bytes(4, "big")
    (run / "history.sqlite").write_bytes(data)


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("table", ["stages", "checkpoints"])
def test_pages_that_lead_to_more_rows_than_a_file_has_room_for(run: Path, table: str) -> None:
    record = "INSERT INTO checkpoints VALUES ('epoch=19-step=40.ckpt', 20, hex(zeroblob(32)), 'timed')"
    change(run, "INSERT INTO stages VALUES (0, 40)", record)
    fan_out(run, table)
    expected = "longer to read than a history of its size"
    said = [sentence_of(RunWriter(run, COLUMNS, 5).store.check), sentence_of(lambda: read_contents(run, CONFIG))]
    listed = entry_of(run)
    assert listed.state == "damaged"
    for sentence in (*said, listed.problem or ""):
        assert expected in sentence
        assert "history.sqlite" in sentence or "the history in" in sentence


@pytest.mark.timeout(SECONDS)
def test_epochs_on_pages_that_lead_to_each_other(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fan_out(run, "epochs")
    (sentence,) = refusals(run, capsys)
    assert "a gap or damage at epoch 21" in sentence


@pytest.mark.timeout(SECONDS)
def test_a_chunk_that_is_longer_than_its_file(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page that a long value goes on in leads back to the first, so that it could be read for ever."""
    epochs, more, times = 40_000, 341, 5000
    room = 4092  # of a page of SQLite's usual length for what a value goes on in
    length = 4 * COLUMNS.width * epochs
    with contextlib.closing(sqlite3.connect(run / "history.sqlite", isolation_level=None)) as database:
        database.execute("DELETE FROM epochs")
        database.execute("INSERT INTO epochs VALUES (0, ?, zeroblob(?))", (epochs, length))
    root = root_page(run, "epochs")
    data, size = pages_of(run)
    cell = (root - 1) * size + int.from_bytes(data[(root - 1) * size + 8 :][:2], "big")

    def record(epochs: int, length: int) -> bytes:
        """As it begins: its length, its key, the kinds of its values, and the number of epochs."""
        return varint(length + 10) + b"\0\x07\0\x03" + varint(2 * length + 12) + epochs.to_bytes(3, "big")

    claimed = record(epochs + times * more, length + 4 * COLUMNS.width * times * more)
    assert (room, 4 * COLUMNS.width * more % room) == (size - 4, 0)  # as much of it stands beside the key as before
    assert data[cell:].startswith(record(epochs, length))
    data[cell : cell + len(claimed)] = claimed
    pages = [number for number in range(1, len(data) // size + 1) if number != root]
    following = {number: int.from_bytes(data[(number - 1) * size :][:4], "big") for number in pages}
    chain = [number for number in pages if following[number] in (number - 1, number + 1, 0)]
    (last,) = (number for number in chain if following[number] == 0 and number == max(chain))
    data[(last - 1) * size : (last - 1) * size + 4] = (last - 500).to_bytes(4, "big")
    (run / "history.sqlite").write_bytes(data)
    (sentence,) = refusals(run, capsys)
    assert f"tells of {epochs + times * more} epochs: expected no more than a file of its size" in sentence


def varint(number: int) -> bytes:
    """As SQLite writes it."""
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(0x80 | number & 0x7F)
    return bytes(reversed(digits))


@pytest.mark.timeout(SECONDS)
def test_a_record_as_long_as_a_book_is_not_read(run: Path) -> None:
    change(run, "INSERT INTO checkpoints VALUES (zeroblob(200000000), 3, 'x', 'timed')")
    assert "too big" in sentence_of(RunWriter(run, COLUMNS, 5).store.check)
    assert "too big" in str(entry_of(run).problem)


def hot_journal(victim: Path) -> bytes:
    """A journal as a killed SQLite leaves it after a change of several databases; `victim` stands in for what lists
    them, which SQLite deletes once all of them are rolled back.
    """
    magic = bytes.fromhex("d9d505f920a163d7")
    name = os.fsencode(victim)
    head = magic + struct.pack(">IIIII", 0, 0, 4, 512, 4096)
    tail = struct.pack(">I", 0) + name + struct.pack(">II", len(name), sum(name)) + magic
    return head.ljust(512, b"\0") + tail


def test_a_journal_that_has_another_file_deleted_is_refused(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    victim = run.parent / "victim"
    victim.write_text("precious")
    (run / "history.sqlite-journal").write_bytes(hot_journal(victim))
    (sentence,) = refusals(run, capsys)
    assert "history.sqlite-journal names another file: expected SQLite's own" in sentence
    assert victim.read_text() == "precious"


def test_a_journal_that_a_kill_left_is_rolled_back(run: Path, tmp_path: Path) -> None:
    before = read_history(run, COLUMNS).rows.tobytes()
    with contextlib.closing(sqlite3.connect(run / "history.sqlite", isolation_level=None)) as database:
        database.execute("PRAGMA cache_size = 1")
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO epochs VALUES (21, 9, zeroblob(90000))")
        left = {path.name: path.read_bytes() for path in run.iterdir()}
        database.execute("ROLLBACK")
    for name, data in left.items():
        (run / name).write_bytes(data)
    assert (run / "history.sqlite-journal").stat().st_size
    assert read_history(run, COLUMNS).rows.tobytes() == before


LINKS: dict[str, Callable[[Path, Path], None]] = {
    "a symbolic link": lambda path, target: path.symlink_to(target),
    "a hard link": lambda path, target: path.hardlink_to(target),
}


@pytest.mark.parametrize("kind", LINKS)
@pytest.mark.parametrize("file", ["history.sqlite", "history.sqlite-journal", "history.sqlite-wal", LOCK])
def test_a_link_in_a_files_place_leads_to_nobody_elses(run: Path, file: str, kind: str) -> None:
    """The other run is as it was; this one is refused."""
    other = make_run(run.parent, "other-run", epoch=30, target=40)
    target = other / "history.sqlite" if file == "history.sqlite" else run.parent / "victim"
    (run.parent / "victim").write_bytes(b"precious")
    before = target.read_bytes()
    (run / file).unlink(missing_ok=True)
    LINKS[kind](run / file, target)
    sentence = sentence_of(lambda: RunWriter(run, COLUMNS, 5))
    assert f"{run / file} is a " in sentence
    assert "link" in sentence
    if file != LOCK:  # to look at a run nobody takes its lock
        with pytest.raises(UserError, match="link"):
            read_history(run, COLUMNS)
        assert entry_of(run).state == "damaged"
    assert target.read_bytes() == before
    (run / file).unlink()
    assert read_history(other, COLUMNS).last_epoch == 30


@pytest.mark.parametrize("kind", LINKS)
@pytest.mark.parametrize("file", ["owner.json", "summary.json", "epoch=20-step=42.ckpt", ".summary.json.0.part"])
def test_a_link_where_a_file_is_replaced_is_replaced_itself(run: Path, file: str, kind: str) -> None:
    victim = run.parent / "victim"
    victim.write_bytes(b"precious")
    (run / file).unlink(missing_ok=True)
    LINKS[kind](run / file, victim)
    writer = RunWriter(run, COLUMNS, 1)
    writer.add([0.0] * COLUMNS.width)
    writer.write_checkpoint("epoch=20-step=42.ckpt", b"checkpoint", 21, "timed")
    writer.summarise(21, 40, "training", None)
    writer.write_checkpoint("epoch=21-step=44.ckpt", b"checkpoint", 21, "timed")
    writer.close()
    remove_leftovers(run)
    assert victim.read_bytes() == b"precious"


def test_of_what_lies_there_only_our_own_leftovers_are_removed(run: Path) -> None:
    (run / ".holiday.mp4.part").write_text("somebody's download")
    (run / ".summary.json.0123abcd.part").write_text("ours")
    remove_leftovers(run)
    assert (run / ".holiday.mp4.part").exists()
    assert not (run / ".summary.json.0123abcd.part").exists()
    write_durably(run / "summary.json", b"{}")


def test_a_run_that_is_a_link_is_renamed_and_deleted_as_a_link(run: Path, tmp_path: Path) -> None:
    elsewhere = make_run(tmp_path / "elsewhere", "precious", epoch=30, target=40)
    link = run.parent / "leads-elsewhere"
    link.symlink_to(elsewhere)
    assert rename(run.parent, link.name, "other-name") == run.parent / "other-name"
    assert read_history(elsewhere, COLUMNS).last_epoch == 30
    delete(run.parent, "other-name")
    assert not (run.parent / "other-name").is_symlink()
    assert read_history(elsewhere, COLUMNS).last_epoch == 30


def test_a_history_of_many_stages_and_epochs_is_within_the_bounds(run: Path) -> None:
    """A row an epoch, a stage an epoch, a checkpoint an epoch: the most steps for the least bytes."""
    many = 20_000
    writer = RunWriter(run, COLUMNS, many)
    row = np.zeros((1, COLUMNS.width), np.float32)
    with contextlib.closing(sqlite3.connect(run / "history.sqlite", isolation_level=None)) as database:
        database.execute("BEGIN")
        database.executemany("INSERT INTO stages VALUES (?, ?)", [(epoch, epoch) for epoch in range(many)])
        database.executemany(
            "INSERT INTO epochs VALUES (?, 1, ?)", [(epoch, row.tobytes()) for epoch in range(21, many)]
        )
        database.executemany(
            "INSERT INTO checkpoints VALUES (?, ?, ?, 'timed')",
            [(f"epoch={epoch - 1}-step={epoch}.ckpt", epoch, "0" * 64) for epoch in range(many)],
        )
        database.execute("COMMIT")
    writer.store.check()
    writer.store.add(many, row, CheckpointRecord(f"epoch={many}-step=1.ckpt", many, "0" * 64, "user"), ())
    writer.close()
    contents = read_contents(run, CONFIG)
    assert (len(contents.stages), len(contents.checkpoints), contents.history.last_epoch) == (many, many + 1, many)


def test_a_file_that_is_taken_away_while_it_is_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    with (
        pytest.raises(UserError, match=r"history.sqlite cannot be read \(No such file or directory\)"),
        as_user_error(path),
    ):
        path.stat()
