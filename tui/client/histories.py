"""What a run that was opened has been through, read from the disk beside the events: its history, and its parent's."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_engine.protocol.messages import RunOpened

if TYPE_CHECKING:
    from lstm_engine.run.history import Columns, History
    from tui.state.updates import Update

#: Reads a run's history from its directory.
ReadHistory = Callable[[Path, "Columns"], "History"]


async def tell_histories(
    event: RunOpened, directory: Path, read_history: ReadHistory, tell: Callable[[Update], None]
) -> None:
    """Hand on the history of the run in `directory`, which was opened, and of the one that it branched off.

    Neither is needed to train: what cannot be read is said, and left out.
    """
    from lstm_engine.run.history import Columns
    from tui.state.updates import HistoryRead, ParentRead, Said

    columns = Columns(event.config.data.names, tuple(spec.name for spec in event.parameters))
    try:
        if event.epoch > 0:
            tell(HistoryRead(await asyncio.to_thread(read_history, directory, columns)))
    except Exception as error:  # whatever is wrong with the file, training can go on without the curve
        tell(Said(f"the run's history cannot be read: {error}", alert=True))
    if event.parent is not None:
        with contextlib.suppress(Exception):  # it may be deleted: only its curve is missing then
            parent = directory.parent / event.parent.run
            tell(ParentRead(await asyncio.to_thread(read_history, parent, columns)))
