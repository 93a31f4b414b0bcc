"""A run of the LSTM as it is listed: by its settings, its summary, and the word of the process that holds it.

Fast for thousands of them: paths are text here.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.listing.run_entry import STATES, EntryState, RunEntry
from lstm_engine.run.config import RunConfig
from lstm_engine.store.contents import recovered
from lstm_engine.store.directory import (
    RECORD,
    VERSION,
    RunRecord,
    Summary,
    no_checkpoint_left,
    read_summary,
    record_in,
)
from lstm_engine.store.files import bytes_at
from lstm_engine.store.holding.lock import in_use
from lstm_engine.store.holding.owner import owner_of
from lstm_engine.store.holding.pulse import Pulse, read_pulse
from lstm_engine.store.integrity import is_as_stamped
from lstm_engine.store.notes import note_in, tags_in


def lstm_entry(directory: str) -> RunEntry | None:
    """The run of the LSTM in this directory; None where there is none.

    One that cannot be read is an entry, too, and says why.
    """
    path = f"{directory}/{RECORD}"
    try:
        record = record_in(bytes_at(path), path)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        return unreadable(directory, f"{path} cannot be read ({error.strerror}): expected a run's settings")
    except UserError as error:
        return unreadable(directory, str(error))
    summary, pulse = read_summary(directory), read_pulse(directory)
    may_be_held = pulse is not None or summary is None or summary.state == "training"
    is_held = may_be_held and in_use(Path(directory))
    if not is_held:
        pulse = None  # of a process that died
    elif pulse is not None:
        summary = _as_told(pulse, summary, record)
    held_state, left_state = STATES[summary.state if summary else "training"]
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


def unreadable(directory: str, problem: str) -> RunEntry:
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
