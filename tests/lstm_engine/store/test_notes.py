"""A run's note: written and read, also while another program has the run; what is none is refused and left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.listing.entries import entry_of
from lstm_engine.store.directory import RECORD
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.notes import LONGEST_NOTE, NOTES, note_in, tags_in, write_note
from tests.support.folder_contents import contents
from tests.support.run_folders import make_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return make_run(tmp_path, "calm-lake")


@pytest.mark.parametrize("text", ["the best so far #keep", "#a #b", "東京 #电", "🔥" * LONGEST_NOTE, "می‌خواهم"])
def test_a_note_is_read_as_it_was_written(run: Path, text: str) -> None:
    write_note(run, text)
    assert note_in(run) == note_in(str(run)) == text


def test_an_empty_text_removes_it_and_leaves_the_folder_as_it_was(run: Path) -> None:
    before = contents(run)
    write_note(run, "")
    write_note(run, "good")
    write_note(run, "  ")
    assert note_in(run) == ""
    assert contents(run) == before


def test_ends_of_lines_are_spaces(run: Path) -> None:
    write_note(run, " one\n\ttwo  three ")
    assert note_in(run) == "one two three"


@pytest.mark.parametrize(
    ("note", "tags"),
    [
        ("", ()),
        ("no tag, C# neither, nor a # alone", ()),
        ("#keep this, #then that: #keep #x2.", ("keep", "then", "x2")),
        ("##", ("#",)),
    ],
)
def test_words_that_begin_with_a_number_sign_are_tags(note: str, tags: tuple[str, ...]) -> None:
    assert tags_in(note) == tags


def test_a_list_shows_note_and_tags(run: Path) -> None:
    write_note(run, "the best #keep")
    found = entry_of(run)
    assert (found.note, found.tags) == ("the best #keep", ("keep",))


def test_a_run_that_is_held_takes_a_note(run: Path) -> None:
    lock = RunLock(run)
    lock.acquire()
    write_note(run, "still training")
    lock.release()
    assert note_in(run) == "still training"


@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_who_may_read_the_run_may_read_its_note(run: Path, mode: int) -> None:
    (run / RECORD).chmod(mode)
    write_note(run, "good")
    assert (run / NOTES).stat().st_mode & 0o777 == mode


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\x1b[31mred", "holds control characters"),
        ("a\udcff", "holds control characters"),
        ("x" * (LONGEST_NOTE + 1), "has 201 characters: expected at most 200"),
    ],
)
def test_what_is_no_note_is_refused(run: Path, text: str, told: str) -> None:
    write_note(run, "good")
    with pytest.raises(UserError, match=told):
        write_note(run, text)
    assert note_in(run) == "good"


@pytest.mark.parametrize(
    "there",
    [
        *(b"", b"{", b"[]", b'{"text": 5}', b'{"text": "a\\u001b[2J"}', b"\xff", b"[" * 10_000),
        b'{"text": "%s"}' % (b"x" * 201),
    ],
)
def test_what_another_program_put_there_is_not_shown_and_not_replaced(run: Path, there: bytes) -> None:
    (run / NOTES).write_bytes(there)
    assert note_in(run) == ""
    with pytest.raises(UserError, match="is no note of lstm-tui"):
        write_note(run, "good")
    assert (run / NOTES).read_bytes() == there
    assert entry_of(run).problem is None


def test_a_pipe_a_folder_and_a_file_that_fills_the_memory_are_not_read(run: Path) -> None:
    os.mkfifo(run / NOTES)
    assert note_in(run) == ""
    (run / NOTES).unlink()
    (run / NOTES).mkdir()
    assert note_in(run) == ""
    with pytest.raises(UserError, match="Is a directory"):
        write_note(run, "")
    (run / NOTES).rmdir()
    with (run / NOTES).open("wb") as file:
        file.truncate(1 << 40)
    assert note_in(run) == ""


def test_a_folder_that_is_gone_is_told_and_stays_gone(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        write_note(tmp_path / "none", "good")
    assert list(tmp_path.iterdir()) == []
