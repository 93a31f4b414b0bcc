"""Between the hook's faults and the training: whatever fails in here, the script goes on as if nothing were there."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable
from typing import Any, TypeVar, cast

_Method = TypeVar("_Method", bound=Callable[..., None])


def in_one_line(error: BaseException) -> str:
    """The error's kind and what it says, at most 500 characters."""
    try:
        said = " ".join(str(error).split())
    except Exception:
        said = "it cannot say what"
    return f"{type(error).__name__}: {said}"[:500]


def complain(error: BaseException) -> None:
    """One line on the script's stderr, where there is one."""
    with contextlib.suppress(Exception):
        sys.stderr.write(f"lstm-tui: watching this training failed, which goes on ({in_one_line(error)})\n")


def guarded(method: _Method) -> _Method:
    """A method that never raises: the first error switches its object off, which then does nothing in any of them.

    The object has `off`, whether it is, and `switch_off(error)`. What ends a process (Ctrl+C, SIGTERM) passes through.
    """

    @functools.wraps(method)
    def run(self: Any, *arguments: Any, **named: Any) -> None:
        if self.off:
            return
        try:
            method(self, *arguments, **named)
        except Exception as error:
            self.switch_off(error)

    return cast(_Method, run)
