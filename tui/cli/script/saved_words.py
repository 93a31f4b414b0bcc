"""What is on disk of a script's training that has ended, and how to go on with it, in one sentence."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.script.progress import Progress, completed
from lstm_engine.text import printable
from tui.options import continue_command


def saved_words(run: Path, progress: Progress, checkpoints: Path) -> str:
    """checkpoints: the folder that its command line names."""
    saved = progress.checkpoint
    if saved is None or not Path(saved.path).exists():
        trained = f"{_place(progress.epoch, progress.step)} is lost" if progress.step else "nothing was trained yet"
        return f"{trained}: there is no checkpoint to go on from"
    command = printable(continue_command("resume", run.name, str(run), checkpoints))
    place = _place(completed(saved), saved.step)
    if (saved.fit, saved.step) == (progress.fit, progress.step):
        return f"saved at {place}; {command} goes on"
    if progress.step > saved.step and saved.fit == progress.fit:
        return f"it was at {_place(progress.epoch, progress.step)}; saved is {place}, where {command} goes on"
    return f"the newest checkpoint is of {place}, where {command} goes on"


def _place(epoch: int, step: int) -> str:
    return f"epoch {epoch}, step {step}"
