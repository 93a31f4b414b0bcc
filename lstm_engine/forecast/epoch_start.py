"""From where an epoch of a run can be computed again, in the bits that it was trained in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.script.event_log import events_told
from lstm_engine.script.going_on import checkpoint_place
from lstm_engine.script.progress import completed
from lstm_engine.script.vocabulary.answers import LrScaled
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import EpochEnded, FitOpened, FitStarted
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from lstm_engine.store.script_record import ScriptRecord, read_script_record
from lstm_engine.text import printable

_KEPT = (CheckpointWritten, EpochEnded, FitStarted, LrScaled)


@dataclass(frozen=True)
class EpochStart:
    """checkpoint: None where it begins from nothing.

    done: completed epochs there. is_between: that is at an epoch's end, and inside none.
    loss: of the validation at the epoch that is computed, as the run told it; None where it told none.
    """

    checkpoint: Path | None
    done: int
    is_between: bool
    loss: float | None = None

    def leads_to(self, epoch: int) -> bool:
        """Whether what is trained on from here comes by the end of that epoch."""
        return self.done < epoch or (self.done == epoch and self.is_between)


@dataclass
class _Past:
    """What the run's parameters have come from, in the order in which it was told: without what a training that went
    on from an earlier checkpoint has left behind.

    root: the checkpoint that all of it began with; empty where that was nothing.
    """

    root: str = ""
    events: list[Event] = field(default_factory=list)

    def end_of(self, epoch: int) -> EpochEnded | None:
        ends = [each for each in self.events if isinstance(each, EpochEnded) and each.epoch == epoch - 1]
        return ends[-1] if ends else None


def epoch_start(run: Path, epoch: int) -> EpochStart:
    """The newest checkpoint, of those that are there, from which the run came to that epoch, or nothing at all.

    Args:
        epoch: completed ones.

    Raises:
        UserError: it cannot be computed again; one sentence says why.
    """
    record = read_script_record(run)
    past = _past(run, record)
    end = past.end_of(epoch)
    starts = [(-1, root) for root in _root(run, record, past)] + _checkpoints(run, past)
    leading = [(place, start) for place, start in starts if start.leads_to(epoch)]
    if not leading:
        name, parent = printable(run.name), printable(record.parent or "another run")
        raise _impossible(
            epoch,
            f"run {name} branched off from {parent} at epoch {record.parent_epoch:,}, and has no checkpoint before",
        )
    place, start = max(leading, key=lambda each: each[0])
    if start.done == epoch:
        return start
    if end is None:
        raise _impossible(epoch, f"run {printable(run.name)} has not told of its end")
    for event in past.events[place + 1 :]:
        if isinstance(event, LrScaled) and event.step < end.step:
            raise _impossible(
                epoch, f"the learning rate was changed by hand at step {event.step:,}, and no checkpoint lies between"
            )
        if isinstance(event, FitStarted) and event.exact is False and event.step < end.step:
            raise _impossible(
                epoch, f"the training went on at step {event.step:,} from a checkpoint that is not exact"
            )
    return replace(start, loss=end.metrics.get("val_loss"))


def _impossible(epoch: int, why: str) -> UserError:
    return UserError(f"epoch {epoch:,} cannot be computed again: {why}")


def _past(run: Path, record: ScriptRecord) -> _Past:
    past = _Past(record.resumed_from or "")
    for event in events_told(run):
        if isinstance(event, FitOpened) and event.stage == "fit":
            past = _gone_on(run, past, event.resumed_from or "")
        elif isinstance(event, _KEPT):
            past.events.append(event)
    return past


def _gone_on(run: Path, past: _Past, path: str) -> _Past:
    """What is left of it where a training goes on from the checkpoint at that path, or begins."""
    for place, event in reversed(list(enumerate(past.events))):
        if isinstance(event, CheckpointWritten) and _is_at(run, event, path):
            # One that is written at an epoch's end is told of before that end is.
            behind = [
                each for each in past.events[place + 1 :] if isinstance(each, EpochEnded) and each.step <= event.step
            ]
            return _Past(past.root, [*past.events[: place + 1], *behind])
    return _Past(path)


def _is_at(run: Path, event: CheckpointWritten, path: str) -> bool:
    """Also where the run was renamed since."""
    return bool(path) and (event.path == path or checkpoint_place(run, event.path) == Path(path))


def _root(run: Path, record: ScriptRecord, past: _Past) -> list[EpochStart]:
    """What all of it began with, if that is there."""
    if not past.root:
        return [EpochStart(None, 0, True)]
    path = checkpoint_place(run, past.root)
    if path is None or record.resumed_from != past.root:
        return []
    begun = next((each for each in past.events if isinstance(each, FitStarted)), None)
    is_between = begun is not None and begun.batches is not None and begun.step == begun.batches * record.parent_epoch
    return [EpochStart(path, record.parent_epoch, is_between)]


def _checkpoints(run: Path, past: _Past) -> list[tuple[int, EpochStart]]:
    """Those that are there, and from which going on is exact, each with its place among what was told."""
    found = []
    for place, event in enumerate(past.events):
        if isinstance(event, CheckpointWritten) and event.exact:
            path = checkpoint_place(run, event.path)
            if path is not None:
                found.append((place, EpochStart(path, completed(event), event.batch is None)))
    return found
