"""The workers of a cluster of Dask: whatever is connected to a scheduler of the user's."""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.queue.member_task import MemberOutcome, MemberTask, train_member, version
from lstm_engine.text import printable

#: Seconds for a scheduler to answer, and without a word of it until it counts as gone.
_PATIENCE, _SILENCE = 10, 5.0
#: How often Dask begins a member anew that ended by an error of the worker's.
_RETRIES = 2


class SchedulerGoneError(UserError):
    """The scheduler does not answer any more."""


class DaskCluster:
    """Where members are trained. What is told of them comes as `news`."""

    def __init__(self, client: Any, address: str, name: str) -> None:
        """name: of the queue, by which the workers ask for what they need of it."""
        self._client = client
        self._address = address
        self._name = name
        self._news: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._futures: dict[str, Any] = {}
        self._heard = time.monotonic()

    def check_versions(self) -> None:
        """Raises UserError where a worker is of another version of this program."""
        try:
            found: dict[str, Any] = self._client.run(version, on_error="return")
        except (OSError, TimeoutError) as error:
            raise self._gone() from error
        for worker, told in sorted(found.items()):
            if isinstance(told, Exception):
                raise UserError(f"the worker at {worker} cannot import lstm-tui ({printable(str(told))})")
            if told != version():
                raise UserError(f"the worker at {worker} has lstm-tui {told}: expected {version()}, as here")

    def submit(self, tasks: Sequence[MemberTask], prices: bytes) -> None:
        """Has them trained. prices: the file with them, for workers that do not see this disk."""
        self._set("stop", False)
        self._set("prices", prices)
        self._client.subscribe_topic(self._name, self._hear)
        stamp = time.time_ns()
        for task in tasks:
            future = self._client.submit(
                train_on_worker, msgspec.msgpack.encode(task), key=f"{task.run}-{stamp}", retries=_RETRIES, pure=False
            )
            self._futures[task.run] = future
            future.add_done_callback(lambda future, run=task.run: self._news.put(_outcome(run, future)))

    def stop(self) -> None:
        """Have all members saved and ended."""
        self._set("stop", True)

    def news(self, seconds: float) -> dict[str, Any] | None:
        """The next word on a member: `run`, and `outcome` or what its training tells; None where none comes in time.

        Raises:
            SchedulerGoneError: there is nobody to hear from.
        """
        if self._client.status == "running":
            self._heard = time.monotonic()
        elif time.monotonic() - self._heard > _SILENCE:
            raise self._gone()
        with suppress(queue.Empty):
            told = self._news.get(timeout=seconds)
            if told.get("outcome") is None and "where" not in told:
                raise self._gone()
            return told
        return None

    def _hear(self, event: tuple[float, dict[str, Any]]) -> None:
        self._news.put(event[1])

    def _set(self, key: str, value: object) -> None:
        try:
            self._client.set_metadata([self._name, key], value)
        except (OSError, TimeoutError) as error:
            raise self._gone() from error

    def _gone(self) -> SchedulerGoneError:
        return SchedulerGoneError(f"the scheduler at {printable(str(self._address))} is gone")


@contextmanager
def dask_cluster(address: str, name: str) -> Iterator[DaskCluster]:
    """The workers of the scheduler at `address`, within the block.

    Raises:
        UserError: Dask is not installed, or no scheduler answers there, or it has no worker.
    """
    try:
        import distributed
    except ImportError as error:
        raise UserError("--cluster needs Dask: pip install 'lstm-tui[cluster]'") from error
    dask: Any = distributed
    # What it has to say of its connections is not for a user's terminal.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    shown = printable(address)
    try:
        client = dask.Client(address, timeout=_PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise UserError(f"no scheduler of Dask answers at {shown}: expected one, such as tcp://host:8786") from error
    try:
        if not client.scheduler_info()["workers"]:
            raise UserError(f"the scheduler at {shown} has no worker yet: expected one at least")
        yield DaskCluster(client, address, name)
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=_PATIENCE)


def train_on_worker(task: bytes) -> bytes:
    """What a worker of Dask carries out: a `MemberTask`; gives a `MemberOutcome`, both as MessagePack."""
    asked = msgspec.msgpack.decode(task, type=MemberTask)
    return msgspec.msgpack.encode(train_member(asked, _DaskHome(asked.queue, asked.run)))


class _DaskHome:
    """By way of the scheduler, whose metadata has a part of its own for each queue."""

    def __init__(self, name: str, run: str) -> None:
        import distributed

        dask: Any = distributed
        self._client, self._worker = dask.get_client(), dask.get_worker()
        self._name, self._run = name, run

    @property
    def is_stopping(self) -> bool:
        return bool(self._client.get_metadata([self._name, "stop"], False))

    @property
    def prices(self) -> bytes:
        found: bytes = self._client.get_metadata([self._name, "prices"])
        return found

    @property
    def put_aside(self) -> bytes:
        found: bytes = self._client.get_metadata([self._name, "runs", self._run], b"")
        return found

    def put(self, archive: bytes) -> None:
        self._client.set_metadata([self._name, "runs", self._run], archive)

    def tell(self, told: dict[str, Any]) -> None:
        self._worker.log_event(self._name, {"run": self._run, "where": self._worker.address, **told})


def _outcome(run: str, future: Any) -> dict[str, Any]:
    """What has become of a member; without an outcome where nobody knows any more."""
    if future.status == "finished":
        return {"run": run, "outcome": msgspec.msgpack.decode(future.result(), type=MemberOutcome)}
    if future.status == "error":
        error = future.exception()
        what = f"{type(error).__name__}: {error}" if error is not None else "its worker failed"
        return {"run": run, "outcome": MemberOutcome(state="failed", cause=printable(what.splitlines()[0]))}
    return {"run": run, "outcome": None}
