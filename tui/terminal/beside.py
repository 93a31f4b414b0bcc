"""Work that is done beside the keys."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode


def run_beside(node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], *, exclusive: bool = False) -> None:
    """Have Textual run `work` for the widget, the screen or the app.

    A function, not its coroutine: where the app closes first it is not called, and nothing is left that was never
    awaited. exclusive: what the node runs already is cancelled.
    """
    node.run_worker(work, exclusive=exclusive)  # type: ignore[arg-type] # its type fits no method of a class
