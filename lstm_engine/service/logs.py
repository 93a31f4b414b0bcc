"""Where libraries' words go: to standard error as log lines, and to the run's `engine.log`; never to the screen."""

from __future__ import annotations

import logging
import sys
import warnings
from pathlib import Path

from lstm_engine.protocol.attendance import Logged
from lstm_engine.protocol.channel import Outbox
from lstm_engine.store.own_file import append_opener
from lstm_engine.text import printable

LOG = "engine.log"


class _Lines(logging.Formatter):
    """Lines that are safe to show: names of files and folders are in them."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(printable, super().format(record).split("\n")))


_FORMAT = _Lines("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S")


class RunLog(logging.Handler):
    """Appends to the file of the active run; a log that cannot be written must not stop a run."""

    def __init__(self, directory: Path | None = None) -> None:
        super().__init__()
        self.directory = directory

    def emit(self, record: logging.LogRecord) -> None:
        if self.directory is None:
            return
        try:
            path = self.directory / LOG
            with open(path, "a", encoding="utf-8", errors="replace", opener=append_opener) as file:
                file.write(self.format(record) + "\n")
        except OSError:
            self.directory = None


_run_log = RunLog()


def set_up() -> None:
    """Call after Lightning is imported: it attaches a handler of its own to standard error at import."""
    for name in ("lightning", "lightning.pytorch", "lightning.fabric", "lightning_utilities"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in ("lightning.pytorch", "lightning.fabric"):
        # Tips, hardware lines and "`Trainer.fit` stopped" at every resume say nothing to a user of this program.
        logging.getLogger(name).setLevel(logging.WARNING)
    handlers = (logging.StreamHandler(sys.stderr), _run_log)
    for handler in handlers:
        handler.setFormatter(_FORMAT)
    logging.basicConfig(level=logging.INFO, handlers=handlers, force=True)
    logging.captureWarnings(True)
    # PyTorch's words to Lightning's authors, at every start.
    warnings.filterwarnings("ignore", message=".*LeafSpec.*")


class _Told(logging.Handler):
    """Tells those who attend."""

    def __init__(self, outbox: Outbox) -> None:
        super().__init__()
        self._outbox = outbox

    def emit(self, record: logging.LogRecord) -> None:
        self._outbox.put(Logged(text=self.format(record)))


def log_events(outbox: Outbox) -> None:
    """Sends the log to those who attend from here on, in place of standard error: that may have nobody to read it."""
    root = logging.getLogger()
    told = _Told(outbox)
    told.setFormatter(_FORMAT)
    root.handlers = [told, _run_log]


def log_to(directory: Path | None) -> None:
    """The run whose `engine.log` gets the log from here on; None for none."""
    _run_log.directory = directory


def own_log(directory: str | None) -> logging.Logger:
    """A log for one run, whichever is active by the time it is written: on standard error, and in its `engine.log`.

    directory: the run's; None where nothing may be written there.
    """
    log = logging.Logger("one run", logging.INFO)
    for handler in (logging.StreamHandler(sys.stderr), RunLog(None if directory is None else Path(directory))):
        handler.setFormatter(_FORMAT)
        log.addHandler(handler)
    return log
