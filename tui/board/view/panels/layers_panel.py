"""A row a parameter tensor: what the last statistics say of it, and what is wrong there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_engine.forecast.weights import Weights
from lstm_engine.script.vocabulary.module_events import Layers, Tensor
from lstm_engine.text import printable
from tui.board.state.board import Board
from tui.board.view.panels.panel import Panel
from tui.board.view.panels.sparkline import sparkline
from tui.board.view.panels.weights_picture import weights_picture
from tui.text.pieces import Piece
from tui.text.widths import cut, flush_left

#: A gradient that is so much smaller or greater than its weights says that something is wrong.
VANISHING, EXPLODING = 1e-7, 1e2
#: What is not trained has no gradient, and that is as it should be.
FROZEN = "frozen"
_SPARK = 12
#: What a name has at least.
_LEAST_NAME = 12
#: The columns of numbers, from the one that stays longest: heading and what it shows.
_NUMBER = 10


@dataclass(frozen=True)
class LayerRow:
    """One tensor. verdict: what is wrong there; empty where nothing is known to be."""

    tensor: Tensor
    norm: float | None
    gradient: float | None
    mean: float | None
    deviation: float | None
    update: float | None
    verdict: str


def layer_rows(board: Board) -> list[LayerRow]:
    """A row for each tensor of the newest fit, with its newest statistics."""
    tensors = board.fit.tensors if board.fit is not None else ()
    newest = board.layers.newest or Layers(step=0)
    return [_layer_row(tensor, number, newest) for number, tensor in enumerate(tensors)]


def layers_panel(
    board: Board, *, ascii_text: bool, has_colour: bool = True, weights: Weights | None = None, present: int = 0
) -> Panel:
    """All of them; a curve of the gradient's norm at the end of each.

    weights: of a model of prices; above the rows are the values of the present one then.
    """
    rows, samples = layer_rows(board), board.layers.samples
    newest = board.layers.newest
    wrong = sum(row.verdict not in ("", FROZEN) for row in rows)
    title = f"layers · {len(rows)}" + (f" at step {newest.step:,}" if newest else "")
    title += f" · {wrong} marked" if wrong else ""

    def row(number: int, width: int) -> list[Piece]:
        past = [_at(sample.gradient, number) for sample in samples]
        return _pieces(rows[number], past, width, ascii_text=ascii_text)

    picture = None
    if weights is not None and 0 <= present < len(rows):
        name = rows[present].tensor.name
        picture = weights_picture(weights, name, has_colour=has_colour and not ascii_text, ascii_text=ascii_text)
    empty = "no Trainer has told its model yet"
    return Panel(title, heading=_heading, count=len(rows), row=row, empty=empty, picture=picture)


def _layer_row(tensor: Tensor, number: int, newest: Layers) -> LayerRow:
    norm, gradient = _at(newest.norm, number), _at(newest.gradient, number)
    mean, deviation = _at(newest.mean, number), _at(newest.deviation, number)
    return LayerRow(
        tensor, norm, gradient, mean, deviation, _at(newest.update, number), _verdict(tensor, norm, gradient)
    )


def _at(values: Sequence[float | None], number: int) -> float | None:
    return values[number] if number < len(values) else None


def _verdict(tensor: Tensor, norm: float | None, gradient: float | None) -> str:
    if not tensor.trainable:
        return FROZEN
    if gradient is None or norm is None:
        return ""
    if gradient == 0:
        return "dead"
    share = gradient / norm if norm else gradient
    return "vanishing" if share < VANISHING else "exploding" if share > EXPLODING else ""


def _columns(width: int) -> tuple[int, int, bool]:
    """Cells of a name, how many columns of numbers, and whether there is room for the shape and the count."""
    fixed = _SPARK + 12
    numbers = next((count for count in (4, 3, 2) if width - fixed - count * _NUMBER >= _LEAST_NAME + 4), 2)
    rest = width - fixed - numbers * _NUMBER
    is_wide = rest >= 2 * _LEAST_NAME + 22
    return max(min(rest - 22 * is_wide, 44), _LEAST_NAME), numbers, is_wide


def _heading(width: int) -> list[Piece]:
    name, numbers, is_wide = _columns(width)
    text = flush_left("tensor", name)
    text += f"{'shape':>12}{'count':>10}" if is_wide else ""
    text += "".join(f"{heading:>{_NUMBER}}" for heading in ("gradient", "norm", "mean", "dev")[:numbers])
    return [(cut(f"{text} {'gradient by time':<{_SPARK}}", width), "$quiet")]


def _pieces(row: LayerRow, past: list[float | None], width: int, *, ascii_text: bool) -> list[Piece]:
    name, numbers, is_wide = _columns(width)
    text = flush_left(cut(printable(row.tensor.name), name), name)
    if is_wide:
        shape = "×".join(map(str, row.tensor.shape)) or "1"
        text += f"{cut(shape, 11):>12}{row.tensor.count:>10,}"
    values = (row.gradient, row.norm, row.mean, row.deviation)[:numbers]
    text += "".join(f"{'–' if value is None else f'{value:.2e}':>{_NUMBER}}" for value in values)
    style = {"": "", FROZEN: "$quiet", "vanishing": "$text-warning"}.get(row.verdict, "bold $text-error")
    curve = sparkline(past, _SPARK, ascii_text=ascii_text, zero=True)
    return [(text, style), (f" {curve}", "$text-primary"), (f" {row.verdict}", style)]
