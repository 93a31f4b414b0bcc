"""What becomes of a run's training when nobody attends it any more, as its user said it last."""

from __future__ import annotations

from pathlib import Path

import msgspec

from lstm_engine.run.records import OnHangup
from lstm_engine.store.files import bytes_at, write_durably

ON_HANGUP = "on_hangup.json"


class _Wish(msgspec.Struct, frozen=True):
    on_hangup: OnHangup


def remember_on_hangup(directory: Path, wish: OnHangup) -> None:
    """Leaves word in the run's directory. Raises OSError."""
    if recalled_on_hangup(directory) != wish:
        write_durably(directory / ON_HANGUP, msgspec.json.encode(_Wish(wish)))


def recalled_on_hangup(directory: Path) -> OnHangup:
    """What was said of the run last; `continue` where nothing was."""
    try:
        return msgspec.json.decode(bytes_at(directory / ON_HANGUP), type=_Wish).on_hangup
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "continue"
