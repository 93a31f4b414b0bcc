"""Keys strictly one after another: each is handled to its end before the next one is looked at.

In Textual (8.2.8) a key goes to the widget that has the focus, and from there up, a message a hop, to where its
binding is found; a printable character is taken by a field at the first hop. So of keys that arrive together, as all
do that are typed ahead over a slow link, the second can be at its end before the first has found its binding. Here a
key is sent on its way alone. The next one follows when every widget has handled what it had, when a screen that came
with the key can be typed into, and, unless it is text for a field, when what that screen reads from disk is read.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakSet

from textual._queue import Queue
from textual.app import App, ScreenStackError
from textual.events import Event, Key, MouseDown, MouseEvent, MouseUp, Paste
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import Worker

#: What takes its turn.
Turn = Key | Paste | MouseEvent

#: What is waited for; the mouse's other events are too many, and change little.
_WEIGHTY = (Key, Paste, MouseDown, MouseUp)


class SerialKeys:
    """The keys, pastes and mouse events that wait for their turn.

    app: whose they are. handle: sends one on its way, as Textual does.
    patience: seconds that one is given; a handler that never ends holds up the next ones once, and no longer.
    is_early: whether an event has to wait, and those behind it, until `go_on` is called.
    """

    def __init__(self, app: App[Any], handle: Callable[[Event], Awaitable[None]], patience: float = 2.0) -> None:
        self._app = app
        self._handle = handle
        self.patience = patience
        self.is_early: Callable[[Turn], bool] = lambda _: False
        self._waiting: deque[Turn] = deque()
        self._taking: asyncio.Task[None] | None = None
        self._stuck: WeakSet[MessagePump | Worker[Any]] = WeakSet()

    @property
    def is_idle(self) -> bool:
        """Whether all that came is handled."""
        return self._taking is None or self._taking.done()

    def take(self, event: Turn) -> None:
        """Have an event handled when its turn comes."""
        self._waiting.append(event)
        self.go_on()

    def go_on(self) -> None:
        """Handle what waits."""
        if self.is_idle:
            self._taking = asyncio.create_task(self._take_all(), name="keys")

    async def _take_all(self) -> None:
        try:
            while self._waiting and not self.is_early(self._waiting[0]):
                event = self._waiting.popleft()
                if isinstance(event, _WEIGHTY):
                    if not self._is_text(event):
                        await self._come_to_rest(read=True)
                    await self._send(event)
                    await self._come_to_rest()
                else:
                    await self._send(event)
        except Exception as error:  # here it would only be told when the task is collected
            self._waiting.clear()
            self._app._handle_exception(error)

    async def _send(self, event: Turn) -> None:
        if not self._is_leaving:
            await self._handle(event)

    def _is_text(self, event: Turn) -> bool:
        """Whether it is typed into a field, which takes no heed of what is read."""
        return not self._is_leaving and isinstance(event, Key) and event.is_printable and self._is_typing

    @property
    def _is_typing(self) -> bool:
        return bool(self._app._screen_stack) and isinstance(self._app.focused, Input)

    async def _come_to_rest(self, *, read: bool = False) -> None:
        """Wait until what was begun is at its end, or patience is. read: also what the screen on top reads."""
        deadline = time.monotonic() + self.patience
        while (unfinished := self._unfinished(read=read)) and (left := deadline - time.monotonic()) > 0:
            endings = {one: self._ending(one) for one in unfinished}
            await asyncio.wait(endings.values(), timeout=left)
            self._stuck.update(one for one, ending in endings.items() if not ending.done())

    @property
    def _is_leaving(self) -> bool:
        """Whether nothing is to be done any more."""
        return self._app._exit or self._app._closing or self._app._exception is not None

    def _unfinished(self, *, read: bool) -> list[MessagePump | Worker[Any]]:
        """Those that have something to do for the screen on top, and are not known to be stuck."""
        if self._is_leaving:
            return []
        try:
            screen = self._app.screen
        except ScreenStackError:
            return []
        busy = busy_pumps(self._app, screen)
        workers = self._app.workers if read else ()
        reading = (worker for worker in workers if worker.node is screen and not worker.is_finished)
        unfinished: list[MessagePump | Worker[Any]] = [*busy, *reading]
        return [one for one in unfinished if one not in self._stuck]

    def _ending(self, one: MessagePump | Worker[Any]) -> asyncio.Future[None]:
        """Done when it has handled all that it has now, or is gone."""
        ending: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        task = one._task

        def end(*_: object) -> None:
            self._stuck.discard(one)
            if not ending.done():
                ending.set_result(None)

        if task is not None:
            task.add_done_callback(end)
            ending.add_done_callback(lambda _: task.remove_done_callback(end))
        if isinstance(one, MessagePump) and not one.call_later(end):
            end()
        return ending


def busy_pumps(app: App[Any], screen: Screen[Any]) -> list[MessagePump]:
    """The app, the screen and the widgets on it, as far as they have something to do."""
    return [pump for pump in (app, *screen.walk_children(with_self=True)) if _is_busy(pump)]


def _is_busy(pump: MessagePump) -> bool:
    """Whether a message pump has messages, is in the middle of one, or has not begun to take any.

    One that has nothing to do waits for its queue, which no public method of either tells.
    """
    if pump._closing or pump._closed:
        return False
    queue: Queue[Message | None] = pump._message_queue
    is_waiting = bool(queue.ready_event._waiters)
    return not queue.empty() or not is_waiting or bool(pump._next_callbacks)
