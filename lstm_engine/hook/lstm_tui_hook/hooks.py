"""What Lightning calls while it trains, and what is done then."""

from __future__ import annotations

import os
from typing import Any

from .guard import complain, guarded, in_one_line
from .session import Session
from .settings import Settings


class Hooks:
    """The methods of a callback of Lightning's, for whichever package's class it is mixed into.

    off: a fault of its own has switched it off. resumed_from: the checkpoint that the fit goes on from, if one.
    """

    def __init__(self) -> None:
        self.off = False
        self.resumed_from: str | None = None
        self._fit = 0
        self._session: Session | None = None

    def __getstate__(self) -> dict[str, Any]:
        # The process that unpickles it opens its own file.
        return {**vars(self), "_session": None}

    def fit_called(self, number: int) -> None:
        """The Trainer's fit is called, the process's one of this number."""
        self._fit = number
        self.resumed_from = None

    def switch_off(self, error: BaseException) -> None:
        """Says so, if that can be said, and lets everything go."""
        self.off = True
        try:
            if self._session is not None:
                self._session.give_up(in_one_line(error))
        except Exception as another:
            complain(another)
        complain(error)

    @property
    def _of(self) -> Session:
        """This process's session: one that was forked in between has none."""
        if self._session is None or self._session.pid != os.getpid():
            raise RuntimeError("the training was not set up in this process")
        return self._session

    # --- of every entry point of a Trainer ---------------------------------------------------------------------------

    def setup(self, trainer: Any, pl_module: Any, stage: str) -> None:
        self._session = None
        self._set_up(trainer, pl_module)
        self._agree(trainer)

    @guarded
    def _set_up(self, trainer: Any, module: Any) -> None:
        settings = Settings.from_environment()
        if settings is None or not self._speaks_for(trainer):
            self.off = True
            return
        self._session = Session(settings, trainer, self._fit, self.resumed_from)
        self._session.set_up(trainer, module)

    def _speaks_for(self, trainer: Any) -> bool:
        """A Trainer may have been given another one, by the script itself."""
        return next((one for one in trainer.callbacks if isinstance(one, Hooks)), self) is self

    @guarded
    def teardown(self, trainer: Any, pl_module: Any, stage: str) -> None:
        if self._session is not None:
            self._session.tear_down(trainer)

    @guarded
    def on_exception(self, trainer: Any, pl_module: Any, exception: BaseException) -> None:
        # What fails before all is set up is told by whoever sees the process end.
        if self._session is not None:
            self._session.fail(trainer, exception)

    # --- of a fit ----------------------------------------------------------------------------------------------------

    @guarded
    def on_fit_start(self, trainer: Any, pl_module: Any) -> None:
        self._of.open(trainer, pl_module)
        self._of.resume.before_loaders()

    @guarded
    def on_sanity_check_start(self, trainer: Any, pl_module: Any) -> None:
        # What is drawn in the check is put back behind it.
        self._of.resume.before_loaders()

    @guarded
    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        self._of.start(trainer, pl_module)

    @guarded
    def on_train_epoch_start(self, trainer: Any, pl_module: Any) -> None:
        self._of.start_epoch(trainer)

    @guarded
    def on_train_batch_start(self, trainer: Any, pl_module: Any, batch: Any, batch_idx: int) -> None:
        self._of.start_batch(trainer, pl_module)

    def on_train_batch_end(self, trainer: Any, pl_module: Any, outputs: Any, batch: Any, batch_idx: int) -> None:
        self._end_batch(trainer, pl_module, outputs, batch_idx)
        self._steer(trainer, batch_idx)

    def on_train_epoch_end(self, trainer: Any, pl_module: Any) -> None:
        self._end_epoch(trainer)
        self._steer(trainer, None)

    @guarded
    def on_train_end(self, trainer: Any, pl_module: Any) -> None:
        self._of.end(trainer)

    @guarded
    def on_fit_end(self, trainer: Any, pl_module: Any) -> None:
        self._of.close(trainer)

    # --- of the other phases -----------------------------------------------------------------------------------------

    @guarded
    def on_validation_start(self, trainer: Any, pl_module: Any) -> None:
        loaders = trainer.num_sanity_val_batches if trainer.sanity_checking else trainer.num_val_batches
        self._of.begin_phase(trainer, pl_module, "validate", loaders)

    @guarded
    def on_test_start(self, trainer: Any, pl_module: Any) -> None:
        self._of.begin_phase(trainer, pl_module, "test", trainer.num_test_batches)

    @guarded
    def on_predict_start(self, trainer: Any, pl_module: Any) -> None:
        self._of.begin_phase(trainer, pl_module, "predict", trainer.num_predict_batches)

    @guarded
    def on_validation_batch_end(self, trainer: Any, pl_module: Any, *_: Any, **__: Any) -> None:
        self._of.end_batch_of_phase()

    @guarded
    def on_test_batch_end(self, trainer: Any, pl_module: Any, *_: Any, **__: Any) -> None:
        self._of.end_batch_of_phase()

    @guarded
    def on_predict_batch_end(self, trainer: Any, pl_module: Any, *_: Any, **__: Any) -> None:
        self._of.end_batch_of_phase()

    @guarded
    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        self._of.end_phase(trainer, pl_module)

    @guarded
    def on_test_end(self, trainer: Any, pl_module: Any) -> None:
        self._of.end_phase(trainer, pl_module)

    @guarded
    def on_predict_end(self, trainer: Any, pl_module: Any) -> None:
        self._of.end_phase(trainer, pl_module)

    # --- of several processes ----------------------------------------------------------------------------------------

    @guarded
    def _end_batch(self, trainer: Any, module: Any, outputs: Any, batch: int) -> None:
        self._of.end_of_batch(trainer, module, outputs, batch)

    @guarded
    def _end_epoch(self, trainer: Any) -> None:
        self._of.end_of_epoch(trainer)

    def _agree(self, trainer: Any) -> None:
        """Where one process of a distributed training cannot be steered, none is: the others would wait for it."""
        try:
            settings = Settings.from_environment()
            if trainer.world_size == 1 or settings is None or settings.socket is None or not self._speaks_for(trainer):
                return
            ready = self._session is not None and not self.off
            if not trainer.strategy.reduce_boolean_decision(ready) and self._session is not None:
                self._session.steer_nothing()
        except Exception as error:
            self.switch_off(error)

    def _steer(self, trainer: Any, batch: int | None) -> None:
        """The processes of a distributed training wait for each other in here: one that is switched off goes on to
        meet the others until they know, and to carry out what all of them do.
        """
        try:
            if not self.off:
                self._of.steer(trainer, batch)
            elif trainer.world_size > 1 and self._session is not None:
                self._session.steer(trainer, batch)
        except Exception as error:
            if self.off:
                self._session = None
            else:
                self.switch_off(error)

    # --- of checkpoints ----------------------------------------------------------------------------------------------

    @guarded
    def checkpoint_begun(self, trainer: Any, path: Any) -> None:
        """Something is about to write a checkpoint."""
        if self._session is not None:
            self._session.checkpoints.begin(trainer, os.fspath(path))

    @guarded
    def on_save_checkpoint(self, trainer: Any, pl_module: Any, checkpoint: dict[str, Any]) -> None:
        if self._session is not None:
            self._session.checkpoints.fill(trainer, checkpoint)

    @guarded
    def on_load_checkpoint(self, trainer: Any, pl_module: Any, checkpoint: dict[str, Any]) -> None:
        if self._session is not None:
            self._session.load(checkpoint)

    @guarded
    def checkpoint_written(self, trainer: Any, path: Any) -> None:
        """It is complete."""
        if self._session is not None:
            self._session.checkpoints.tell(trainer, os.fspath(path))
