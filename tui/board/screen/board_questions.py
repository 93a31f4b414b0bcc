"""What the board asks before it steers."""

from __future__ import annotations

import math

from lstm_engine.errors import UserError
from lstm_engine.run.config import LARGEST_EPOCHS
from lstm_engine.text import printable
from tui.screens.questions import Question, epochs_in

#: The factors that a learning rate may be multiplied by.
LEAST_FACTOR, GREATEST_FACTOR = 1e-6, 1e6


def more_epochs(target: int | None, *, live: bool, patience: str = "") -> Question[int]:
    """Asks how many epochs to add. target: where training ends so far; None where it does not, or is not known.

    patience: what an EarlyStopping that ended the training waited for in vain; else empty.
    """
    lines = [f"How many epochs after epoch {target}?" if target is not None else "How many epochs more?"]
    lines.append("The training that runs goes on to there." if live else "A new process goes on from the checkpoint.")
    if patience:
        lines += [f"Patience ended it: {printable(patience)}.", "It begins anew, and may end it again sooner."]
    return Question("add epochs", lines, "10", epochs_in)


def rate_factor(rates: dict[str, float]) -> Question[float]:
    """Asks what to multiply the learning rates by. rates: those there are, by name."""
    shown = ", ".join(f"{rate:.3g}" for rate in list(dict.fromkeys(rates.values()))[:4]) or "not told yet"
    lines = [f"Multiply the learning rates ({shown}) by what?", "Schedulers go on from there."]
    return Question("learning rate × factor", lines, "0.1", factor_in)


def branch_epochs(step: int, *, newest: bool, exact: bool, why_not: str) -> Question[int]:
    """Asks to which epoch a branch is to train; 0 as its answer stands for as the script says."""
    promise = "it goes on with the same bits" if exact else f"not exact: {why_not or 'no reason was told'}"
    lines = [
        f"A new run from the {'newest ' if newest else ''}checkpoint{',' if newest else ''} at step {step:,};",
        f"{promise}.",
        "Until which epoch? Empty: as the script says.",
    ]
    return Question("branch", lines, "", _end_in, placeholder="as the script says")


def factor_in(text: str) -> float:
    """The factor in a text; raises UserError."""
    try:
        factor = float(text.strip().lstrip("×x*").strip())
    except ValueError:
        factor = math.nan
    if not LEAST_FACTOR <= factor <= GREATEST_FACTOR:
        raise UserError(f"“{text.strip()}” is no factor: expected a number, {LEAST_FACTOR:g} to {GREATEST_FACTOR:g}")
    return factor


def _end_in(text: str) -> int:
    digits = text.strip()
    if not digits:
        return 0
    if not digits.isascii() or not digits.isdigit() or not 1 <= int(digits) <= LARGEST_EPOCHS:
        raise UserError(f"“{digits}” is no epoch: expected a whole number, 1 to {LARGEST_EPOCHS:,}, or nothing")
    return int(digits)
