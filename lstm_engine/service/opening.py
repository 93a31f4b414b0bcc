"""Going on from what is on disk: a run, one of its older checkpoints, or a checkpoint of a plain Lightning script."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import CheckpointRecord, Parent
from lstm_engine.service.importing import import_checkpoint
from lstm_engine.service.opened import Base, Opened, Tell, branch, read_parts
from lstm_engine.store import directory as runs
from lstm_engine.store.files import bytes_at, remove_leftovers
from lstm_engine.store.integrity import digest
from lstm_engine.store.writer import RunWriter
from lstm_engine.training import checkpoint as checkpoints
from lstm_engine.training.checkpoint import Checkpoint


def open_run(directory: Path, keep: int, tell: Tell) -> Opened:
    """The run in `directory`, at its newest checkpoint that is whole; `tell` hears which were not, and why.

    Raises:
        UserError: it is in use, not a run of ours, or nothing of it can be continued.
    """
    record = runs.read_record(directory)
    columns = Columns.of(record.config)
    writer = RunWriter(directory, columns, keep)
    try:
        writer.store.check()
        _check_files(writer)
        remove_leftovers(directory)
        found = _newest_good(writer, record.config, tell)
        if found is None and record.parent is not None and record.parent.epoch > 0:
            raise UserError(runs.lost(directory.name))
        stages = writer.store.stages()
        epoch = found.epoch if found else 0
        return Opened(
            writer=writer,
            config=record.config,
            parent=record.parent,
            base=found,
            target=max([epoch, *(stage.target for stage in stages[-1:])]),
            resumes=tuple(stage.start for stage in stages if 0 < stage.start <= epoch),
            last_row=writer.store.row(epoch),
        )
    except BaseException:
        writer.close()
        raise


def _check_files(writer: RunWriter) -> None:
    """Raises UserError where something else is in a checkpoint's place: it could not be replaced, nor removed."""
    for record in writer.store.checkpoints():
        path = writer.directory / record.file
        if path.exists() and not path.is_file():
            raise UserError(f"{path} is not a regular file: expected a checkpoint, or nothing of that name")


def _newest_good(writer: RunWriter, config: RunConfig, tell: Tell) -> Base | None:
    last_epoch = writer.store.last_epoch()
    damaged = False
    for record in reversed(writer.store.checkpoints()):
        path = writer.directory / record.file
        if not path.exists():
            continue  # never finished, or pruned
        try:
            if record.epoch > last_epoch:
                raise UserError(f"{record.file} is past the history, which ends at epoch {last_epoch}")
            check_whole(path, record, config, record.file)
        except UserError as error:
            damaged = True
            tell(str(error))
            continue
        if damaged:
            tell(f"continuing from {record.file}, after epoch {record.epoch}")
        return Base(path, record.epoch)
    if damaged:
        tell("no whole checkpoint is left: training starts again from the seed")
    return None


def check_whole(path: Path, record: CheckpointRecord, config: RunConfig, where: str) -> Checkpoint:
    """The checkpoint at `path`, if it is what `record` says was written, and of `config`'s model.

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
    checkpoint = checkpoints.loads(data, where)
    checkpoints.check_fits(checkpoint, config, where)
    return checkpoint


def open_checkpoint(path: Path, root: Path, config: RunConfig, keep: int, tell: Tell) -> Opened:
    """The run that a `.ckpt` file belongs to, where it is the newest there; else a branch that starts from it.

    Args:
        config: for a file of a plain script, which says nothing of its data.

    Raises:
        UserError: the file cannot be used; one sentence says why. Nothing was written.
        OSError, sqlite3.Error: the branch could not be written.
    """
    directory = path.resolve().parent
    if not (directory / runs.RECORD).exists():
        return import_checkpoint(path, root, config, keep)
    own = runs.read_record(directory)
    history, records, stages = read_parts(directory, own.config)
    record = next((record for record in records if record.file == path.name), None)
    if record is None:
        raise UserError(f"{path} is not on record in run {directory.name}: expected one of its own checkpoints")
    check_whole(path, record, own.config, str(path))
    present = [other for other in records if (directory / other.file).exists()]
    if record == present[-1]:
        return open_run(directory, keep, tell)
    data = path.read_bytes()
    parent = Parent(directory.name, record.epoch)
    return branch(root, own.config, parent, history.truncated(record.epoch), stages, path.name, data, keep)
