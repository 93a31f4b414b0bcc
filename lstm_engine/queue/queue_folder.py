"""A queue's folder: its settings, the prices of all its members, and a word by which others know that they see it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import inputs_of, read_inputs, write_inputs
from lstm_engine.prices.table import PriceTable
from lstm_engine.queue.queue_settings import QueueMember, QueueSettings, checked_queue
from lstm_engine.script.last_progress import last_progress
from lstm_engine.script.script_run import INPUTS
from lstm_engine.store.files import bytes_at, write_durably
from lstm_engine.store.holding.lock import in_use
from lstm_engine.text import printable

#: What makes a folder a queue's.
RECORD = "queue.json"
TOKEN = "token"  # noqa: S105 - it opens nothing


@dataclass(frozen=True)
class QueueFolder:
    """path: the folder; its members' runs lie beside it. prices: of all members. token: what stands in the file."""

    path: Path
    settings: QueueSettings
    prices: PriceTable
    token: str

    @property
    def members(self) -> list[QueueMember]:
        return self.settings.members(self.path.name)

    def is_done(self, member: QueueMember) -> bool:
        """Whether the member's run has come to its end."""
        return is_finished(self.path.parent / member.run, member.settings.patience)


def is_finished(run: Path, patience: int | None) -> bool:
    """Whether training in the folder has come to its end, and nobody has it. patience: of its settings."""
    if not run.is_dir() or in_use(run):
        return False
    progress = last_progress(run)
    if progress.left_state == "finished":
        return True
    # Patience stops a fit from within: the script ends by itself then, and well.
    by_itself = progress.ended is not None and progress.ended.status == 0 and not progress.ended.signal
    return patience is not None and progress.fit_end == "stopped" and by_itself


def write_queue(folder: Path, settings: QueueSettings, prices: PriceTable) -> None:
    """Makes the folder a queue's.

    Raises:
        UserError: the prices do not suffice for a member.
        OSError: it cannot be written.
    """
    checked_queue(settings)
    (folder / INPUTS).mkdir(mode=0o700)
    write_inputs(folder / INPUTS, inputs_of(settings.base, prices))
    write_durably(folder / TOKEN, secrets.token_hex(16).encode())
    write_durably(folder / RECORD, msgspec.json.format(msgspec.json.encode(settings)))


def read_queue(folder: Path) -> QueueFolder:
    """Raises UserError where it is missing or damaged."""
    path = printable(str(folder / RECORD))
    try:
        settings = checked_queue(msgspec.json.decode(bytes_at(folder / RECORD), type=QueueSettings))
        token = bytes_at(folder / TOKEN).decode("ascii")
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}): expected a sweep's settings") from error
    except ValueError as error:  # msgspec's errors are ValueErrors
        raise UserError(f"{path} is damaged ({printable(str(error))}): expected a sweep's settings") from error
    return QueueFolder(folder, settings, read_inputs(folder / INPUTS).table, token)


def find_queue(root: Path, name: str) -> Path | None:
    """The queue's folder that `name` names, under `root` or as a path; None where there is none."""
    return next((path.resolve() for path in (root / name, Path(name)) if (path / RECORD).is_file()), None)
