"""The checkpoints that are written, whoever writes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .exact_resume import ExactResume
from .place import behind_batch

OURS = "lstm-tui"
_ONLY_WEIGHTS = "only the weights are in it"


class Checkpoints:
    """Tells of each when it is complete. by: whose the next one is, where it is the hook's own; id: the command's."""

    def __init__(self, tell: Callable[..., None], fit: int, resume: ExactResume) -> None:
        self._tell = tell
        self._fit = fit
        self._resume = resume
        self._why_not = self._writer = ""
        self.by = ""
        self.id: str | None = None

    def begin(self, trainer: Any, path: str) -> None:
        """One is about to be written. Where the weights alone are, nobody is asked to put anything into it."""
        self._why_not = _ONLY_WEIGHTS
        self._writer = self.by or _callback_of(trainer, Path(path))

    def fill(self, trainer: Any, checkpoint: dict[str, Any]) -> None:
        """Puts into it what Lightning does not."""
        behind_all = self._writer not in ("", OURS)
        self._why_not = self._resume.put_into(trainer, checkpoint, self.by == OURS, behind_all)

    def tell(self, trainer: Any, path: str) -> None:
        """It lies at this path. One that is hidden is a tool's own, which it removes again; one that is not there yet
        is written by another thread, and may never be complete.
        """
        remote, file = "://" in path, Path(path)
        if file.name.startswith(".") or not (remote or file.exists()):
            return
        self._tell(
            "checkpoint_written",
            path=path if remote else str(file.absolute()),
            epoch=trainer.current_epoch,
            step=trainer.global_step,
            by=self._writer or type(trainer).__name__,
            batch=trainer.fit_loop.batch_idx if behind_batch(trainer) else None,
            exact=not self._why_not,
            why_not=self._why_not,
            fit=self._fit,
            id=self.id,
        )


def _callback_of(trainer: Any, path: Path) -> str:
    """The class of the callback that keeps its checkpoints in the file's folder; empty where the script itself saves.
    Lightning gives these their turn behind all others.
    """
    for callback in trainer.checkpoint_callbacks:
        directory = getattr(callback, "dirpath", None)
        if directory is not None and Path(directory).absolute() == path.absolute().parent:
            return type(callback).__name__
    return ""
