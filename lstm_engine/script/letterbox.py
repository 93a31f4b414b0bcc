"""Puts a command into the letterbox of a script's training: the socket that the hook in it looks into."""

from __future__ import annotations

import socket
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.script.living import living_script
from lstm_engine.script.vocabulary.commands import Command, encode
from lstm_engine.store.holding.lock import held_elsewhere, in_use
from lstm_engine.store.holding.owner import owner_of
from lstm_engine.store.script_record import read_script_record
from lstm_engine.text import printable

#: Seconds that a letterbox gets to take a command; the hook looks into it by and by, and nobody waits for that.
_LIMIT = 2.0


def put_in_letterbox(run: Path, command: Command) -> None:
    """Hands a command to the hook in the script that trains in this folder. What comes of it, the events tell.

    Raises:
        UserError: it cannot be handed over; one sentence says why.
    """
    address = _address(run)
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_LIMIT)
            line.connect(str(address))
            line.sendall(encode(command))
    except OSError as error:
        why = error.strerror or str(error)
        raise UserError(f"no Trainer of run {printable(run.name)} takes commands by now ({why})") from error


def _address(run: Path) -> Path:
    """Raises UserError where the script cannot be told anything."""
    name = printable(run.name)
    if (owner := held_elsewhere(run)) is not None:
        raise UserError(f"run {name} is held by {owner}: it takes commands there alone")
    owner = owner_of(run)
    written = owner.socket if owner is not None and owner.is_here else read_script_record(run).socket
    if not (in_use(run) or living_script(run) is not None):
        raise UserError(f"run {name} has no script that runs")
    if not written:
        raise UserError(f"run {name} has no socket to take commands by")
    address = Path(written)
    if address.suffix != ".sock" or not address.stem.isdigit():  # the word of a stranger could lead anywhere
        raise UserError(f"run {name} names a socket, {printable(written)}, that is not called as one of ours")
    return address
