"""The `hparams.yaml` beside a log."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.formats.hparams_yaml import HPARAMS, read_hparams_yaml
from lstm_engine.script.vocabulary.log_events import Described
from lstm_engine.store.files import bytes_at

#: Bytes of it, at most.
_LARGEST = 1 << 20


class HparamsFile:
    """The hyperparameters in a log's folder, told once, and again where the file was written anew."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / HPARAMS
        self._changed = 0

    def new(self) -> list[Described]:
        """What it says, where that was not told before; nothing where there is none, or it cannot be read."""
        try:
            changed = self._path.stat().st_mtime_ns
            if changed == self._changed:
                return []
            text = bytes_at(self._path, _LARGEST).decode(errors="replace")
        except OSError:
            return []
        self._changed = changed
        found = read_hparams_yaml(text)
        return [Described(hyperparameters=found)] if found else []
