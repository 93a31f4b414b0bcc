"""The question for a sweep: what is combined."""

from __future__ import annotations

from lstm_engine.run.config import RunConfig
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.text import printable
from tui.screens.questions import Question
from tui.sweep.combined import combined_in


def sweep_question(run: str | None, config: RunConfig, epochs: int) -> Question[SweepSettings]:
    """Asks for it; the rest is as of a run. run: None where nothing was trained yet. epochs: that each is trained."""
    lines = [
        "Which seeds, learning rates and initialisations, each with each?",
        f"All on {printable(config.data.source)}, to epoch {epochs:,}, side by side.",
        f"Run {run} is saved and left; the sweep opens." if run else "The sweep opens in place of this dashboard.",
    ]
    value = f"seeds 0-99 lr {config.lr!r},{10 * config.lr:g} init normal,uniform"
    return Question(
        "many runs at once", lines, value, lambda text: combined_in(text, config.data, epochs), max_length=0
    )
