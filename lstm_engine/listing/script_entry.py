"""A script's run as it is listed: by its record, its summary, the word of its keeper, and what its events say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.listing.price_ratio import price_ratio
from lstm_engine.listing.price_settings import price_settings
from lstm_engine.listing.run_entry import STATES, EntryState, RunEntry
from lstm_engine.run.records import Parent, RunState
from lstm_engine.script.last_progress import last_progress
from lstm_engine.script.living import lives
from lstm_engine.script.progress import Progress
from lstm_engine.store.directory import Summary, read_summary
from lstm_engine.store.holding.lock import in_use
from lstm_engine.store.holding.owner import owner_of
from lstm_engine.store.holding.pulse import Pulse, read_pulse
from lstm_engine.store.notes import note_in, tags_in
from lstm_engine.store.script_record import ScriptRecord, read_script_record


@dataclass(frozen=True)
class _Standing:
    """Where a run stands, whoever says so; pid, host: of the process that has it, where one does."""

    state: EntryState
    epoch: int = 0
    target: int = 0
    loss: float | None = None
    model: str = ""
    updated: str = ""
    pid: int | None = None
    host: str | None = None
    per_second: float | None = None
    steps_per_second: float | None = None


def script_entry(directory: str) -> RunEntry | None:
    """The script's run in this directory; None where there is none.

    One that cannot be read is an entry, too, and says why.
    """
    try:
        record = read_script_record(directory)
    except UserError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError | IsADirectoryError):
            return None
        nothing = ScriptRecord(created="", argv=(), title="", directory="")
        return _entry(directory, nothing, _Standing("damaged"), str(error))
    summary, pulse = read_summary(directory), read_pulse(directory)
    if summary is not None and pulse is None and summary.state != "training":
        return _entry(directory, record, _left(summary))
    if in_use(Path(directory)):
        return _entry(directory, record, _kept(directory, summary, pulse))
    return _entry(directory, record, _by_events(last_progress(directory), summary))


def _left(summary: Summary) -> _Standing:
    """As its keeper left it."""
    _, state = STATES[summary.state]
    return _Standing(state, summary.epoch, summary.target, summary.train_loss, summary.model, summary.updated)


def _kept(directory: str, summary: Summary | None, pulse: Pulse | None) -> _Standing:
    """As its keeper has it."""
    owner = owner_of(directory)
    told: RunState = pulse.state if pulse else "training"
    return _Standing(
        state=STATES[told][0],
        epoch=pulse.epoch if pulse else summary.epoch if summary else 0,
        target=pulse.target if pulse else summary.target if summary else 0,
        loss=pulse.train_loss if pulse else summary.train_loss if summary else None,
        model=summary.model if summary else "",
        updated=summary.updated if summary else "",
        pid=owner.pid if owner else None,
        host=owner.host if owner else None,
        per_second=pulse.per_second if pulse else None,
        steps_per_second=pulse.steps_per_second if pulse else None,
    )


def _by_events(progress: Progress, summary: Summary | None) -> _Standing:
    """As its script tells, which nobody keeps: its keeper was killed, or it trains in a notebook."""
    is_alive = lives(progress)
    held, left = STATES[progress.state if is_alive else progress.left_state]
    return _Standing(
        state=held if is_alive else left,
        epoch=progress.epoch,
        target=progress.target,
        loss=progress.loss,
        model=progress.model,
        updated=summary.updated if summary else "",
        pid=progress.pid if is_alive else None,
        host=(progress.host or None) if is_alive else None,
    )


def _entry(directory: str, record: ScriptRecord, standing: _Standing, problem: str | None = None) -> RunEntry:
    note, settings = note_in(directory), price_settings(directory)
    entry = RunEntry(
        run=directory.rpartition("/")[2],
        kind="lightning",
        state=standing.state,
        epoch=standing.epoch,
        target=standing.target,
        train_loss=standing.loss,
        model=standing.model,
        title=record.title,
        created=record.created,
        updated=standing.updated or record.created,
        parent=Parent(record.parent, record.parent_epoch) if record.parent is not None else None,
        directory=directory,
        problem=problem,
        note=note,
        tags=tags_in(note),
        host=standing.host,
        pid=standing.pid,
        per_second=standing.per_second,
        steps_per_second=standing.steps_per_second,
    )
    if settings is None:
        return entry
    return msgspec.structs.replace(
        entry,
        model=settings.model,
        hidden=settings.hidden,
        ratio=price_ratio(directory),
        data=record.title,
        seed=settings.seed,
        lr=settings.lr,
        batch_size=settings.batch_size,
    )
