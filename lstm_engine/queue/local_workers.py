"""Workers on this machine: threads of this process, each of which waits for the processes of one member.

Dask's own for one machine would do, but opens servers for HTTP on all interfaces, also where it is told to have none.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from lstm_engine.queue.member_task import MemberOutcome, MemberTask, train_member
from lstm_engine.text import printable


class LocalWorkers:
    """So many at a time. What is told of the members comes as `news`."""

    def __init__(self, workers: int) -> None:
        self._pool = ThreadPoolExecutor(workers)
        self._stopping = threading.Event()
        self._news: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def submit(self, tasks: Sequence[MemberTask], _: bytes) -> None:
        """Has them trained. The prices are not asked for, as every worker sees the disk."""
        for task in tasks:
            self._pool.submit(self._carry_out, task)

    def stop(self) -> None:
        """Have all members saved and ended."""
        self._stopping.set()

    def news(self, seconds: float) -> dict[str, Any] | None:
        """The next word on a member: `run`, and `outcome` or what its training tells; None for none in time."""
        with suppress(queue.Empty):
            return self._news.get(timeout=seconds)
        return None

    def close(self) -> None:
        """Wait for those that end."""
        self._pool.shutdown(cancel_futures=True)

    def _carry_out(self, task: MemberTask) -> None:
        try:
            outcome = train_member(task, _LocalHome(task.run, self._stopping, self._news))
        except Exception as error:  # whatever it was, the others go on
            outcome = MemberOutcome(state="failed", cause=printable(f"{type(error).__name__}: {error}"))
        self._news.put({"run": task.run, "outcome": outcome})


class _LocalHome:
    prices = put_aside = b""

    def __init__(self, run: str, stopping: threading.Event, news: queue.SimpleQueue[dict[str, Any]]) -> None:
        self._run = run
        self._stopping = stopping
        self._news = news

    @property
    def is_stopping(self) -> bool:
        return self._stopping.is_set()

    def put(self, archive: bytes) -> None:
        """The run lies where it is wanted."""

    def tell(self, told: dict[str, Any]) -> None:
        self._news.put({"run": self._run, "where": "", **told})
