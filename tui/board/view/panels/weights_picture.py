"""The values of the present tensor, above the rows of the layers: a map, its scale, and what it is in numbers."""

from __future__ import annotations

import numpy as np

from lstm_engine.text import printable
from lstm_engine.weight_history.history import Snapshot
from lstm_engine.weight_history.layout import Values
from tui.board.drawing.gate_map import GateMap
from tui.board.drawing.weight_map import weight_map
from tui.board.view.panels.panel import PanelPicture
from tui.drawing.cells import Cells, Role
from tui.options import Marker
from tui.text.numbers import counted
from tui.text.pieces import fitted
from tui.text.widths import cut

#: Of the panel's lines, the share that the picture has, and how many are left to the rows at least.
_SHARE, _ROWS = 2 / 3, 4
#: Lines of words above the map; cells of its scale.
_WORDS, _SCALE = 2, 15
#: PyTorch's order, from above.
_GATES = "gates from above: input, forget, candidate, output"


def weights_picture(
    snapshot: Snapshot,
    name: str,
    *,
    has_colour: bool,
    ascii_text: bool,
    is_alone: bool = False,
    wanted: int | None = None,
) -> PanelPicture | None:
    """Of the tensor of that name; None where its values are not known. is_alone: it has all of the panel's lines.

    wanted: the epoch that was asked for; None for the newest.
    """
    tensor = snapshot.tensors.get(name)
    if tensor is None or not tensor.size:
        return None

    def draw(width: int, height: int, _: Marker) -> Cells:
        return _picture(
            epoch_words(snapshot), name, tensor, width, height, has_colour=has_colour, ascii_text=ascii_text
        )

    def lines(room: int) -> int:
        rows = tensor.shape[0] if tensor.ndim == 2 else 1
        if is_alone:
            return room
        wanted = _WORDS + (-(-rows // 2) if has_colour else rows)
        return max(min(wanted, int(room * _SHARE), room - _ROWS), 0)

    shown = (snapshot.epoch, snapshot.is_exact, tensor.tobytes())
    return PanelPicture(draw, lines, (name, is_alone, wanted), shown)


def epoch_words(snapshot: Snapshot) -> str:
    """Which epoch it is of; of another one than was asked for, or of fewer bits, it says so."""
    return f"{'' if snapshot.is_exact else '≈ '}epoch {snapshot.epoch:,}"


def _picture(
    epoch: str, name: str, tensor: Values, width: int, height: int, *, has_colour: bool, ascii_text: bool
) -> Cells:
    cells = Cells.blank(width, height)
    drawn = weight_map(tensor, has_colour=has_colour, ascii_text=ascii_text)
    cells.write(0, 1, cut(fitted(_facts(epoch, name, tensor), width - 1), width - 1), Role.TEXT)
    if height > 1:
        _write_scale(cells, drawn, tensor, height - _WORDS)
    if height > _WORDS:
        cells.put(drawn.cells(width - 1, height - _WORDS), _WORDS, 1)
    return cells


def _facts(epoch: str, name: str, tensor: Values) -> list[str]:
    """The most important first."""
    facts = [printable(name), "×".join(map(str, tensor.shape)), epoch]
    return facts + [_GATES] * (name.startswith("lstm.") and tensor.shape[0] % 4 == 0)


def _write_scale(cells: Cells, drawn: GateMap, tensor: Values, lines: int) -> None:
    column = 1 + cells.write(1, 1, f"{drawn.low:g} ", Role.LABEL)
    scale = drawn.scale(_SCALE)
    cells.put(scale, 1, column)
    column += scale.width
    column += cells.write(1, column, f" {drawn.high:g}  ", Role.LABEL)
    known = tensor[np.isfinite(tensor)].astype(np.float64)
    facts = ["no finite number"]
    if known.size:
        largest = float(known[np.argmax(np.abs(known))])
        facts = [f"largest {largest:.4g}", *_merged(drawn, cells.width - 1, lines)]
        facts += [f"mean {known.mean():.4g}", f"norm {np.sqrt((known**2).sum()):.4g}"]
    cells.write(1, column, fitted(facts, cells.width - column), Role.TEXT)


def _merged(drawn: GateMap, width: int, lines: int) -> list[str]:
    """How many rows and columns are shown as one, where any are."""
    rows, columns = drawn.values.shape
    if lines < 1:
        return []
    counts = (-(-rows // (lines * drawn.units_a_row)), -(-columns // max(width, 1)))
    parts = [counted(count, what) for count, what in zip(counts, ("row", "column"), strict=True) if count > 1]
    return [f"a cell is a mean of {' by '.join(parts)}"] * bool(parts)
