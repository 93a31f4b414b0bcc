"""A history's SQLite file, which may come from anywhere: opened only where it is made as ours are, and within bounds.

SQLite does what a database asks of it: a view computes for ever, a trigger writes, a journal has another file deleted,
a page that leads back to itself never ends. None of that is in a history of ours.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from lstm_engine.errors import UserError
from lstm_engine.store.own_file import check_own
from lstm_engine.text import printable

_VERSION = 1

_APPLICATION = 0x4C53544D  # "LSTM"

#: What a sentence on a file that is none says.
EXPECTED = "the history of a run of lstm-tui"

#: What SQLite looks for beside a database.
_BESIDE = ("-journal", "-wal", "-shm")

#: What a journal ends in where it belongs to several databases; the name of a file that SQLite deletes precedes it.
_SHARED_JOURNAL = bytes.fromhex("d9d505f920a163d7")

_SCHEMA = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
CREATE TABLE epochs (first_epoch INTEGER PRIMARY KEY, count INTEGER NOT NULL, rows BLOB NOT NULL);
CREATE TABLE stages (start INTEGER NOT NULL, target INTEGER NOT NULL);
CREATE TABLE checkpoints (
    file TEXT PRIMARY KEY, epoch INTEGER NOT NULL, sha256 TEXT NOT NULL, reason TEXT NOT NULL
);
"""

#: SQLite's steps between two looks at how many were made.
_STEPS = 100_000

#: Above what any value of ours takes apart from an epoch's numbers, and what lies on one page.
_SHORT = 1 << 16


class HistoryFile(sqlite3.Connection):
    """A connection whose statements each take no more steps than a history of the file's size needs.

    Raises, from a statement that takes more:
        sqlite3.OperationalError
    """

    path: Path
    _left = 0
    _image_size: int | None = None

    @classmethod
    def connect(cls, path: Path) -> HistoryFile:
        """A connection to a file that is there, which commits each statement by itself. Raises sqlite3.Error."""
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5, isolation_level=None, factory=cls
        )
        connection._guard(path)
        connection.execute("PRAGMA synchronous = EXTRA")
        return connection

    @classmethod
    def holding(cls, path: Path, image: bytes) -> HistoryFile:
        """A connection to a copy in memory of what the file at `path` held. Raises sqlite3.Error."""
        connection = sqlite3.connect(":memory:", isolation_level=None, factory=cls)
        if image:  # an empty file is an empty database, but no image
            connection.deserialize(image)
        connection._image_size = len(image)
        connection._guard(path)
        return connection

    @property
    def size(self) -> int:
        """Of the file, in bytes; 0 where it is gone."""
        if self._image_size is not None:
            return self._image_size
        return self.path.stat().st_size if self.path.exists() else 0

    def _guard(self, path: Path) -> None:
        self.path = path
        self.set_progress_handler(self._is_over, _STEPS)
        self.execute("PRAGMA trusted_schema = OFF")

    def execute(self, statement: str, values: Any = (), /) -> sqlite3.Cursor:
        # The smallest row takes more bytes than steps.
        self._left = 10 + self.size // _STEPS
        return super().execute(statement, values)

    @contextlib.contextmanager
    def short_values(self) -> Iterator[None]:
        """Refuses longer values than fit a page: one that says it is a gigabyte long would be read whole."""
        before = self.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _SHORT)
        try:
            yield
        finally:
            self.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)

    def _is_over(self) -> bool:
        self._left -= 1
        return self._left < 0


def create(path: Path) -> HistoryFile:
    """A new, empty history, committed. Raises OSError, sqlite3.Error."""
    # SQLite itself would let nobody but the owner write to it, whatever the umask says.
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    connection = HistoryFile.connect(path)
    connection.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
    return connection


def open_checked(path: Path) -> HistoryFile:
    """The history at `path`, of our tables and nothing else.

    Raises:
        UserError: there is none, it is not one of ours, or another version wrote it.
    """
    check_place(path)
    return _checked(path, lambda: HistoryFile.connect(path))


def open_image(path: Path, image: bytes) -> HistoryFile:
    """The same for what the file at `path` held, which is not touched. Raises UserError."""
    check_header(path, image)
    return _checked(path, lambda: HistoryFile.holding(path, image))


def _checked(path: Path, connect: Callable[[], HistoryFile]) -> HistoryFile:
    with as_user_error(path):
        connection = connect()
    try:
        with as_user_error(path):
            _check_made_by_us(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def check_place(path: Path) -> None:
    """Raises UserError where at `path`, or beside it, is something else than a history and SQLite's own files."""
    if not check_own(path, EXPECTED):
        raise UserError(f"{path} is missing: expected {EXPECTED}")
    for beside in _BESIDE:
        check_own(path.with_name(f"{path.name}{beside}"), "SQLite's own, or nothing of that name")
    _check_journals(path)


@contextlib.contextmanager
def as_user_error(path: Path) -> Iterator[None]:
    """Turns sqlite3.Error into UserError, and the OSError of a file that is taken away meanwhile."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        over = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
        why = "it is longer to read than a history of its size" if over else getattr(error, "strerror", str(error))
        raise UserError(f"{path} cannot be read ({printable(why)}): expected {EXPECTED}") from error


def _check_journals(path: Path) -> None:
    """Raises UserError where SQLite would write or delete other files than the history and a journal of its own."""
    try:
        with path.open("rb") as file:
            check_header(path, file.read(20))
        journal = journal_of(path)
        with contextlib.suppress(FileNotFoundError), journal.open("rb") as file:
            file.seek(max(0, journal.stat().st_size - len(_SHARED_JOURNAL)))
            if file.read() == _SHARED_JOURNAL:
                raise UserError(f"{journal} names another file: expected SQLite's own, or nothing of that name")
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}): expected {EXPECTED}") from error


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what a transaction writes over, as long as it is not committed."""
    return path.with_name(f"{path.name}-journal")


def check_header(path: Path, data: bytes) -> None:
    """Raises UserError where a database that begins so has its newest epochs in another file."""
    if data.startswith(b"SQLite format 3\0") and data[18:20] != b"\1\1":
        raise UserError(f"{path} has a journal of another kind, such as WAL: expected {EXPECTED}")


def _check_made_by_us(connection: HistoryFile) -> None:
    """Raises UserError, sqlite3.Error."""
    path = connection.path
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION:
        raise UserError(f"{path} is another program's database: expected {EXPECTED}")
    if version != _VERSION:
        raise UserError(f"{path} has version {version}: expected {_VERSION}, the one this lstm-tui reads")
    with connection.short_values():
        found = _made(connection)
    expected = _expected()
    for name, made in found.items():
        if name not in expected:
            raise UserError(f"{path} holds {made[0]} {name!r:.100}, which no run has: expected {EXPECTED}")
        if made != expected[name]:
            raise UserError(f"{path} has another {made[0]} {name!r:.100} than a run has: expected {EXPECTED}")
    for name in expected:
        if name not in found:
            raise sqlite3.OperationalError(f"no such table: {name}")


def _made(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """What a database is made of, by name: its kind, whose it is, and the statement that makes it."""
    made: Iterable[tuple[object, ...]] = connection.execute("SELECT name, type, tbl_name, sql FROM sqlite_master")
    return {str(name): tuple(" ".join(str(text).split()) for text in rest) for name, *rest in made}


def _expected() -> dict[str, tuple[str, ...]]:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_SCHEMA)
        return _made(connection)
