"""What is known of a run beside its numbers."""

from __future__ import annotations

import shlex

from lstm_engine.text import printable
from tui.board.state.board import Board
from tui.board.view.panels.panel import Panel, rows_of
from tui.text.pieces import Piece
from tui.text.widths import flush_left, wrapped
from tui.text.widths import width as width_of

#: Cells of the widest name.
_NAMES = 24


def facts_panel(board: Board, width: int) -> Panel:
    """Hyperparameters, then where and by what it is trained. width: of a row."""
    sections = [("hyperparameters", _hyperparameters(board)), ("training", _training(board)), ("run", _run(board))]
    lines: list[list[Piece]] = []
    for title, facts in sections:
        if facts:
            lines += [[(title, "bold $primary")], *(line for fact in facts for line in _lines(*fact, width))]
    return Panel("facts", count=len(lines), row=rows_of(lines), empty="nothing was told yet")


def _lines(name: str, value: str, width: int) -> list[list[Piece]]:
    room = min(max(width_of(name) + 2, 14), _NAMES)
    texts = wrapped(printable(value), max(width - room - 1, 8)) or [""]
    first: list[Piece] = [(f" {flush_left(name, room)}", "$quiet"), (texts[0], "")]
    return [first, *([(" " * (room + 1) + text, "")] for text in texts[1:])]


def _hyperparameters(board: Board) -> list[tuple[str, str]]:
    return [(printable(name), str(value)) for name, value in board.hyperparameters.items()]


def _training(board: Board) -> list[tuple[str, str]]:
    fit = board.fit
    if fit is None:
        return []
    count = sum(tensor.count for tensor in fit.tensors)
    trainable = sum(tensor.count for tensor in fit.tensors if tensor.trainable)
    facts = [
        ("model", fit.model),
        (
            "parameters",
            f"{count:,} in {len(fit.tensors)} tensors" + (f", {trainable:,} trained" * (trainable < count)),
        ),
        ("packages", f"{fit.trainer} {fit.version}, torch {fit.torch}"),
        ("device", fit.device),
        ("precision", fit.precision),
        ("processes", str(fit.world) if fit.world > 1 else ""),
        ("loggers", ", ".join(fit.loggers)),
        ("resumed from", fit.resumed_from or ""),
        ("resumed", "" if not fit.resumed_from or fit.exact is None else _exactness(fit.exact, fit.why_not)),
    ]
    return [(name, value) for name, value in facts if value]


def _exactness(exact: bool, why_not: str) -> str:
    return "ends in the bits of an uninterrupted run" if exact else f"not exact: {why_not}"


def _run(board: Board) -> list[tuple[str, str]]:
    facts = []
    process = board.process
    if process is not None:
        facts = [("host", process.host), ("process", str(process.pid))]
        if board.prices is None:  # the script of a model of prices is this program's own
            facts = [("command", shlex.join(process.argv)), ("directory", process.directory), *facts]
    told = {"title", *(name for name, _ in facts)}  # the title is in the header
    return [*facts, *((printable(name), text) for name, text in board.texts.items() if name not in told)]
