"""Calls that come, however late they are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


def call_later(pump: MessagePump, seconds: float, call: Callable[[], None]) -> asyncio.TimerHandle:
    """Call within the pump's messages, after so many seconds.

    Textual's own `set_timer` (8.2.8) never calls where it is late by the time it is set up.
    """
    return asyncio.get_running_loop().call_later(seconds, pump.call_next, call)
