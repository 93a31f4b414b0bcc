"""Carries out commands behind the steps, in every process of the training."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..guard import in_one_line
from ..resuming.checkpoints import OURS, Checkpoints
from ..resuming.place import in_the_way
from ..telling.learning_rates import learning_rates
from ..telling.steps import Steps
from .command import Command
from .meeting import Meeting
from .refusal_error import RefusalError
from .scale_learning_rates import scale_learning_rates
from .target import set_target

_FOLDER = "checkpoints"


class Steering:
    """What was commanded and is not done yet, and what does it."""

    def __init__(
        self,
        tell: Callable[..., None],
        run: str,
        meeting: Meeting,
        checkpoints: Checkpoints,
        steps: Steps,
        watch: Callable[..., None],
    ) -> None:
        self._tell = tell
        self._folder = Path(run) / _FOLDER
        self._meeting = meeting
        self._checkpoints = checkpoints
        self._steps = steps
        self._watch = watch
        self._saves: list[Command] = []
        self._stop: Command | None = None
        self._pause: Command | None = None
        self._paused = False
        self._going: Command | None = None
        self._batch: int | None = None
        self.has_stopped = False

    def behind_batch(self, trainer: Any, batch: int) -> None:
        """To be called behind every batch, in every process."""
        self._batch = batch
        self._do_all(trainer, self._meeting.behind_batch(trainer))
        self._save_and_stop(trainer)

    def behind_epoch(self, trainer: Any) -> None:
        """What waited for a better place is done here: later ones are of another epoch."""
        self._batch = None
        self._save_and_stop(trainer)
        if self._pause is not None:
            command, self._pause = self._pause, None
            self._wait(trainer, command)

    def leave(self) -> None:
        """No command comes any more. What was handed out is still carried out: the other processes do so, too."""
        self._meeting.leave()

    def end(self) -> None:
        """The fit is over."""
        waiting = [*self._saves, *(one for one in (self._stop, self._pause) if one is not None)]
        self._saves, self._stop, self._pause = [], None, None
        for command in waiting:
            self._refuse(command, "the fit has ended")

    # --- commands ----------------------------------------------------------------------------------------------------

    def _do_all(self, trainer: Any, commands: list[Command]) -> None:
        """All of them, whatever one of them comes to: the other processes do them all, too."""
        with _all_done() as one:
            for command in commands:
                with one():
                    self._do_or_refuse(trainer, command)

    def _do_or_refuse(self, trainer: Any, command: Command) -> None:
        try:
            self._do(trainer, command)
        except RefusalError as refusal:
            self._refuse(command, str(refusal))

    def _do(self, trainer: Any, command: Command) -> None:
        if command.problem:
            raise RefusalError(command.problem)
        if command.kind == "save_checkpoint":
            self._saves.append(command)
        elif command.kind == "stop_fit":
            self._stop = command
        elif command.kind == "pause":
            self._pause_at(trainer, command)
        elif command.kind == "go":
            self._go(trainer, command)
        elif command.kind == "set_target":
            set_target(trainer, **command.fields)
            limits = (None if limit in (None, -1) else limit for limit in (trainer.max_epochs, trainer.max_steps))
            self._tell("target_changed", **dict(zip(("max_epochs", "max_steps"), limits)), id=command.id)
        elif command.kind == "watch_layers":
            self._watch(**command.fields)
        elif command.kind == "scale_lr":
            factor = command.fields["factor"]
            scale_learning_rates(trainer, factor)
            rates = learning_rates(trainer)
            self._tell("lr_scaled", step=trainer.global_step, factor=factor, lr=rates, id=command.id)

    def _refuse(self, command: Command, reason: str) -> None:
        self._tell("refused", command=command.kind, reason=reason, id=command.id)

    # --- pausing -----------------------------------------------------------------------------------------------------

    def _pause_at(self, trainer: Any, command: Command) -> None:
        if command.fields["at_epoch"]:
            self._pause = command
        elif self._paused:
            self._tell_paused(trainer, command)
        else:
            self._wait(trainer, command)

    def _go(self, trainer: Any, command: Command) -> None:
        if self._paused:
            self._going = command
        elif self._pause is not None:
            self._pause = None
            self._tell("going", step=trainer.global_step, id=command.id)
        else:
            raise RefusalError("the training is not paused")

    def _tell_paused(self, trainer: Any, command: Command) -> None:
        self._tell("paused", step=trainer.global_step, epoch=trainer.current_epoch, batch=self._batch, id=command.id)

    def _wait(self, trainer: Any, command: Command) -> None:
        """Until somebody says that it goes on, or the process is to end."""
        self._paused, self._going = True, None
        faults: list[Exception] = []
        try:
            with self._kept(faults):
                self._steps.tell(trainer)
                self._tell_paused(trainer, command)
            while self._going is None and not trainer.received_sigterm and self._meeting.open:
                commands = self._meeting.in_pause(trainer)
                with self._kept(faults):
                    self._do_all(trainer, commands)
                    self._save_and_stop(trainer)
                if trainer.should_stop or self._stop is not None:
                    break
        finally:
            self._paused = False
            self._steps.go_on()
        if faults:
            raise faults[0]
        self._tell("going", step=trainer.global_step, id=None if self._going is None else self._going.id)

    @contextlib.contextmanager
    def _kept(self, faults: list[Exception]) -> Iterator[None]:
        """A fault ends no pause by itself: the other processes wait in it for this one, until the first has said its
        last word.
        """
        try:
            yield
        except Exception as error:
            faults.append(error)
            self._meeting.leave()

    # --- saving ------------------------------------------------------------------------------------------------------

    def _save_and_stop(self, trainer: Any) -> None:
        """Where this is no place to go on from exactly, a better one comes within the epoch."""
        if not self._saves and self._stop is None:
            return
        if self._batch is not None and _something_in_the_way(trainer):
            return
        saves, self._saves = self._saves, []
        stop, self._stop = self._stop, None
        with _all_done() as one:
            for command in saves:
                with one():
                    self._refuse_unsaved(command, self._save(trainer, command))
            if stop is not None:
                with one():
                    self._save_to_stop(trainer, stop)

    def _save_to_stop(self, trainer: Any, command: Command) -> None:
        error = self._save(trainer, command)
        saved = error is None
        if self._meeting.several:
            # One that stopped by itself would be waited for.
            saved = trainer.strategy.reduce_boolean_decision(saved)
        if saved:
            trainer.fit_loop.min_epochs = 0
            trainer.fit_loop.epoch_loop.min_steps = None
            trainer.should_stop = self.has_stopped = True
            self._tell("stopping", step=trainer.global_step, id=command.id)
        else:
            self._refuse_unsaved(command, error or OSError("another process could not"))

    def _refuse_unsaved(self, command: Command, error: Exception | None) -> None:
        if error is not None:
            self._refuse(command, f"the checkpoint could not be written ({in_one_line(error)}); the training goes on")

    def _save(self, trainer: Any, command: Command) -> Exception | None:
        """Returns why there is no checkpoint, None where there is. One process writes it, and all have to be there."""
        path, writes = self._folder / f"step={trainer.global_step}.ckpt", trainer.global_rank == 0
        self._checkpoints.by, self._checkpoints.id = OURS, command.id
        try:
            if writes:
                self._folder.mkdir(mode=0o700, exist_ok=True)
            trainer.save_checkpoint(path)
            if writes and path.is_file():
                path.chmod(0o600)
        except Exception as error:
            if self._meeting.several and writes:
                # The others wait where this process would have come to, had it written the file.
                with contextlib.suppress(Exception):
                    trainer.strategy.barrier("Trainer.save_checkpoint")
            return error
        finally:
            self._checkpoints.by, self._checkpoints.id = "", None
        return None


@contextlib.contextmanager
def _all_done() -> Iterator[Callable[[], contextlib.AbstractContextManager[None]]]:
    """Each thing is done in a context of its own, whatever became of the others. Raises the first one's fault then."""
    faults: list[Exception] = []

    @contextlib.contextmanager
    def one() -> Iterator[None]:
        try:
            yield
        except Exception as error:
            faults.append(error)

    yield one
    if faults:
        raise faults[0]


def _something_in_the_way(trainer: Any) -> bool:
    try:
        return bool(in_the_way(trainer))
    except AttributeError:
        # Another Lightning, where nothing is exact anyway.
        return False
