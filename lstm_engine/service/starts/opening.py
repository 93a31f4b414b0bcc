"""Going on from what is on disk: a run, one of its older checkpoints, or a checkpoint of a plain Lightning script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import CheckpointRecord, Parent, target_from
from lstm_engine.service.starts.branch_point import BranchPoint, CheckpointFile, branch
from lstm_engine.service.starts.importing import import_checkpoint
from lstm_engine.service.starts.opened import Base, Opened
from lstm_engine.store.contents import read_contents
from lstm_engine.store.directory import RECORD, no_checkpoint_left, read_record, read_summary
from lstm_engine.store.files import bytes_at, remove_leftovers
from lstm_engine.store.holding.lock import InUseError
from lstm_engine.store.integrity import digest
from lstm_engine.store.writer import RunWriter
from lstm_engine.training.checkpoint import check_fits, loads


def open_run(directory: Path, keep: int, notify: Callable[[str], None]) -> Opened:
    """The run in `directory`, at its newest checkpoint that is whole; `notify` is told which were not, and why.

    Raises:
        InUseError: another process has it.
        UserError: it is not a run of ours, or nothing of it can be continued.
    """
    record = read_record(directory)
    columns = Columns.of(record.config)
    writer = _held(directory, columns, keep)
    try:
        writer.store.check()
        _check_files(writer)
        remove_leftovers(directory)
        base = _newest_whole(writer, record.config, notify)
        if base is None and record.parent is not None and record.parent.epoch > 0:
            raise UserError(no_checkpoint_left(directory.name))
        stages = writer.store.stages()
        epoch = base.epoch if base else 0
        return Opened(
            writer=writer,
            config=record.config,
            parent=record.parent,
            base=base,
            target=target_from(epoch, stages),
            resumes=tuple(stage.start for stage in stages if 0 < stage.start <= epoch),
            last_row=writer.store.row(epoch),
        )
    except BaseException:
        writer.close()
        raise


def _held(directory: Path, columns: Columns, keep: int) -> RunWriter:
    """The run's writer. Raises InUseError, which says what another process does with it; UserError."""
    try:
        return RunWriter(directory, columns, keep)
    except InUseError as error:
        summary = read_summary(directory)
        does = "trains" if summary is not None and summary.state == "training" else "is open"
        raise InUseError(error.run, error.who, f"run {error.run} {does} elsewhere, in {error.who}") from error


def open_checkpoint(path: Path, root: Path, config: RunConfig, keep: int, notify: Callable[[str], None]) -> Opened:
    """The run that a `.ckpt` file belongs to, where it is the newest there; else a branch that starts from it.

    Args:
        config: for a file of a plain script, which says nothing of its data.

    Raises:
        UserError: the file cannot be used; one sentence says why. Nothing was written.
        OSError, sqlite3.Error: the branch could not be written.
    """
    directory = path.resolve().parent
    if not (directory / RECORD).exists():
        return import_checkpoint(path, root, config, keep, notify)
    own = read_record(directory)
    contents = read_contents(directory, own.config)
    record = next((record for record in contents.checkpoints if record.file == path.name), None)
    if record is None:
        raise UserError(f"{path} is not on record in run {directory.name}: expected one of its own checkpoints")
    _check_whole(path, record, own.config, str(path))
    present = [other for other in contents.checkpoints if (directory / other.file).exists()]
    if record == present[-1]:
        return open_run(directory, keep, notify)
    point = BranchPoint(
        config=own.config,
        parent=Parent(directory.name, record.epoch),
        history=contents.history.truncated(record.epoch),
        stages=contents.stages,
        checkpoint=CheckpointFile(path.name, path.read_bytes()),
    )
    return branch(root, point, keep)


def _check_whole(path: Path, record: CheckpointRecord, config: RunConfig, where: str) -> None:
    """Whether the checkpoint at `path` is what `record` says was written, and of `config`'s model.

    Args:
        where: what to call it when something is wrong.

    Raises:
        UserError: one sentence says what is wrong.
    """
    try:
        data = bytes_at(path)
    except OSError as error:
        raise UserError(f"{where} cannot be read ({error.strerror})") from error
    if digest(data) != record.sha256:
        raise UserError(f"{where} is damaged: its checksum differs from the one stored when it was written")
    check_fits(loads(data, where), config, where)


def _check_files(writer: RunWriter) -> None:
    """Raises UserError where something else is in a checkpoint's place: it could not be replaced, nor removed."""
    for record in writer.store.checkpoints():
        path = writer.directory / record.file
        if path.exists() and not path.is_file():
            raise UserError(f"{path} is not a regular file: expected a checkpoint, or nothing of that name")


def _newest_whole(writer: RunWriter, config: RunConfig, notify: Callable[[str], None]) -> Base | None:
    """The newest checkpoint that is whole; None where there is none, and the seed is to start from."""
    last_epoch = writer.store.last_epoch()
    damaged = False
    for record in reversed(writer.store.checkpoints()):
        path = writer.directory / record.file
        if not path.exists():
            continue  # never finished, or pruned
        try:
            if record.epoch > last_epoch:
                raise UserError(f"{record.file} is past the history, which ends at epoch {last_epoch}")
            _check_whole(path, record, config, record.file)
        except UserError as error:
            damaged = True
            notify(str(error))
            continue
        if damaged:
            notify(f"continuing from {record.file}, after epoch {record.epoch}")
        return Base(path, record.epoch)
    if damaged:
        notify("no whole checkpoint is left: training starts again from the seed")
    return None
