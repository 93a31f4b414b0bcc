"""The words of the status lines: pure functions from plain values to text of a fixed width, so that nothing jitters.

Nothing here imports numpy or Textual: the first frame needs these words before either may be loaded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from lstm_engine.config import RunConfig
from lstm_engine.events import AddEpochs, Branch, Command, NewRun, OpenRun, Parent, Pause, Quit, Reseed, Save, Train

#: What each state is marked with, so that it is told apart without colour too.
GLYPHS = {"loading": "◌", "ready": "○", "training": "●", "paused": "‖", "finished": "✓", "failed": "✗"}

_ASCII = str.maketrans(
    {
        "◌": "~",
        "○": "o",
        "●": "*",
        "‖": "=",
        "✓": "+",
        "✗": "!",
        "·": "|",
        "…": "...",
        "━": "#",
        "╸": "#",
        "╌": "-",
        "─": "-",
        "×": "x",
        "←": "<",
        "→": ">",
        "▸": ">",
        "▲": "^",
        "▼": "v",
        "“": '"',
        "”": '"',
        "–": "-",
    }
)


def ascii_only(text: str) -> str:
    """The text for a terminal that knows no more than ASCII; what has no equal becomes a question mark."""
    return text.translate(_ASCII).encode("ascii", "replace").decode()


def fixed(value: float, decimals: int = 4, *, signed: bool = False) -> str:
    """A number to so many decimals. What is rounded to zero has no sign: -0.000 would be a riddle."""
    text = f"{value:{'+' if signed else ''}.{decimals}f}"
    return text.lstrip("+-") if float(text) == 0 else text


def number(value: float, width: int, decimals: int = 4, *, signed: bool = False) -> str:
    """A number right-aligned in `width` cells, its point always at the same place; `nan` and `inf` as such.

    What is too wide for that many decimals is written with an exponent.
    """
    sign = "+" if signed else ""
    text = fixed(value, decimals, signed=signed)
    if not math.isfinite(value) or len(text) > width:
        text = f"{value:{sign}.{max(width - 7, 0)}e}" if math.isfinite(value) else f"{value:{sign}}"
    return text.rjust(width)


def loss_text(loss: float) -> str:
    """A loss in 7 cells: 0.1234, or 3.2e-05 where four decimals would say nothing."""
    if not math.isfinite(loss):
        return f"{loss}".rjust(7)
    return (f"{loss:.4f}" if 0.001 <= loss < 100 or loss == 0 else f"{loss:.1e}").rjust(7)


def duration(seconds: float) -> str:
    """How long, in at most 10 cells: 12 s, 3 min 05 s, 2 h 07 min, 12 days."""
    whole = math.ceil(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    if whole < 48 * 3600:
        return f"{whole // 3600} h {whole % 3600 // 60:02} min"
    return f"{whole // 86400} days"


def progress_bar(fraction: float, width: int) -> tuple[str, str]:
    """A bar of `width` cells in two parts, done and to do, to the half cell."""
    halves = round(min(max(fraction, 0.0), 1.0) * width * 2)
    done = "━" * (halves // 2) + "╸" * (halves % 2)
    return done, "╌" * (width - len(done))


def percent(epoch: int, target: int) -> str:
    """How much is done, in 5 cells; 100 % only when all of it is."""
    return f"{epoch * 100 // target if target else 0:3} %"


def settings(config: RunConfig) -> list[str]:
    """The settings a run is known by, the most telling first."""
    parts = [config.model, f"seed {config.seed}", f"lr {config.lr:g}", f"init {config.init}"]
    if config.batch_size != 1:
        parts.append(f"batch {config.batch_size}")
    if config.data.source != "walk-through":
        parts.append(config.data.source)
    return parts


def lineage(parent: Parent | None) -> str:
    """Where a run branched off; empty where it did not."""
    if parent is None:
        return ""
    return f"branch of {parent.run} at {parent.epoch}{with_changes(parent)}"


def with_changes(parent: Parent) -> str:
    """What a branch began with in place of its parent's values; empty where there is nothing of the kind."""
    changed = ", ".join(f"{name} {value:g}" for name, value in parent.changed.items())
    return f" with {changed}" if changed else ""


def unsaved(epochs: int) -> str:
    """That so many epochs after the last saved one are lost; empty where none are."""
    if epochs <= 0:
        return ""
    return f" ({epochs} later epoch{'s' * (epochs > 1)} could not be saved)"


def fitted(parts: Sequence[str], width: int, separator: str = " · ", length: Callable[[str], int] = len) -> str:
    """As many of the leading parts as fit into `width` cells. length: how many of those a text takes."""
    for count in range(len(parts), 0, -1):
        text = separator.join(parts[:count])
        if length(text) <= width:
            return text
    return ""


def hint(state: str, epochs_ahead: int, target: int) -> str:
    """What one can do now, for the notice line when there is no news; keys stand between asterisks."""
    return {
        "loading": "loading PyTorch…",
        "ready": f"untrained: *space* trains {epochs_ahead} epochs",
        "training": "",
        "paused": f"paused: *space* goes on to epoch {target}",
        "finished": "finished: *a* adds epochs, *r* starts again with another seed",
        "failed": "*space* tries again, *r* reseeds, *q* quits",
    }[state]


def offered(run: str, epoch: int, target: int, interrupted: bool) -> str:
    """That there is a run to go on with; keys stand between asterisks."""
    how = "interrupted" if interrupted else "stopped"
    return f"{run} was {how} at {epoch} of {target}: *u* continues it"


def sent(command: Command) -> str:
    """What is happening now that `command` is on its way."""
    match command:
        case Pause():
            return "pausing at the end of this epoch…"
        case Save():
            return "saving…"
        case Quit():
            return "saving, then quitting…"
        case Train() | AddEpochs():
            return "starting a trainer…"
        case Reseed():
            return "setting up a new run; the old one is kept on disk…"
        case NewRun():
            return "setting up the model…"
        case OpenRun() | Branch():
            return "opening the run…"


def engine_end(status: int | None, *, loading: bool) -> str:
    """Why there is no engine any more, in one sentence."""
    when = " before it was ready" if loading else ""
    if status is None:
        return "the engine process could not be started"
    if status < 0:
        return f"the engine process was ended{when} by signal {-status}"
    return f"the engine process ended{when} with exit status {status}"
