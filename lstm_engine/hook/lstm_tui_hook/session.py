"""What the hook keeps while one Trainer works at one of its entry points, in one process."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from typing import Any

from .guard import in_one_line
from .layers.gates import Gates
from .layers.layer_statistics import LayerStatistics
from .resuming.checkpoints import Checkpoints
from .resuming.exact_resume import ExactResume
from .settings import Settings
from .steering.letterbox import Letterbox
from .steering.meeting import Meeting
from .steering.steering import Steering
from .telling.epochs import Epochs, batches_of_epoch
from .telling.opening import opening
from .telling.patience import begin_anew, patience_that_ended
from .telling.phases import Phases
from .telling.post import post_of, say_nothing
from .telling.steps import Steps
from .telling.values import FreshMetrics


class Session:
    """pid: the process that it is of. Only the first process of a distributed training tells anything.

    Raises:
        OSError: the run's files cannot be opened.
    """

    def __init__(self, settings: Settings, trainer: Any, fit: int, resumed_from: str | None) -> None:
        self.pid = os.getpid()
        self._fit = fit
        self._resumed_from = resumed_from
        self._voice: Callable[..., None] = post_of(settings.run).tell if trainer.global_rank == 0 else say_nothing
        self._opened = self._ended = False
        metrics = FreshMetrics()
        self.steps = Steps(self._tell, metrics)
        self.epochs = Epochs(self._tell, metrics)
        self.phases = Phases(self._tell, metrics)
        self._layers = LayerStatistics(self._tell)
        self._gates = Gates(self._tell)
        self._first = trainer.global_rank == 0
        self.resume = ExactResume(fit)
        self.checkpoints = Checkpoints(self._tell, fit, self.resume)
        self._settings = settings
        self._letterbox: Letterbox | None = None
        self.steering: Steering | None = None

    def _tell(self, kind: str, /, **fields: Any) -> None:
        self._voice(kind, **fields)

    def give_up(self, cause: str) -> None:
        """The hook is switched off: this is the last that it tells. Raises OSError where that cannot be told."""
        tell, self._voice = self._voice, say_nothing
        with contextlib.ExitStack() as left:
            # Each of them whatever becomes of another; the last one first.
            left.callback(tell, "hook_off", cause=cause)
            left.callback(self._gates.behind_batch)
            self.leave()

    def leave(self) -> None:
        """No command comes any more."""
        if self.steering is not None:
            self.steering.leave()
        if self._letterbox is not None:
            self._letterbox.close()

    # --- entry points ------------------------------------------------------------------------------------------------

    def set_up(self, trainer: Any, module: Any) -> None:
        # A Tuner takes all callbacks away once they are set up: nothing comes after this but the end.
        if any(getattr(callback, "_early_exit", False) for callback in trainer.callbacks):
            self._open(trainer, module, "tune")
        elif trainer.state.fn.value == "fit":
            if trainer.global_rank == 0:
                self._letterbox = Letterbox(self._settings.socket)
            meeting = Meeting(trainer, self._letterbox)
            meeting.open = self._settings.socket is not None
            self.steering = Steering(
                self._tell, self._settings.run, meeting, self.checkpoints, self.steps, self._watch
            )

    def steer_nothing(self) -> None:
        """Another process of the training cannot be steered."""
        self.leave()
        self.steering = self._letterbox = None

    def open(self, trainer: Any, module: Any) -> None:
        """The module is complete, on its device, with the weights of a checkpoint: it makes itself in its own setup,
        behind ours.
        """
        self._open(trainer, module, trainer.state.fn.value)

    def _open(self, trainer: Any, module: Any, stage: str) -> None:
        if not self._opened:
            self._opened = True
            self._tell(
                "fit_opened",
                **opening(trainer, module, stage, self._fit),
                resumed_from=self._resumed_from,
                exact=self.resume.exact,
                why_not=self.resume.why_not,
            )

    def tear_down(self, trainer: Any) -> None:
        """No callback hears of the end of what a Tuner does."""
        if self._opened and trainer.state.fn.value == "fit":
            self._end(trainer, "finished")

    # --- a fit -------------------------------------------------------------------------------------------------------

    def load(self, checkpoint: dict[str, Any]) -> None:
        """Only a fit that was asked to goes on with the checkpoint's random states: a script that goes on by itself
        draws what it draws without the hook.
        """
        if self._resumed_from is not None and not self._opened:
            self.resume.take_from(checkpoint)

    def start(self, trainer: Any, module: Any) -> None:
        self.resume.begin_fit(trainer, module)
        if self._resumed_from is not None and self._settings.epochs is not None:
            begin_anew(trainer)
        self._tell(
            "fit_started",
            epoch=trainer.current_epoch,
            step=trainer.global_step,
            max_epochs=_limit(trainer.max_epochs),
            max_steps=_limit(trainer.max_steps),
            batches=batches_of_epoch(trainer),
            exact=self.resume.exact,
            why_not=self.resume.why_not,
        )
        self.steps.begin(trainer)

    def _watch(self, seconds: float, updates: bool, gates: bool, sample: int) -> None:
        """One process looks at its own: all have the same."""
        if self._first:
            self._layers.watch(seconds, updates)
            self._gates.watch(seconds if gates else 0.0, sample)

    def start_batch(self, trainer: Any, module: Any) -> None:
        self._layers.before_step(trainer, module)

    def end_of_batch(self, trainer: Any, module: Any, outputs: Any, batch: int) -> None:
        self.steps.add(trainer, outputs, batch)
        self._layers.after_step(trainer, module)

    def start_epoch(self, trainer: Any) -> None:
        self.resume.begin_epoch()
        self.epochs.begin(trainer)
        self.steps.go_on()

    def end_of_epoch(self, trainer: Any) -> None:
        self.epochs.end(trainer)

    def steer(self, trainer: Any, batch: int | None) -> None:
        """batch: of the epoch, None at its end. To be called in every process of the training."""
        if self.steering is not None:
            if batch is None:
                self.steering.behind_epoch(trainer)
            else:
                self.steering.behind_batch(trainer, batch)

    def end(self, trainer: Any) -> None:
        self.epochs.tell_end(trainer)
        self._close_letterbox()

    def _close_letterbox(self) -> None:
        if self.steering is not None and self._letterbox is not None:
            self.steering.end()
            self._letterbox.close()

    def close(self, trainer: Any) -> None:
        asked = self.steering is not None and self.steering.has_stopped
        patience = patience_that_ended(trainer) if trainer.should_stop and not asked else ""
        self._end(trainer, "stopped" if trainer.should_stop else "finished", patience)

    def _end(self, trainer: Any, reason: str, patience: str = "") -> None:
        if not self._ended:
            self._ended = True
            self._close_letterbox()
            epoch = self.epochs.completed(trainer)
            self._tell(
                "fit_ended",
                fit=self._fit,
                reason=reason,
                epoch=epoch,
                step=trainer.global_step,
                patience=patience,
            )

    def fail(self, trainer: Any, error: BaseException) -> None:
        """The script's code raised, or somebody ended the process."""
        self._gates.behind_batch()
        # Behind an error of a GPU no value can be fetched; and of several processes, the others may be gone already.
        if trainer.world_size == 1:
            with contextlib.suppress(Exception):
                self.steps.tell(trainer)
                self.epochs.tell_end(trainer)
        # Ctrl+C, and what Lightning makes of SIGTERM, are no errors.
        if isinstance(error, Exception):
            self._tell("fit_failed", cause=in_one_line(error), epoch=trainer.current_epoch, step=trainer.global_step)
        self._end(trainer, "failed" if isinstance(error, Exception) else "interrupted")

    # --- other phases ------------------------------------------------------------------------------------------------

    def begin_phase(self, trainer: Any, module: Any, phase: str, batches: Sequence[float]) -> None:
        self.open(trainer, module)
        self.steps.tell(trainer)
        self.phases.begin(trainer, phase, batches)
        if phase == "validate" and not trainer.sanity_checking:
            self._gates.begin(module)

    def end_batch_of_phase(self) -> None:
        self.phases.add()
        self._gates.behind_batch()

    def end_phase(self, trainer: Any, module: Any) -> None:
        self.phases.end(trainer)
        self._gates.end(trainer, module)
        self.steps.go_on()


def _limit(value: int | None) -> int | None:
    """Lightning's -1 is none."""
    return value if value is not None and value >= 0 else None
