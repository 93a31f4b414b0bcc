"""Run directories: their names, what makes them, who holds them, where each of them stands.

A run is a directory under the checkpoints folder with a `run.json` (written once, last of all when the run is set up,
so that a directory without one is no run), a history, checkpoints, and a summary for lists.
"""

from __future__ import annotations

import contextlib
import datetime
import random
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig, validated
from lstm_engine.run.history import Columns, History
from lstm_engine.run.names import ADJECTIVES, NOUNS
from lstm_engine.run.records import Parent
from lstm_engine.run.records import RunState as RunState
from lstm_engine.store.database import HISTORY, Store, is_checkpoint_name
from lstm_engine.store.files import bytes_at, sync_directory, write_durably
from lstm_engine.store.integrity import Stamp
from lstm_engine.store.script_record import SCRIPT_RECORD, is_script_run
from lstm_engine.store.snapshot import open_to_read
from lstm_engine.store.sqlite_file import as_user_error
from lstm_engine.text import is_printable, printable

RECORD = "run.json"
#: What makes a folder a run, of the one kind or the other.
RECORDS = (RECORD, SCRIPT_RECORD)
SUMMARY = "summary.json"
VERSION = 1

Result = TypeVar("Result")


class RunRecord(msgspec.Struct, frozen=True, kw_only=True):
    """`run.json`: what a run is, never changed.

    version: of the directory's layout. created: UTC, ISO 8601. parent: where it branched off, if it did.
    """

    version: int
    created: str
    config: RunConfig
    parent: Parent | None = None


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """`summary.json`: where a run stood at its last save; may be deleted, comes back with the next save.

    epoch: the last epoch it can be resumed from. target: the epoch it was going to. updated: UTC, ISO 8601.
    seconds: wall time spent training in the process that wrote this, as in the event RunFinished.
    checkpoint: the one at `epoch`, by which a list sees whether it is still there and whole; None in mid-training,
        where the history is asked instead, and at epoch 0.
    model: the class of a script's module; of a run of the LSTM, the settings say it.
    """

    epoch: int
    target: int
    state: RunState
    updated: str
    train_loss: float | None = None
    predictions: dict[str, float | None] = {}
    seconds: float = 0.0
    checkpoint: Stamp | None = None
    model: str = ""


_records = msgspec.json.Decoder(RunRecord)
_summaries = msgspec.json.Decoder(Summary)


def timestamp() -> str:
    """The time now: UTC, ISO 8601, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


@contextlib.contextmanager
def new_run(root: Path, config: RunConfig, parent: Parent | None = None, name: str | None = None) -> Iterator[Path]:
    """A new run's directory under `root`, with an empty history. It is a run once the block is left.

    What the block puts there is what the run begins with. Where it raises, or the run cannot be completed, all of
    that is removed. name: None for one that is free.

    Raises:
        OSError, sqlite3.Error: it could not be written.
        UserError: the name is none for a run, or is taken.
    """
    root.mkdir(parents=True, exist_ok=True)
    directory = new_directory(root, name)
    try:
        Store.create(directory, Columns.of(config)).close()
        yield directory
        record = RunRecord(version=VERSION, created=timestamp(), config=config, parent=parent)
        write_durably(directory / RECORD, msgspec.json.format(msgspec.json.encode(record)))
        sync_directory(root)
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise


def create_run(root: Path, config: RunConfig, parent: Parent | None = None, name: str | None = None) -> Path:
    """The directory of a new run, with an empty history. Raises as `new_run` does."""
    with new_run(root, config, parent, name) as directory:
        pass
    return directory


def find_run(root: Path, source: str) -> Path:
    """The directory of the run that `source` names: a run's name under `root`, or a directory.

    Raises:
        UserError: there is no such run.
    """
    for candidate in (root / source, Path(source)):
        if any((candidate / record).exists() for record in RECORDS):
            return candidate.resolve()
    command = listing_command(root)
    raise UserError(f"no run {source!r} in {root}, and no run's directory at that path: `{command}` lists them")


def listing_command(root: Path) -> str:
    """What lists the runs in that folder, as one types it."""
    where = [] if root == Path("checkpoints") else ["--checkpoints", str(root)]  # the default of the command line
    return shlex.join(["lstm-tui", "runs", *where])


def read_record(directory: Path) -> RunRecord:
    """What `run.json` says. Raises UserError where it is missing, damaged, or of a newer version."""
    path = str(directory / RECORD)
    try:
        data = bytes_at(path)
    except OSError as error:
        if is_script_run(directory):
            raise UserError(
                f"run {directory.name} is a script's or a model of prices: expected one of the LSTM"
            ) from error
        raise UserError(f"{path} cannot be read ({error.strerror}): expected a run's settings") from error
    return record_in(data, path)


def record_in(data: bytes, path: str) -> RunRecord:
    """The record in the bytes of the file at `path`.

    Raises:
        UserError: it is damaged, of another version, or of a run that this program would not make.
    """
    place = printable(path)
    try:
        record = _records.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(f"{place} is damaged ({printable(str(error))}): expected a run's settings as JSON") from error
    if record.version != VERSION:
        raise UserError(f"{place} has version {record.version}: expected {VERSION}, the one this lstm-tui reads")
    try:
        validated(record.config)
        _check_origin(record)
    except UserError as error:
        raise UserError(f"{place}: {error}") from error
    return record


def read_summary(directory: Path | str) -> Summary | None:
    """What `summary.json` says; None where there is none, or one that this program did not write."""
    try:
        summary = _summaries.decode(bytes_at(f"{directory}/{SUMMARY}"))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    stamp = summary.checkpoint
    if stamp is not None and not is_checkpoint_name(stamp.file):
        return None
    texts = (summary.updated, summary.model, *summary.predictions)
    return summary if all(map(is_printable, texts)) else None


def no_checkpoint_left(name: str) -> str:
    """The sentence on a branch that cannot be gone on with; a run of its own starts again from its seed."""
    return f"run {name} is a branch, and none of its checkpoints is left whole to go on from"


def write_summary(directory: Path, summary: Summary) -> None:
    """Puts `summary.json` in the run's directory. Raises OSError."""
    write_durably(directory / SUMMARY, msgspec.json.encode(summary))


def read_history(directory: Path, columns: Columns) -> History:
    """The whole history of the run in `directory`, which another process may be training.

    Raises:
        UserError: it cannot be read; one sentence says why.
    """
    return query_history(directory, columns, Store.history)


def query_history(directory: Path, columns: Columns, read: Callable[[Store], Result]) -> Result:
    """What `read` makes of the history in `directory`, without holding the run. Raises UserError."""
    with contextlib.closing(open_to_read(directory, columns)) as store, as_user_error(directory / HISTORY):
        return read(store)


def new_directory(root: Path, name: str | None = None) -> Path:
    """An empty folder for a run under `root`, which is there; without a name, of one that is free.

    Raises:
        UserError: the name is none for a run, or is taken.
        OSError: it cannot be made.
    """
    if name is not None:
        check_name(name)
        try:
            (root / name).mkdir(mode=0o700)
        except FileExistsError as error:
            raise UserError(taken(name, root)) from error
        return root / name
    # Names need no seed: they must not touch the random state that initialisation draws from.
    choose = random.SystemRandom().choice
    for attempt in range(1000):
        name = f"{choose(ADJECTIVES)}-{choose(NOUNS)}" + (f"-{attempt}" if attempt > 20 else "")
        try:
            (root / name).mkdir()
        except FileExistsError:
            continue
        return root / name
    raise OSError(f"no free run name under {root}")


def check_name(name: str) -> None:
    """Raises UserError where it is no name for a run."""
    if not name or name in (".", "..") or any(not (sign.isalnum() or sign in "-_.") for sign in name):
        raise UserError(f"{name!r} is no name for a run: expected letters, digits, '-', '_' and '.'")


def check_free(name: str, root: Path) -> None:
    """Raises UserError where it is no name for a run, or is taken under `root`."""
    check_name(name)
    if (root / name).exists():
        raise UserError(taken(name, root))


def taken(name: str, root: Path) -> str:
    """The sentence on a name that a run has already."""
    return f"{name} is taken: expected a name that no run in {root} has"


def _check_origin(record: RunRecord) -> None:
    """Raises UserError where the record's words are none to show, or it branched off nowhere."""
    parent = record.parent
    for text in (record.created, *((parent.run, *parent.changed) if parent else ())):
        if not is_printable(text):
            raise UserError(f"{text!r:.200} holds control characters: expected printable text")
    if parent is not None and parent.epoch < 0:
        raise UserError(f"the run branched off at epoch {parent.epoch}: expected 0 or more")
