"""The shares of a sweep's members that came to the solution, as lines of plain text."""

from __future__ import annotations

import numpy as np

from lstm_engine.sweep.results import Results
from lstm_engine.sweep.shares import shares
from tui.text.numbers import figure
from tui.text.table import table


def share_lines(results: Results) -> list[str]:
    """A line for each initialisation and learning rate: the share, its 95 % interval, and quantiles of the loss."""
    settings = results.settings
    losses = results.loss.reshape(len(settings.init), len(settings.lr), len(settings.seeds))
    rows: list[tuple[str, ...]] = [
        ("init", "lr", "solved", "of", "share", "95 % interval", "loss 5 %", "50 %", "95 %")
    ]
    for number, share in enumerate(shares(settings, results.solved)):
        of_share = losses[divmod(number, len(settings.lr))]
        finite = of_share[np.isfinite(of_share)]
        quantiles = (
            [figure(float(value)) for value in np.quantile(finite, (0.05, 0.5, 0.95))] if len(finite) else [""] * 3
        )
        interval = f"{share.low:.1%} to {share.high:.1%}"
        part = f"{share.solved / share.members:.1%}"
        rows.append((share.init, f"{share.lr:g}", str(share.solved), str(share.members), part, interval, *quantiles))
    return [f"solved: every prediction within {settings.solved:g} of its target", *table(rows)]
