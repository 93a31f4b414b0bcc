"""What a worker asks of the program that has it train, wherever that is."""

from __future__ import annotations

from typing import Any, Protocol


class Home(Protocol):
    """Of one member."""

    @property
    def is_stopping(self) -> bool:
        """Whether the member is to be saved and ended."""

    @property
    def prices(self) -> bytes:
        """The file with the prices, for a worker that does not see the queue's disk."""

    @property
    def put_aside(self) -> bytes:
        """The run as another worker left it; empty where none has."""

    def put(self, archive: bytes) -> None:
        """Put the run aside for another worker."""

    def tell(self, told: dict[str, Any]) -> None:
        """How far the training is."""
