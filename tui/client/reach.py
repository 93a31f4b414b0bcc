"""The way to a run that some process holds: its engine's socket, on this host."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_engine.errors import UserError
from tui.client.attached_engine import AttachedEngine

if TYPE_CHECKING:
    from lstm_engine.store.holding.owner import Owner

#: Seconds that a process which has just taken a run is given to say where it listens, and between two looks.
_PATIENCE, _PAUSE = 2.0, 0.05


@dataclass(frozen=True)
class OutOfReach:
    """A run that is held by a process which cannot be attended. reason: why, in one sentence."""

    reason: str


async def reach(directory: Path) -> AttachedEngine | OutOfReach | None:
    """The engine that holds the run in `directory`; None where no process does.

    One that has just taken it is waited for until it says where it listens; one of another host is told at once.
    """
    from lstm_engine.store.holding.lock import held_elsewhere, in_use

    if (owner := await asyncio.to_thread(held_elsewhere, directory)) is not None:
        return OutOfReach(_held(directory, owner))
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
    who = _held(directory, owner)
    if not owner.is_here:
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


def _held(directory: Path, owner: Owner) -> str:
    return f"run {directory.name} is held by {owner}"
