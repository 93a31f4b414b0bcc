"""Has a script's training save and end: by the command that its Trainer takes, else by a signal."""

from __future__ import annotations

import signal
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.script.letterbox import put_in_letterbox
from lstm_engine.script.script_signal import signal_script
from lstm_engine.script.vocabulary.answers import Refused, Stopping
from lstm_engine.script.vocabulary.commands import StopFit
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import FitStarted


class StopRequest:
    """A script whose Trainer takes no command is sent the signal. Of several fits each is stopped as it begins."""

    def __init__(self, run: Path, name: str, number: int = signal.SIGTERM) -> None:
        """name: what the command is told apart by from those of others. number: the signal's."""
        self._run = run
        self._name = name
        self._number = number
        self._is_stopping = False

    def ask(self) -> bool:
        """Puts it to the script. Whether its Trainer was told, and not sent the signal; the events tell more."""
        try:
            put_in_letterbox(self._run, StopFit(id=self._name))
        except UserError:
            self.insist()
            return False
        return True

    def insist(self) -> None:
        """Sends the signal, whatever the Trainer takes."""
        signal_script(self._run, self._number)

    def hear(self, event: Event) -> None:
        """What the script tells once it was asked."""
        if isinstance(event, Refused) and event.id == self._name:
            self.insist()
        elif isinstance(event, Stopping):
            self._is_stopping = True
        elif isinstance(event, FitStarted) and self._is_stopping:
            self.ask()
