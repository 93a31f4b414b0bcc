"""What is known of a script's run before it says a word: the record in its directory, in place of `run.json`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.store.files import bytes_at, write_durably
from lstm_engine.text import is_printable, printable

#: Its name in a run's directory: one with it holds a script's run, one with `run.json` a run of the LSTM.
SCRIPT_RECORD = "script.json"
VERSION = 1


class ScriptRecord(msgspec.Struct, frozen=True, kw_only=True):
    """`script.json`: what is run, never changed.

    argv: the command, its program first. title: the script or module, as a person would call it.
    directory: where it runs, absolute. created: UTC, ISO 8601.
    resumed_from: the checkpoint that it goes on from, absolute. fit: of its process's fits, the one that does.
    max_epochs: where that one is to end, in place of what the script says. parent: the run that checkpoint is of;
    parent_epoch: completed epochs at it.
    commit: of the repository that the script is in, `-dirty` behind it where files differ; empty where there is none.
    tensorboard: event files for TensorBoard are written beside it.
    socket: where a script that has no keeper, as in a notebook, takes commands; empty where `owner.json` says it.
    """

    version: int = VERSION
    created: str
    argv: tuple[str, ...]
    title: str
    directory: str
    resumed_from: str | None = None
    fit: int = 0
    max_epochs: int | None = None
    parent: str | None = None
    parent_epoch: int = 0
    commit: str = ""
    socket: str = ""
    tensorboard: bool = False


_records = msgspec.json.Decoder(ScriptRecord)


def is_script_run(directory: Path) -> bool:
    """Whether it holds a script's run."""
    return (directory / SCRIPT_RECORD).is_file()


def read_script_record(directory: Path | str) -> ScriptRecord:
    """What `script.json` says. Raises UserError where it is missing, damaged, or of a newer version."""
    path = f"{directory}/{SCRIPT_RECORD}"
    try:
        record = _records.decode(bytes_at(path))
    except OSError as error:
        raise UserError(f"{printable(path)} cannot be read ({error.strerror}): expected a script's run") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        said = printable(str(error))
        raise UserError(f"{printable(path)} is damaged ({said}): expected a script's run as JSON") from error
    if record.version != VERSION:
        raise UserError(f"{printable(path)} has version {record.version}: expected {VERSION}, the one read here")
    texts = (record.created, record.title, record.parent or "", record.commit)
    if not all(map(is_printable, texts)) or record.parent_epoch < 0:
        raise UserError(f"{printable(path)} is damaged (strange values): expected a script's run")
    return record


def write_script_record(directory: Path, record: ScriptRecord) -> None:
    """Puts `script.json` in the run's directory. Raises OSError."""
    write_durably(directory / SCRIPT_RECORD, msgspec.json.format(msgspec.json.encode(record)))
