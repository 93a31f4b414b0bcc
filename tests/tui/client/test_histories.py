"""A run's history beside its events."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.run.history import Columns, History
from lstm_engine.run.records import Parent
from tests.support.script import opened
from tui.client.histories import tell_histories
from tui.state.updates import HistoryRead, ParentRead, Said, Update

BRANCH = msgspec.structs.replace(opened(epoch=10), parent=Parent("old-oak", 4))


async def told(event, readable: tuple[str, ...]) -> list[Update]:
    def read(directory: Path, columns: Columns) -> History:
        if directory.name not in readable:
            raise UserError("it is damaged")
        return History(columns).extended(np.zeros((3, columns.width), np.float32))

    heard: list[Update] = []
    await tell_histories(event, Path("/runs/calm-lake"), read, heard.append)
    return heard


async def test_the_run_and_its_parent_are_read() -> None:
    heard = await told(BRANCH, ("calm-lake", "old-oak"))
    assert [type(update) for update in heard] == [HistoryRead, ParentRead]


async def test_an_untrained_run_has_none() -> None:
    assert await told(opened(), ("calm-lake",)) == []


async def test_what_cannot_be_read_is_said_of_the_run_and_left_out_of_its_parent() -> None:
    assert await told(BRANCH, ()) == [Said("the run's history cannot be read: it is damaged", alert=True)]
