"""The gates of recurrent modules on one sequence: a map of each, units by time steps, and what it does in words."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_engine.text import printable
from tui.board.state.board import Board
from tui.board.state.module_gates import ModuleGates
from tui.board.view.panels.gates_picture import GatesWords, gates_picture
from tui.board.view.panels.panel import Panel, PanelPicture
from tui.drawing.cells import Cells
from tui.options import Marker
from tui.text.numbers import counted
from tui.text.pieces import Piece, fitted
from tui.text.widths import cut

#: Lines of a panel with a list of the modules, where there are several, and of that list at least.
_WITH_LIST, _LEAST_LIST = 18, 3


@dataclass(frozen=True)
class GatesAsked:
    """What is to be seen of them. sample: the number of the sequence. deviates: from each unit's own mean.

    has_colour, ascii_text: what the terminal has.
    """

    sample: int = 0
    deviates: bool = False
    has_colour: bool = True
    ascii_text: bool = False


def gates_panel(board: Board, row: int, asked: GatesAsked, *, steers: bool) -> Panel:
    """Of the module of that row: all of them are listed where there are several."""
    found = list(board.gates.values())
    if not found:
        return Panel("gates", empty=_why_none(board, steers=steers))
    number = min(max(row, 0), len(found) - 1)
    shown, several = found[number], len(found) > 1
    units = _units(board, shown)

    def draw(width: int, height: int, _: Marker) -> Cells:
        words = GatesWords(_facts(shown, units), *_about(shown, asked))
        return gates_picture(
            shown.gates,
            words,
            width,
            height,
            deviates=asked.deviates,
            has_colour=asked.has_colour,
            ascii_text=asked.ascii_text,
        )

    return Panel(
        f"gates · {number + 1} of {len(found)}" if several else "gates",
        heading=_heading if several else lambda _: [],
        count=len(found) if several else 0,
        row=lambda row, width: [(cut(f" {fitted(_facts(found[row], ''), width - 1)}", width), "")],
        picture=PanelPicture(draw, lambda lines: _lines_of(len(found), lines), (number, asked), (shown, board.run)),
    )


def _why_none(board: Board, *, steers: bool) -> str:
    if board.fit is None:
        return "no Trainer has told its model yet"
    if not board.fit.gates:
        return "the model holds no nn.LSTM and no nn.GRU"
    if steers and board.is_alive:
        return "they come with the next validation; packed sequences have none"
    return "nobody looked at them while it trained"


def _heading(width: int) -> list[Piece]:
    return [(cut(" all of them", width), "$quiet")]


def _lines_of(modules: int, height: int) -> int:
    """The picture's, of so many that the panel has: the rest is for the list of modules."""
    if modules == 1 or height < _WITH_LIST:
        return height
    return height - min(max(height // 6, _LEAST_LIST), modules + 1)


def _units(board: Board, shown: ModuleGates) -> str:
    """How many units the module has, where not all of them were told; empty where they were."""
    told = next(iter(shown.gates.values())).shape[1] if shown.gates else 0
    tensors = board.fit.tensors if board.fit is not None else ()
    weights = next((each for each in tensors if each.name == f"{shown.module}.weight_hh_l0"), None)
    units = weights.shape[0] // (3 if shown.kind == "GRU" else 4) if weights is not None and weights.shape else told
    return f"the first {told} of {units} units" if units > told else ""


def _facts(gates: ModuleGates, units: str) -> list[str]:
    """What they are of, the most important first."""
    name = " ".join(part for part in (printable(gates.module), printable(gates.which)) if part)
    steps, told = next(iter(gates.gates.values())).shape if gates.gates else (0, 0)
    size = f"{units or counted(told, 'unit')} by {counted(steps, 'time step')}"
    return [name or "the model", printable(gates.kind), f"step {gates.step:,}", size]


def _about(shown: ModuleGates, asked: GatesAsked) -> tuple[list[str], list[str]]:
    """Which sequence they are of, and from which batch."""
    facts = []
    if shown.samples:
        facts = [f"sequence {shown.sample + 1} of {shown.samples}"]
        if min(asked.sample, shown.samples - 1) != shown.sample:
            facts[0] += f", {asked.sample + 1} at the next validation"
    return facts, ["of the first validation batch"]
