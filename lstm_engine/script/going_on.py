"""Goes on with a script's run from one of its checkpoints: in its own folder, or in a new one that branches off."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.script.event_log import events_told
from lstm_engine.script.last_progress import last_progress
from lstm_engine.script.launch import Launched, begin_script, launch
from lstm_engine.script.living import refuse_living
from lstm_engine.script.progress import completed, newer
from lstm_engine.script.script_environment import GoOn
from lstm_engine.script.script_run import CHECKPOINTS, INPUTS, set_record
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from lstm_engine.store.directory import timestamp
from lstm_engine.store.hold_file import hold_file
from lstm_engine.store.script_record import read_script_record
from lstm_engine.text import printable
from lstm_engine.weight_history.history_file import branch_history

#: Before the name of the checkpoint that a branch begins with, in its own folder.
_START = "start-"
#: Checkpoints that are named where one is gone.
_NAMED = 3


class CheckpointGoneError(UserError):
    """The run has told of the checkpoint, and its training has removed or replaced it since."""


def checkpoints_told(run: Path) -> list[CheckpointWritten]:
    """The checkpoints that the run's script has told of and that are still there, the newest first.

    Of a file that was written again, the last word. One that lies in the run's folder is found after that was renamed.

    Raises:
        UserError: what was told cannot be read.
    """
    found: dict[str, CheckpointWritten] = {}
    for event in reversed(_told(run)):
        path = checkpoint_place(run, event.path)
        if path is not None and str(path) not in found:
            found[str(path)] = msgspec.structs.replace(event, path=str(path))
    return list(found.values())


def _told(run: Path) -> list[CheckpointWritten]:
    return [event for event in events_told(run) if isinstance(event, CheckpointWritten)]


def checkpoint_place(run: Path, path: str) -> Path | None:
    """Where the checkpoint lies that was told of at that path; None where it is gone."""
    told = Path(path)
    candidates = [told]
    if told.parent.name == CHECKPOINTS:
        candidates.append(run / CHECKPOINTS / told.name)
    try:
        return next((place for place in candidates if place.exists()), None)
    except (OSError, ValueError):
        return None


def checkpoint_of(run: Path, path: Path | None = None) -> CheckpointWritten:
    """The checkpoint of the run at `path`, or else its newest.

    Raises:
        CheckpointGoneError: the run has told of that one, and it is there no more.
        UserError: there is none; one sentence says so.
    """
    found = checkpoints_told(run)
    if path is None:
        if not found:
            raise UserError(f"run {printable(run.name)} has no checkpoint to go on from: expected one that is there")
        return functools.reduce(newer, reversed(found))
    try:
        wanted = str(path.resolve())
    except (OSError, RuntimeError):
        wanted = str(path)
    for event in found:
        if wanted in (event.path, str(Path(event.path).resolve())):
            return event
    if any(wanted == event.path or str(path) == event.path for event in _told(run)):
        raise _gone(run, path)
    raise UserError(
        f"{printable(str(path))} is no checkpoint that run {printable(run.name)} has told of: expected one of those"
    )


def _gone(run: Path, path: Path) -> CheckpointGoneError:
    there = checkpoints_told(run)
    names = [f"{Path(event.path).name} at step {event.step:,}" for event in there[:_NAMED]]
    listed = printable(", ".join([*names, "…"] if len(there) > _NAMED else names))
    expected = f"expected {'one of those there are, ' if len(names) > 1 else ''}{listed}" if names else "none is left"
    return CheckpointGoneError(f"checkpoint {printable(path.name)} of run {printable(run.name)} is gone: {expected}")


def set_epochs(run: Path, checkpoint: CheckpointWritten) -> int | None:
    """Where a user, and not the script, has said that the checkpoint's fit ends; None where nobody has."""
    progress = last_progress(run)
    return progress.set_epochs if progress.fit == checkpoint.fit else None


def resume_script(run: Path, checkpoint: CheckpointWritten, max_epochs: int | None = None) -> Launched:
    """Has the script go on in its own folder. max_epochs: where its fit is to end; None as the script says.

    Raises:
        UserError: it runs already, or cannot be started.
    """
    refuse_living(run)
    return launch(run, GoOn(checkpoint.path, checkpoint.fit, max_epochs))


def branch_script(
    run: Path, checkpoint: CheckpointWritten, max_epochs: int | None = None, name: str | None = None
) -> tuple[Path, Launched]:
    """Has the script go on in a new folder beside its own, of that name or of one that is free.

    The checkpoint is held in the new folder before the script starts: the training it is of may replace it meanwhile.

    Raises:
        CheckpointGoneError: it is there no more.
        UserError: it cannot be made or started, and nothing is left of it.
    """
    record = msgspec.structs.replace(
        read_script_record(run),
        created=timestamp(),
        fit=checkpoint.fit,
        max_epochs=max_epochs,
        parent=run.name,
        parent_epoch=completed(checkpoint),
        socket="",
    )

    def furnish(branch: Path) -> GoOn:
        start = _held(run, checkpoint, branch)
        set_record(branch, msgspec.structs.replace(record, resumed_from=str(start)))
        if (run / INPUTS).is_dir():
            shutil.copytree(run / INPUTS, branch / INPUTS)
        branch_history(run, branch, completed(checkpoint))
        return GoOn(str(start), checkpoint.fit, max_epochs)

    return begin_script(run.parent, record, name, furnish)


def _held(run: Path, checkpoint: CheckpointWritten, branch: Path) -> Path:
    """Where it lies in the branch's folder from here on."""
    source = Path(checkpoint.path)
    start = branch / CHECKPOINTS / f"{_START}{source.name}"
    try:
        # What Lightning saves in a run's folder takes the former one's place whole; elsewhere who knows who writes.
        hold_file(source, start, may_share=source.parent == run / CHECKPOINTS)
    except FileNotFoundError as error:
        raise _gone(run, source) from error
    return start
