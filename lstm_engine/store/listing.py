"""All runs of a checkpoints folder: to list, rename and delete. Fast for thousands of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent, RunState
from lstm_engine.store.contents import recovered
from lstm_engine.store.directory import (
    RECORD,
    SUMMARY,
    VERSION,
    RunRecord,
    Summary,
    find_run,
    no_checkpoint_left,
    read_summary,
    record_in,
)
from lstm_engine.store.files import bytes_at
from lstm_engine.store.holding.lock import RunLock, in_use
from lstm_engine.store.holding.owner import owner_of
from lstm_engine.store.holding.pulse import Pulse, read_pulse
from lstm_engine.store.integrity import is_as_stamped
from lstm_engine.store.notes import note_in, tags_in
from lstm_engine.text import printable

EntryState = Literal["running", "paused", "stopped", "interrupted", "finished", "failed", "damaged"]

#: By what goes on in a run: its state while a process holds it, and once none does.
_STATES: dict[RunState, tuple[EntryState, EntryState]] = {
    "training": ("running", "interrupted"),
    "paused": ("paused", "stopped"),
    "finished": ("finished", "finished"),
    "failed": ("failed", "failed"),
}


class RunEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A run in the list.

    epoch: the last epoch it can be resumed from; the one it is at, of a run that a process holds and tells of.
    target: the epoch it was going to.
    state: `running` in some process; `paused`, and held by one; `stopped` and saved; `interrupted`, its process died;
        `finished`; `failed`; `damaged`, with the sentence in `problem`.
    updated: UTC, ISO 8601.
    note, tags: what its user wrote of it, and the words of that which begin with #, without the sign.
    host, pid: the process that holds it, where one does.
    per_second, watchers: epochs a second, and how many dashboards look on, where that process has told.
    """

    run: str
    state: EntryState
    epoch: int
    target: int
    train_loss: float | None
    predictions: dict[str, float | None]
    model: str
    data: str
    companies: int
    seed: int
    lr: float
    init: str
    batch_size: int
    created: str
    updated: str
    parent: Parent | None
    directory: str
    problem: str | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    host: str | None = None
    pid: int | None = None
    per_second: float | None = None
    watchers: int | None = None


def entries(root: Path) -> list[RunEntry]:
    """Every run under `root`, the last updated first; a folder without `run.json` is no run."""
    try:
        directories = [entry.path for entry in os.scandir(root) if entry.is_dir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UserError(f"{root} cannot be listed ({error.strerror}): expected the folder of all runs") from error
    listed = [entry for directory in directories if (entry := _entry_at(directory)) is not None]
    return sorted(listed, key=lambda entry: (entry.updated, entry.run), reverse=True)


def entries_in(directories: Iterable[str]) -> list[RunEntry]:
    """The runs in these directories, in their order; one without `run.json` holds no run."""
    return [entry for directory in directories if (entry := _entry_at(directory)) is not None]


def last_saved(root: Path) -> RunEntry | None:
    """The run under `root` that was saved last; None where there is none. Reads that one alone.

    Raises:
        UserError: the folder cannot be listed.
    """
    try:
        saved = [(_time_written(f"{entry.path}/{SUMMARY}"), entry.path) for entry in os.scandir(root)]
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"{root} cannot be listed ({error.strerror}): expected the folder of all runs") from error
    newest, path = max(saved, default=(0, ""))
    return entry_of(Path(path)) if newest else None


def entry_of(directory: Path) -> RunEntry:
    """One run's entry; a run that cannot be read is an entry too, and says why."""
    entry = _entry_at(str(directory))
    if entry is None:
        return _unreadable(str(directory), f"{directory / RECORD} is missing: expected a run's settings")
    return entry


def rename(root: Path, name: str, new_name: str) -> Path:
    """Gives a run another name, which is its directory's.

    Raises:
        UserError: the name is no name for a directory, is taken, or the run is in use.
    """
    if not new_name or new_name in (".", "..") or any(not (sign.isalnum() or sign in "-_.") for sign in new_name):
        raise UserError(f"{new_name!r} is no name for a run: expected letters, digits, '-', '_' and '.'")
    directory = _place(root, name)
    target = directory.parent / new_name
    if target.exists():
        raise UserError(f"{new_name} is taken: expected a name that no run in {root} has")
    try:
        _refuse_in_use(directory)
        return directory.rename(target)
    except OSError as error:
        raise UserError(f"{name} cannot be renamed ({error.strerror})") from error


def delete(root: Path, name: str) -> None:
    """Removes a run with all it holds; where a link leads to it from `root`, the link alone.

    Raises:
        UserError: there is no such run, or it is in use.
    """
    directory = _place(root, name)
    try:
        _refuse_in_use(directory)
        if directory.is_symlink():
            directory.unlink()
            return
        # Without its record the rest is no run any more, should the removal be cut short.
        (directory / RECORD).unlink()
        shutil.rmtree(directory)
    except OSError as error:
        raise UserError(f"{name} cannot be removed ({error.strerror}: {error.filename})") from error


def _place(root: Path, name: str) -> Path:
    """The run of that name as it stands in `root`, which may be a link. Raises UserError where there is none."""
    directory = find_run(root, name)
    return root / name if (root / name).is_symlink() else directory


def _time_written(summary: str) -> int:
    """When the summary was written, in nanoseconds; 0 where there is none."""
    try:
        return os.stat(summary).st_mtime_ns  # noqa: PTH116 - a Path for each of thousands takes longer than the call
    except OSError:
        return 0


def _entry_at(directory: str) -> RunEntry | None:
    """As `entry_of`; None where there is no run. Paths are text here: there may be thousands of them."""
    path = f"{directory}/{RECORD}"
    if not _is_utf8(directory) and os.path.exists(path):  # noqa: PTH110
        return _unreadable(directory, f"the name {printable(directory)} is not in UTF-8: expected one that is")
    try:
        record = record_in(bytes_at(path), path)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        return _unreadable(directory, f"{path} cannot be read ({error.strerror}): expected a run's settings")
    except UserError as error:
        return _unreadable(directory, str(error))
    summary, pulse = read_summary(directory), read_pulse(directory)
    may_be_held = pulse is not None or summary is None or summary.state == "training"
    is_held = may_be_held and in_use(Path(directory))
    if not is_held:
        pulse = None  # of a process that died
    elif pulse is not None:
        summary = _as_told(pulse, summary, record)
    held_state, left_state = _STATES[summary.state if summary else "training"]
    state, damage = held_state if is_held else left_state, None
    is_in_hand = state in ("running", "paused")
    if state == "interrupted" or (not is_in_hand and not _is_resumable(directory, summary)):
        try:
            summary = recovered(Path(directory), record, summary)
        except UserError as error:
            state, damage = "damaged", str(error)
        else:
            if summary.epoch == 0 and record.parent is not None and record.parent.epoch > 0:
                state, damage = "damaged", no_checkpoint_left(directory.rpartition("/")[2])
            elif state == "finished" and summary.epoch < summary.target:
                state = "stopped"
    entry = _entry(directory, record, summary, state, damage)
    return _with_holder(entry, pulse) if is_held else entry


def _as_told(pulse: Pulse, summary: Summary | None, record: RunRecord) -> Summary:
    """Where the process says that the run stands that holds it; it saves less often than it tells."""
    return Summary(
        epoch=pulse.epoch,
        target=pulse.target,
        state=pulse.state,
        updated=summary.updated if summary else record.created,
        train_loss=pulse.train_loss,
        predictions=summary.predictions if summary else {},
        checkpoint=summary.checkpoint if summary else None,
    )


def _with_holder(entry: RunEntry, pulse: Pulse | None) -> RunEntry:
    """The entry of a run that a process holds."""
    owner = owner_of(entry.directory)
    return msgspec.structs.replace(
        entry,
        host=owner.host if owner else None,
        pid=owner.pid if owner else None,
        per_second=pulse.per_second if pulse else None,
        watchers=pulse.watchers if pulse else None,
    )


def _is_utf8(path: str) -> bool:
    """Whether engine and dashboard can tell each other of it."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unreadable(directory: str, problem: str) -> RunEntry:
    """The entry of a run whose settings are not known; those it shows mean nothing."""
    return _entry(directory, RunRecord(version=VERSION, created="", config=RunConfig()), None, "damaged", problem)


def _entry(
    directory: str, record: RunRecord, summary: Summary | None, state: EntryState, problem: str | None
) -> RunEntry:
    config, note = record.config, note_in(directory)
    return RunEntry(
        run=directory.rpartition("/")[2],
        state=state,
        epoch=summary.epoch if summary else 0,
        target=summary.target if summary else 0,
        train_loss=summary.train_loss if summary else None,
        predictions=summary.predictions if summary else {},
        model=config.model,
        data=config.data.source,
        companies=len(config.data.names),
        seed=config.seed,
        lr=config.lr,
        init=config.init,
        batch_size=config.batch_size,
        created=record.created,
        updated=summary.updated if summary else record.created,
        parent=record.parent,
        directory=directory,
        problem=problem,
        note=note,
        tags=tags_in(note),
    )


def _is_resumable(directory: str, summary: Summary | None) -> bool:
    """Whether the run can still be resumed from where its summary says; what an older version wrote is believed."""
    stamp = summary.checkpoint if summary else None
    return stamp is None or is_as_stamped(directory, stamp)


def _refuse_in_use(directory: Path) -> None:
    lock = RunLock(directory)
    lock.hold()  # on a full disk, too: deleting a run is how to make room
    lock.release()
