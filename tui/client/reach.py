"""The way to a run that some process holds: its engine's socket, on this host."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from pathlib import Path

from lstm_engine.errors import UserError
from tui.client.attached_engine import AttachedEngine

#: Seconds that a process which has just taken a run is given to say where it listens, and between two looks.
_PATIENCE, _PAUSE = 2.0, 0.05


@dataclass(frozen=True)
class OutOfReach:
    """A run that is held by a process which cannot be attended. reason: why, in one sentence."""

    reason: str


async def reach(directory: Path) -> AttachedEngine | OutOfReach | None:
    """The engine that holds the run in `directory`; None where no process of this host does."""
    from lstm_engine.store.holding.lock import in_use

    loop = asyncio.get_running_loop()
    end = loop.time() + _PATIENCE
    while await asyncio.to_thread(in_use, directory):
        found = await _attempt(directory)
        if isinstance(found, AttachedEngine) or loop.time() > end:
            return found
        await asyncio.sleep(_PAUSE)  # it has just ended, or has not said yet where it listens
    return None


async def _attempt(directory: Path) -> AttachedEngine | OutOfReach:
    from lstm_engine.store.holding.owner import owner_of

    owner = owner_of(directory)
    if owner is None:
        return OutOfReach(f"run {directory.name} is held by another process, which has not said which it is")
    who = f"run {directory.name} is held by process {owner.pid} on {owner.host}"
    if owner.host != socket.gethostname():
        return OutOfReach(who)
    if not owner.socket:
        return OutOfReach(f"{who}, which lets nobody look in")
    address = Path(owner.socket)
    if address.suffix != ".sock" or not address.stem.isdigit():  # the word of a stranger could lead anywhere
        return OutOfReach(f"{who}, whose socket {owner.socket} is not called as one of ours")
    try:
        return await AttachedEngine.join(address)
    except UserError as error:
        return OutOfReach(f"{who}, which cannot be attended: {error}")
    except OSError as error:
        return OutOfReach(f"{who}, which cannot be attended at {owner.socket} ({error.strerror})")
