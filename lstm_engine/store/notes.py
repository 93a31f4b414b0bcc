"""A run's note: a line of its user's own, in which words that begin with # are tags.

It lies in a file beside the others, so that it can be written while another process trains the run.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.store.directory import RECORD, RECORDS
from lstm_engine.store.files import bytes_at, write_durably
from lstm_engine.text import is_printable, printable

#: Its name in a run's directory.
NOTES = "notes.json"
#: Characters that a note may have.
LONGEST_NOTE = 200

#: Bytes that the file may have: each character escaped as JSON can, and as much again for what stands around it.
_LARGEST = 2 * LONGEST_NOTE * len(r"\ud83d\udd25")
#: What ends a sentence is no part of a tag.
_PUNCTUATION = ".,;:!?)"


class _Note(msgspec.Struct, frozen=True):
    """`notes.json`."""

    text: str


def note_in(directory: Path | str) -> str:
    """The run's note; empty where there is none, or one that this program did not write."""
    try:
        return _read(directory)
    except (OSError, UserError):
        return ""


def read_note(directory: Path) -> str:
    """The run's note; empty where there is none. Raises UserError where another program wrote what is there."""
    try:
        return _read(directory)
    except FileNotFoundError:
        return ""
    except (UserError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        place = printable(str(directory / NOTES))
        raise UserError(f"{place} is no note of lstm-tui ({why}): expected one, or nothing of that name") from error


def tags_in(note: str) -> tuple[str, ...]:
    """The tags of a note, without the # and each of them once."""
    words = (word[1:].rstrip(_PUNCTUATION) for word in note.split() if word.startswith("#"))
    return tuple(dict.fromkeys(filter(None, words)))


def write_note(directory: Path, text: str) -> None:
    """Puts a note to the run in place of the one it has; an empty text removes it.

    Raises:
        UserError: the text is none for a note, or it cannot be written, or what is there is no note.
    """
    note = _checked(" ".join(text.split()))
    path = directory / NOTES
    try:
        read_note(directory)  # what is none is not ours to replace
        if note:
            write_durably(path, msgspec.json.encode(_Note(note)))
            path.chmod(_mode(directory))
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        place = printable(str(path))
        raise UserError(
            f"{place} cannot be written ({error.strerror}): expected a run's folder that you may write to"
        ) from error


def _checked(note: str) -> str:
    if not is_printable(note):
        raise UserError(f"the note {printable(note)!r} holds control characters: expected printable text")
    if len(note) > LONGEST_NOTE:
        raise UserError(f"the note has {len(note)} characters: expected at most {LONGEST_NOTE}")
    return note


def _read(directory: Path | str) -> str:
    """Raises UserError where what is there is no note; OSError where it cannot be read."""
    try:
        note = msgspec.json.decode(bytes_at(f"{directory}/{NOTES}", _LARGEST), type=_Note).text
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(printable(str(error))) from error
    return _checked(note)


def _mode(directory: Path) -> int:
    """Who may read the note, and write it: whoever may the run's other files."""
    record = next((name for name in RECORDS if (directory / name).exists()), RECORD)
    return (directory / record).stat().st_mode & 0o666
