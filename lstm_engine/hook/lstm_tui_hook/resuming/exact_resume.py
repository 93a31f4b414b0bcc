"""Random states in every checkpoint, and the training taken up from them at the very item where it was saved."""

from __future__ import annotations

from typing import Any

from .ordinary import counts_as_known, why_not_exact
from .place import (
    INSIDE_STEP,
    STOPPED_INSIDE,
    behind_batch,
    behind_epoch,
    behind_last_batch,
    behind_validation,
    in_the_way,
)
from .random_state import only_seeds_between, random_state, set_random_state

#: Under which all of it stands in a checkpoint.
KEY = "lstm_tui"
_VERSION = 1

_NONE_THERE = "the random states are not in the checkpoint"
_UNKNOWN_START = "what this epoch drew before its first batch is not known"
_GRADIENTS = "the script steps its optimisers itself, and the gradients that it may carry over are not in it"
_EARLY_STOPPING = "an EarlyStopping looks at the epoch after it was saved"


class ExactResume:
    """exact: whether the fit, which went on from a checkpoint, ends in the bits of one that did not stop; None where
    it did not go on from one. why_not: else why not.
    """

    def __init__(self, fit: int) -> None:
        self._fit = fit
        self._loaded: dict[str, Any] | None = None
        self._before: dict[str, Any] | None = None
        # The random state in which the epoch's data loader began to read.
        self._start: dict[str, Any] | None = None
        self._begun = False
        self._never = ""
        self.exact: bool | None = None
        self.why_not = ""

    # --- saving ------------------------------------------------------------------------------------------------------

    def put_into(self, trainer: Any, checkpoint: dict[str, Any], ours: bool, behind_all: bool) -> str:
        """Returns why going on from it would not be exact; empty where it is. ours: the hook itself saves.
        behind_all: whoever saves has its turn behind all others.
        """
        why_not = self._why_not_from_here(trainer, ours, behind_all)
        checkpoint[KEY] = {
            "version": _VERSION,
            "fit": self._fit,
            "exact": not why_not,
            "why_not": why_not,
            "now": random_state(),
            "start": self._start,
        }
        if ours and not trainer.lightning_module.automatic_optimization:
            checkpoint[KEY]["gradients"] = _gradients(trainer.lightning_module)
        return why_not

    def _why_not_from_here(self, trainer: Any, ours: bool, behind_all: bool) -> str:
        if self._never:
            return self._never
        if not ours and not trainer.lightning_module.automatic_optimization:
            return _GRADIENTS
        if trainer.should_stop and not behind_last_batch(trainer):
            return STOPPED_INSIDE
        unknown = "" if self._start is not None else _UNKNOWN_START
        if behind_batch(trainer):
            return in_the_way(trainer) or unknown
        if behind_validation(trainer):
            return "" if behind_last_batch(trainer) else unknown
        if behind_epoch(trainer):
            looks = any(getattr(callback, "_check_on_train_epoch_end", False) for callback in trainer.callbacks)
            return _EARLY_STOPPING if looks and not behind_all else ""
        return INSIDE_STEP

    # --- going on ----------------------------------------------------------------------------------------------------

    def take_from(self, checkpoint: dict[str, Any]) -> None:
        """The fit goes on from this checkpoint."""
        loaded = checkpoint.get(KEY)
        if isinstance(loaded, dict) and loaded.get("version") == _VERSION:
            self._loaded = loaded
            self.exact, self.why_not = bool(loaded["exact"]), str(loaded["why_not"])
        else:
            self.exact, self.why_not = False, _NONE_THERE

    def before_loaders(self) -> None:
        """Of what comes now, only data loaders begin to read: the last hook before they do."""
        self._before = random_state()

    def begin_fit(self, trainer: Any, module: Any) -> None:
        """Training begins with the next batch; Lightning has set its counters to where the checkpoint was written."""
        self._never = why_not_exact(trainer, module)
        if not counts_as_known(trainer):
            self._loaded = None
            if self.exact is not None:
                self.exact, self.why_not = False, self._never
            return
        loop = trainer.fit_loop
        self._begun = loop.is_resuming or trainer.current_epoch == 0
        if self._loaded is not None and trainer.world_size == 1:
            loaded, self._loaded = self._loaded, None
            self._restore(trainer, loaded)
            for name, parameter in module.named_parameters():
                if name in loaded.get("gradients", {}):
                    parameter.grad = loaded["gradients"][name].to(parameter)
        elif self._before is not None and not (loop.is_resuming and loop.restarted_mid_epoch):
            self._start = self._before if only_seeds_between(self._before, random_state()) else None
        if self.exact and self._never:
            self.exact, self.why_not = False, self._never

    def _restore(self, trainer: Any, loaded: dict[str, Any]) -> None:
        loop = trainer.fit_loop
        passed = loop.epoch_loop.batch_progress.current.ready
        inside = loop.restarted_mid_epoch and passed < loop.max_batches
        if inside and loaded["start"] is not None:
            self._start = loaded["start"]
            set_random_state(loaded["start"])
            _tell_samplers(loop)
            fetcher = iter(loop._data_fetcher)
            for _ in range(passed):
                next(fetcher)
            # Lightning adds what the epoch has had so far.
            loop._data_fetcher.fetched = 0
            set_random_state(loaded["now"])
        elif loop.epoch_loop.restarted_on_last and passed >= loop.max_batches:
            # Lightning goes through the end of the epoch; the next one begins to read in the ordinary way.
            self._begun = False
            set_random_state(loaded["now"])
        else:
            self._start = None if inside else loaded["now"]
            set_random_state(loaded["now"])
            # Lightning made the iterator before it called this hook, and makes no other for this epoch.
            iter(loop._data_fetcher)

    def begin_epoch(self) -> None:
        """An epoch begins, and its data loader is to begin behind this, if it has not yet."""
        if not self._begun:
            self._start = random_state()
        self._begun = False


def _tell_samplers(loop: Any) -> None:
    """Which epoch it is, on which the order of some depends: Lightning does so only behind this."""
    for loader in loop._combined_loader.flattened:
        for sampler in (loader.sampler, getattr(loader.batch_sampler, "sampler", None)):
            tell = getattr(sampler, "set_epoch", None)
            if callable(tell):
                tell(loop.epoch_progress.current.processed)


def _gradients(module: Any) -> dict[str, Any]:
    return {name: one.grad.detach().clone() for name, one in module.named_parameters() if one.grad is not None}
