"""All of plotext's private parts that the drawing needs, and the only import of it.

Every one of them is as version 6.1.0 has it, the one that the project asks for; a test for each fails when another
version has it otherwise. plotext takes a while to import: that happens at the first drawing, or before in `warm_up`.
"""

from __future__ import annotations

import sys
from functools import cache
from types import ModuleType
from typing import Any

#: The version that all of this is for.
VERSION = "6.1.0"

#: How far inside the edges of its canvas, in cells, plotext puts the limits of an axis: before the first cell's middle
#: and after the last one's (6.1.0: `rescale_element` in `_kernel/cpp/utility/8_data.cpp`, which adds `limit_delta` of
#: `_constants/numerical.py`). There is no setting for it.
_INSET = (0.0016585662 + 1e-4, 0.001516152 + 1e-4)

#: Where plotext has its documentation (6.1.0): its package imports that last, and nothing else of it does.
_DOCUMENTATION = "plotext._doc.doc"


def warm_up() -> None:
    """Import plotext; may run on another thread, as long as nothing draws meanwhile."""
    _terminal()


def is_warm() -> bool:
    """Whether drawing can begin without that import."""
    return _terminal.cache_info().currsize > 0


@cache
def _terminal() -> Any:
    """6.1.0: the public package has one figure for all, which clips to the terminal; `terminal` makes another."""
    _leave_out_documentation()
    from plotext._kernel.terminal import terminal

    own = terminal()
    own.limit(False, False)
    return own


def _leave_out_documentation() -> None:
    """Put nothing in its place: to put the pages together takes two thirds of plotext's import."""
    nothing = ModuleType(_DOCUMENTATION)
    nothing.docs = None  # type: ignore[attr-defined] # 6.1.0: `plotext.doc`
    sys.modules.setdefault(_DOCUMENTATION, nothing)


def own_figure() -> Any:
    """The figure that is ours alone; what was drawn on it before is still there."""
    return _terminal()._master  # 6.1.0: a terminal hands its figure out by no public name


def add_signal(figure: Any, signal: Any) -> None:
    """Have a figure show a signal.

    6.1.0: `figure.draw`, the public way, asks each point for its colour first, which takes as long again.
    """
    figure._signals._add(signal)


def set_limits_in_cells(figure: Any, width: int, height: int) -> None:
    """Make the figure's coordinates cells of its canvas exactly, from the lower left corner.

    So a part of a picture is drawn as it is in the whole.
    """
    before, after = _INSET
    for axis, low, high in (("x", before, width - after), ("y", after, height - before)):
        figure.ruler(axis).alignment(lim="edge")
        figure.ruler(axis).lim(low, high)
