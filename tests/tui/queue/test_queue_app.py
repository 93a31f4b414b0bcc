from __future__ import annotations

from typing import Any, cast

from tests.support.queue_screens import FakeQueueSource
from tests.support.queues import queue_standing
from tests.support.script import press, until
from tui.queue.queue_app import QueueApp
from tui.queue.told_member import ToldMember


async def test_what_is_told_is_drawn_until_it_is_left() -> None:
    source = FakeQueueSource(queue_standing(told={}))
    app = QueueApp(cast(Any, source), fps=1000)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(lambda: app.queue.is_mounted and app.is_drawn)
        source.become(told={"luck-1": ToldMember("luck-1", "training", epoch=1, epochs=3)})
        await until(lambda: app.queue.standing.count("training") == 1)
        await press(pilot, "ctrl+q")
        await until(lambda: not app.is_running)
    source.become(state="finished")  # what comes later finds no screen any more
