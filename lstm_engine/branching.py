"""A new run from any epoch of another one, exactly: the optimiser's state too is what it was there.

From the nearest whole checkpoint at or before the epoch, the parent's settings are trained forward to it; training is
deterministic, so that ends where the parent was.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from lightning import Callback, LightningModule, Trainer

from lstm_engine import checkpoints
from lstm_engine.channel import Inbox
from lstm_engine.config import RunConfig, validated
from lstm_engine.errors import UserError
from lstm_engine.events import Parent, Quit
from lstm_engine.integrity import is_whole
from lstm_engine.models import build
from lstm_engine.opening import Opened, Tell, branch, read_parts
from lstm_engine.training import checkpoint_bytes, fit


def branch_at(
    directory: Path, config: RunConfig, epoch: int, lr: float | None, keep: int, inbox: Inbox, tell: Tell
) -> Opened:
    """A branch of the run in `directory` that stands at `epoch`.

    Args:
        config: the parent's settings. lr: the branch's learning rate; None keeps the parent's.
        inbox: a Quit that comes in while it trains forward stops it.

    Raises:
        UserError: the parent has no such epoch on disk, or a Quit came.
        OSError, sqlite3.Error: the branch could not be written.
    """
    history, records, stages = read_parts(directory, config)
    if not 0 <= epoch <= history.last_epoch:
        raise UserError(f"epoch is {epoch}: expected one that {directory.name} has saved, 0 to {history.last_epoch}")
    settings = validated(msgspec.structs.replace(config, lr=config.lr if lr is None else lr))
    earlier = [record for record in records if record.epoch <= epoch and is_whole(directory, record)]
    nearest = earlier[-1] if earlier else None
    if nearest is not None and nearest.epoch == epoch:
        file, data = nearest.file, (directory / nearest.file).read_bytes()
    elif epoch > 0:
        start = nearest.epoch if nearest else 0
        tell(f"training forward from epoch {start} to {epoch}, to be exactly there")
        file, data = _trained_forward(config, directory / nearest.file if nearest else None, epoch, inbox)
    else:
        file, data = "", b""
    parent = Parent(directory.name, epoch)
    return branch(directory.parent, settings, parent, history.truncated(epoch), stages, file, data, keep)


class _StopOnQuit(Callback):
    """Ends the forward training where the user leaves."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    def on_train_epoch_end(self, trainer: Trainer, _: LightningModule) -> None:
        if isinstance(self._inbox.peek(), Quit):
            trainer.should_stop = True


def _trained_forward(config: RunConfig, start: Path | None, epoch: int, inbox: Inbox) -> tuple[str, bytes]:
    trainer = fit(build(config), epoch, _StopOnQuit(inbox), start)
    if trainer.current_epoch < epoch:
        raise UserError("the branch was given up: the program was told to quit")
    return checkpoints.file_name(epoch, trainer.global_step), checkpoint_bytes(trainer)
