"""Work that is done beside the keys."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.css.query import NoMatches
from textual.dom import DOMNode


def run_beside(node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], *, exclusive: bool = False) -> None:
    """Have Textual run `work` for the widget, the screen or the app.

    A function, not its coroutine: where the app closes first it is not called, and nothing is left that was never
    awaited. Where the node goes meanwhile, so do the widgets in it, one after the other: that one of them is not found
    any more is no error. exclusive: what the node runs already is cancelled.
    """

    async def beside() -> None:
        try:
            await work()
        except NoMatches:
            if _stays(node):
                raise

    node.run_worker(beside, exclusive=exclusive)  # type: ignore[arg-type] # its type fits no function without a result


def _stays(node: DOMNode) -> bool:
    """Whether nobody has begun to remove it. Textual (8.2.8) has no public word for that."""
    return node.is_attached and node.is_running and not node._pruning
