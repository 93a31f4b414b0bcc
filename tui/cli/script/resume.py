"""`lstm-tui resume` on a script's run: from one of its checkpoints, by a new process of the same script."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from lstm_engine.errors import UserError
from lstm_engine.script.going_on import branch_script, checkpoint_of, resume_script, set_epochs
from lstm_engine.script.last_progress import last_progress
from lstm_engine.script.progress import completed
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from lstm_engine.store.holding.lock import in_use
from lstm_engine.text import printable
from tui.cli.script.taking_part import check_screen, take_part


def resume_run(run: Path, checkpoints: Path, values: dict[str, Any]) -> int:
    """Go on as the options say, and then leave it, wait for it or show it; the exit status.

    Where it is at its target, and nobody has said how many epochs more, it is shown as it is.

    Raises:
        UserError: it runs already, or there is nothing to go on from or to.
        OSError: the output cannot be written.
    """
    from tui.cli import arguments

    epochs, source = arguments.epochs(values), values["source_checkpoint"]
    if values["name"] is not None and source is None:
        raise UserError("--name is given without --from: expected both, as a run that goes on keeps its name")
    is_open = source is None and in_use(run)
    if is_open and epochs is not None:
        name = printable(run.name)
        raise UserError(f"--epochs is given with run {name}, which is open already: a on its board adds epochs")
    check_screen(values)
    if is_open:
        if values["detach"] or values["no_screen"]:
            raise UserError(f"run {printable(run.name)} is open already: expected one that is not")
        from tui.cli.script.board import show_board

        return show_board(run, values)
    checkpoint = checkpoint_of(run, source)
    if epochs is None:
        if at_end := _at_end(run, checkpoint):
            if values["detach"] or values["no_screen"] or source is not None:
                raise UserError(f"run {printable(run.name)} {at_end}: add epochs with --epochs N")
            from tui.cli.script.board import show_board

            return show_board(run, values)
        max_epochs = set_epochs(run, checkpoint)
    else:
        max_epochs = completed(checkpoint) + epochs
    if source is None:
        place, launched = run, resume_script(run, checkpoint, max_epochs)
    else:
        place, launched = branch_script(run, checkpoint, max_epochs, values["name"])
    return take_part(place, launched, checkpoints, values, sys.stdout)


def _at_end(run: Path, checkpoint: CheckpointWritten) -> str:
    """How the run is at an end behind which nothing is left to train; empty where there is something."""
    progress = last_progress(run)
    if progress.fit != checkpoint.fit:
        return ""
    if progress.patience and checkpoint.step >= progress.step:
        return f"is at its end, epoch {completed(checkpoint)}, by its patience ({printable(progress.patience)})"
    target = progress.max_epochs
    return f"is at its target, epoch {target}" if target is not None and completed(checkpoint) >= target else ""
