"""The gates of recurrent modules on one sequence: a picture for each, units by time steps."""

from __future__ import annotations

from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from lstm_engine.text import printable
from tui.board.state.board import Board
from tui.board.state.module_gates import ModuleGates
from tui.board.view.panels.panel import Panel, rows_of
from tui.board.view.panels.sparkline import ASCII_BARS, BARS, sparkline
from tui.text.numbers import counted
from tui.text.pieces import Piece, fitted
from tui.text.widths import cut, flush_left

#: Cells of what stands beside a gate; lines that a gate has at least, as far as it has units; cells of a time step.
_LABEL, _LEAST_LINES, _WIDEST_STEP = 19, 3, 4
#: From so many lines a gate on, an empty one sets it apart from the next.
_SPACIOUS = 4


def gates_panel(board: Board, width: int, height: int, sample: int, *, ascii_text: bool, steers: bool) -> Panel:
    """A picture a gate of every recurrent module.

    width: of a row. height: of all rows in sight. sample: the number of the sequence that was asked for.
    """
    found = list(board.gates.values())
    if not found:
        return Panel("gates", empty=_why_none(board, steers=steers))
    lines: list[list[Piece]] = []
    room = (height - len(found)) // max(sum(len(each.gates) for each in found), 1)
    is_spacious = room > _SPACIOUS
    room = max(room - is_spacious, _LEAST_LINES)
    for each in found:
        facts = _facts(each)
        lines.append([(f" {fitted(facts, width - 1) or cut(facts[0], width - 1)}", "bold $primary")])
        for name, values in each.gates.items():
            lines += _picture(name, values, width, room, ascii_text=ascii_text)
            lines += [[("", "")]] * is_spacious
    bars = ASCII_BARS if ascii_text else BARS
    about = [*_of_sample(found[-1], sample), f"{bars} along each scale"]
    if found[-1].samples:
        about.append("of the first validation batch")
    return Panel(
        "gates",
        heading=lambda room: [(f" {fitted(about, room - 1)}", "$quiet")],
        count=len(lines),
        row=rows_of(lines),
    )


def _why_none(board: Board, *, steers: bool) -> str:
    if board.fit is None:
        return "no Trainer has told its model yet"
    if not board.fit.gates:
        return "the model holds no nn.LSTM and no nn.GRU"
    if steers and board.is_alive:
        return "they come with the next validation; packed sequences have none"
    return "nobody looked at them while it trained"


def _of_sample(shown: ModuleGates, asked: int) -> list[str]:
    """Which sequence they are of."""
    if not shown.samples:
        return []
    fact = f"sequence {shown.sample + 1} of {shown.samples}"
    is_asked = min(asked, shown.samples - 1) == shown.sample
    return [fact if is_asked else f"{fact}, {asked + 1} at the next validation"]


def _facts(gates: ModuleGates) -> list[str]:
    """What they are of, the most important first."""
    name = " ".join(part for part in (printable(gates.module), printable(gates.which)) if part)
    steps, units = next(iter(gates.gates.values())).shape if gates.gates else (0, 0)
    size = f"{counted(units, 'unit')} by {counted(steps, 'time step')}"
    return [name or "the model", printable(gates.kind), f"step {gates.step:,}", size]


def _picture(
    name: str, values: NDArray[np.float64], width: int, height: int, *, ascii_text: bool
) -> list[list[Piece]]:
    """Lines of units, the first above; time goes to the right. Where room is short, a cell is a mean of several.

    Beside it stand its name, the values of the lowest and the highest bar, and what a cell is a mean of.
    """
    room = max(width - _LABEL, 1)
    means = _means(_means(values.T, height), room, axis=1)
    times = min(max(room // means.shape[1], 1), _WIDEST_STEP)
    known = means[np.isfinite(means)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    scale = f"{low:.2f} to {high:.2f}".replace("-", "-" if ascii_text else "−") if len(known) else "not finite"
    labels = [name, scale, *_merged(values.shape[::-1], means.shape)]
    lines = [_bars(line, times, low, high, ascii_text=ascii_text) for line in means]
    return [
        [
            (flush_left(cut(f" {printable(label)}", _LABEL - 1), _LABEL), "" if label == name else "$quiet"),
            (line, "$text-primary"),
        ]
        for label, line in zip_longest(labels, lines, fillvalue="")
    ]


def _merged(sizes: tuple[int, ...], shown: tuple[int, ...]) -> list[str]:
    """What a cell is a mean of; empty where it is one value."""
    together = [-(-size // count) for size, count in zip(sizes, shown, strict=True)]
    parts = [f"{count} {what}" for count, what in zip(together, ("units", "steps"), strict=True) if count > 1]
    if len(parts) > 1:
        return [f"mean of {together[0]} by {together[1]}"]
    return [f"mean of {part}" for part in parts]


def _bars(line: NDArray[np.float64], times: int, low: float, high: float, *, ascii_text: bool) -> str:
    bars = sparkline(line.tolist(), len(line), ascii_text=ascii_text, span=(low, high))
    return "".join(bar * times for bar in bars)


def _means(values: NDArray[np.float64], most: int, axis: int = 0) -> NDArray[np.float64]:
    """Means of so many neighbours that there are at most `most` of them."""
    size = values.shape[axis]
    together = -(-size // most)
    if together == 1:
        return values
    begins = np.arange(0, size, together)
    counts = np.diff(np.append(begins, size))
    sums = np.add.reduceat(values, begins, axis=axis)
    return sums / (counts[:, None] if axis == 0 else counts)
