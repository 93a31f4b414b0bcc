"""Going on from what is on disk: a run, one of its older checkpoints, or a checkpoint of a plain Lightning script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from lightning import Callback, LightningModule, Trainer
from lightning.pytorch.utilities.exceptions import SIGTERMException

from lstm_engine import checkpoints, runs
from lstm_engine.checkpoints import Checkpoint, Progress
from lstm_engine.companies import printable
from lstm_engine.config import RunConfig, validated
from lstm_engine.durable import remove_leftovers
from lstm_engine.errors import UserError
from lstm_engine.events import Parent
from lstm_engine.files import bytes_at
from lstm_engine.history import Columns, History
from lstm_engine.integrity import digest
from lstm_engine.models import build
from lstm_engine.parameters import BY_HAND
from lstm_engine.store import CheckpointRecord, Stage
from lstm_engine.streaming import row_of
from lstm_engine.training import fit, restored_exactly
from lstm_engine.writing import RunWriter

Tell = Callable[[str], None]

#: Bytes of a stranger's past, of which nothing is known: 8 million epochs of the walk-through.
LARGEST_PAST = 512 * 1024 * 1024


@dataclass(frozen=True)
class Base:
    """A whole checkpoint on disk; epoch: completed epochs."""

    path: Path
    epoch: int


@dataclass(frozen=True)
class Opened:
    """A run on disk, its lock held.

    base: the checkpoint to go on from; None where it has none yet and starts from its seed.
    target: the epoch it was going to.
    last_row: the history's row at the base's epoch.
    """

    writer: RunWriter
    config: RunConfig
    parent: Parent | None
    base: Base | None
    target: int
    resumes: tuple[int, ...]
    last_row: list[float] | None


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
        return _import(path, root, config, keep)
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


def read_parts(directory: Path, config: RunConfig) -> tuple[History, tuple[CheckpointRecord, ...], tuple[Stage, ...]]:
    """A run's history, checkpoints and stages, read without holding the run. Raises UserError."""
    return runs.reading(
        directory, Columns.of(config), lambda store: (store.history(), store.checkpoints(), store.stages())
    )


def branch(
    root: Path,
    config: RunConfig,
    parent: Parent | None,
    history: History,
    stages: tuple[Stage, ...],
    file: str,
    data: bytes,
    keep: int,
) -> Opened:
    """A new run that stands at the end of `history`, where the checkpoint `data` was saved; no data: at its seed.

    It has its parent's target, where that is still ahead.

    Raises:
        OSError, sqlite3.Error: it could not be written.
    """
    if parent is not None:
        # A file, or a directory that was moved, can have any name; a run's settings cannot hold it.
        parent = msgspec.structs.replace(parent, run=printable(parent.run))
    epoch = history.last_epoch
    inherited = [stage for stage in stages if stage.start < epoch]
    target = max([epoch, *(stage.target for stage in inherited[-1:])])
    writers: list[RunWriter] = []

    def fill(directory: Path) -> None:
        writer = RunWriter(directory, Columns.of(config), keep)
        writers.append(writer)
        writer.begin_with(history.rows)
        if data:
            writer.write_checkpoint(file, data, epoch, "stage")
        writer.store.add_stages(inherited)

    try:
        # Without its checkpoint a branch could not be gone on with, so it is a run no sooner than that is there.
        directory = runs.create(root, config, parent, fill)
    except BaseException:
        for writer in writers:
            writer.close()
        raise
    (writer,) = writers
    base = Base(directory / file, epoch) if data else None
    last_row = history.rows[-1].tolist()
    writer.summarise(epoch, target, "paused", last_row, checkpoint=base.path if base else None)
    resumes = tuple(stage.start for stage in inherited if stage.start > 0)
    return Opened(writer, config, parent, base, target, resumes, last_row)


def _batch_size(at: Progress, config: RunConfig, where: str) -> int:
    """How many companies an optimiser step of the script saw, by its steps; raises UserError where no number fits."""
    companies = len(config.data.names)
    sizes = [size for size in range(1, companies + 1) if -(-companies // size) * at.epoch == at.step]
    if not sizes:
        raise UserError(
            f"{where} is of other data: it made {at.step} steps in {at.epoch} epochs, and {companies} companies make "
            f"{companies} an epoch, or fewer in batches"
        )
    return config.batch_size if config.batch_size in sizes else sizes[0]


def _try_out(data: bytes, config: RunConfig, at: Progress, where: str) -> None:
    """Trains an epoch on top of a stranger's checkpoint, in memory: what fails would fail the run at every attempt.

    Raises:
        UserError: it cannot be gone on from.
    """
    expected = f"expected one that a Trainer goes on from after epoch {at.epoch}"
    model = build(config)
    try:
        trainer = fit(model, at.epoch + 1, _RestoredExactly(), data)
    except SIGTERMException:
        raise UserError(f"{where} was not opened: the program was told to quit") from None
    except UserError:
        raise
    except Exception as error:  # whatever Lightning or torch raises where a part is missing or of another kind
        raise UserError(
            f"{where} cannot be gone on from ({type(error).__name__}: {error!s:.200}): {expected}"
        ) from error
    steps = at.step + -(-len(config.data.names) // config.batch_size)
    if (trainer.current_epoch, trainer.global_step) != (at.epoch + 1, steps):
        raise UserError(f"{where} counts its epochs and steps in more than one way: {expected}")


class _RestoredExactly(Callback):
    """Raises ValueError where the Trainer made something else of the checkpoint than what is in it."""

    def on_train_start(self, trainer: Trainer, _: LightningModule) -> None:
        if not restored_exactly(trainer):
            raise ValueError("it is not restored as it was saved")


def _import(path: Path, root: Path, config: RunConfig, keep: int) -> Opened:
    """A run that goes on from a plain Lightning script's checkpoint; the epochs before it are unknown: NaN."""
    checkpoint = checkpoints.load(path)
    where = str(path)
    ours = set(checkpoint["state_dict"]) == {spec.name for spec in BY_HAND}
    config = msgspec.structs.replace(config, model="by-hand" if ours else "nn-lstm")
    checkpoints.flatten_scalars(checkpoint, config)
    checkpoints.check_fits(checkpoint, config, where)
    config = validated(msgspec.structs.replace(config, lr=checkpoints.learning_rate(checkpoint, where)))
    at = checkpoints.progress(checkpoint, where)
    config = msgspec.structs.replace(config, batch_size=_batch_size(at, config, where))
    columns = Columns.of(config)
    longest = LARGEST_PAST // (4 * columns.width)
    if at.epoch > longest:
        raise UserError(
            f"{where} has {at.epoch} epochs: expected at most {longest} with this data, for a run keeps a row of each"
        )
    data = checkpoints.dumps(checkpoint)
    _try_out(data, config, at, where)
    model = build(config)
    model.load_state_dict(checkpoint["state_dict"])
    rows = np.full((at.epoch + 1, columns.width), np.nan, np.float32)
    rows[-1] = row_of(model, np.nan)
    history = History.from_rows(columns, rows)
    file = checkpoints.file_name(at.epoch, at.step)
    return branch(root, config, Parent(path.name, at.epoch), history, (), file, data, keep)
