"""What the hook is told by environment variables."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """run: directory of the run, absolute. socket: where commands come in, None for none.

    checkpoint: what the fit of number `fit` goes on from, None for nothing. epochs: where that fit ends, in place of
    what the script says; None for what it says.
    """

    run: str
    socket: str | None = None
    checkpoint: str | None = None
    fit: int = 0
    epochs: int | None = None

    @staticmethod
    def from_environment() -> Settings | None:
        """None where no run is told of: the hook then does nothing at all."""
        run = os.environ.get("LSTM_TUI_RUN")
        if not run:
            return None
        return Settings(
            run=run,
            socket=os.environ.get("LSTM_TUI_SOCKET") or None,
            checkpoint=os.environ.get("LSTM_TUI_CKPT") or None,
            fit=_number("LSTM_TUI_FIT") or 0,
            epochs=_number("LSTM_TUI_EPOCHS"),
        )


def _number(name: str) -> int | None:
    try:
        return int(os.environ.get(name, ""))
    except ValueError:
        return None
