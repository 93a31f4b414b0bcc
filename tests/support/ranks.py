"""Several processes of a distributed training as threads, where all of them have to come to the same collective."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

#: Seconds that one waits for the others; only a defect takes that long.
_LIMIT = 5.0


class Ranks:
    """A process group of threads: whoever comes to another collective than the rest, or to none, fails all of them."""

    def __init__(self, world: int) -> None:
        self.world = world
        self._all_here = threading.Barrier(world)
        self._said: list[tuple[str, Any]] = [("", None)] * world

    def meet(self, rank: int, what: str, value: Any = None) -> list[Any]:
        """What each of them came with.

        Raises:
            AssertionError: they came to different things.
            BrokenBarrierError: one of them never came.
        """
        self._said[rank] = what, value
        self._all_here.wait(_LIMIT)
        said = list(self._said)
        self._all_here.wait(_LIMIT)
        assert {kind for kind, _ in said} == {what}, said
        return [value for _, value in said]

    def strategy(self, rank: int) -> _Strategy:
        return _Strategy(self, rank)

    def run(self, program: Callable[[int], None]) -> None:
        """In each of them, by its rank, which the thread is called by. Raises what one of them raised."""
        raised: list[BaseException] = []

        def run(rank: int) -> None:
            try:
                program(rank)
            except BaseException as error:
                raised.append(error)
                self._all_here.abort()

        threads = [threading.Thread(target=run, args=(rank,), name=f"rank {rank}") for rank in range(self.world)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if raised:
            raise raised[0]


class _Strategy:
    """As much of Lightning's as the hook calls."""

    def __init__(self, ranks: Ranks, rank: int) -> None:
        self._ranks, self._rank = ranks, rank

    def broadcast(self, value: Any, src: int = 0) -> Any:
        return self._ranks.meet(self._rank, "broadcast", value)[src]

    def reduce_boolean_decision(self, decision: bool) -> bool:
        return all(self._ranks.meet(self._rank, "decision", decision))

    def barrier(self, name: str) -> None:
        self._ranks.meet(self._rank, name)
