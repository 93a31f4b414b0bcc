"""A row a parameter tensor: what the last statistics say of it, and what is wrong there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lstm_engine.script.vocabulary.module_events import Layers, Tensor
from lstm_engine.text import printable
from lstm_engine.weight_history.tensor_figures import TensorFigures
from tui.board.state.board import Board
from tui.board.state.inside import Inside
from tui.board.view.panels.panel import Panel
from tui.board.view.panels.sparkline import sparkline
from tui.board.view.panels.weights_picture import epoch_words, weights_picture
from tui.board.view.place_in_time import PlaceInTime
from tui.text.pieces import Piece
from tui.text.widths import cut, flush_left

#: A gradient that is so much smaller or greater than its weights says that something is wrong.
VANISHING, EXPLODING = 1e-7, 1e2
#: What is not trained has no gradient, and that is as it should be.
FROZEN = "frozen"
_SPARK = 12
#: What a name has at least.
_LEAST_NAME = 12
#: The columns of numbers, from the one that stays longest, and cells of each.
_TOLD, _NUMBER = ("gradient", "norm", "mean", "dev"), 10
#: The same where the parameters themselves are known.
_READ = ("gradient", "norm", "change", "largest", "mean")


@dataclass(frozen=True)
class LayersAsked:
    """present: the number of the present row. place: of the time cursor, for those whose parameters are known.

    is_alone: the present one's values have all of the panel. ascii_text, has_colour: what the terminal has.
    """

    present: int = 0
    place: PlaceInTime = field(default_factory=PlaceInTime)
    is_alone: bool = False
    ascii_text: bool = False
    has_colour: bool = True


@dataclass(frozen=True)
class LayerRow:
    """One tensor. numbers: by the column's name. verdict: what is wrong there; empty where nothing is known to be."""

    tensor: Tensor
    numbers: Mapping[str, float | None]
    verdict: str


def layer_rows(
    board: Board, told: Layers | None, figures: Mapping[str, TensorFigures] | None = None
) -> list[LayerRow]:
    """A row for each tensor of the newest fit. told: statistics of all. figures: by name, of the parameters."""
    tensors = board.fit.tensors if board.fit is not None else ()
    statistics = told or Layers(step=0)
    return [_layer_row(tensor, number, statistics, figures or {}) for number, tensor in enumerate(tensors)]


def layers_panel(board: Board, asked: LayersAsked, inside: Inside | None = None) -> Panel:
    """All of them; a curve of the gradient's norm at the end of each.

    inside: of a model of prices; above the rows are the values of the present one then, at the epoch of the cursor.
    """
    snapshot = None if inside is None else inside.snapshot(asked.place.epoch)
    samples = board.layers.samples
    names: Sequence[str] = _TOLD
    figures: Mapping[str, TensorFigures] = {}
    if snapshot is not None and inside is not None:
        figures, names = inside.figures(asked.place.epoch), _READ
        samples = tuple(each for each in samples if asked.place.step is None or each.step <= asked.place.step)
    newest = samples[-1] if samples else None
    rows = layer_rows(board, newest, figures)
    wrong = sum(row.verdict not in ("", FROZEN) for row in rows)
    title = f"layers · {len(rows)}" + (f" at {epoch_words(snapshot)}" if snapshot is not None else "")
    if newest is not None:
        title += f" at step {newest.step:,}" if snapshot is None else f" · gradients at step {newest.step:,}"
    title += f" · {wrong} marked" if wrong else ""

    def row(number: int, width: int) -> list[Piece]:
        past = [_at(sample.gradient, number) for sample in samples]
        return _pieces(rows[number], names, past, width, ascii_text=asked.ascii_text)

    picture = None
    if snapshot is not None and 0 <= asked.present < len(rows):
        name, has_colour = rows[asked.present].tensor.name, asked.has_colour and not asked.ascii_text
        picture = weights_picture(
            snapshot,
            name,
            has_colour=has_colour,
            ascii_text=asked.ascii_text,
            is_alone=asked.is_alone,
            wanted=asked.place.epoch,
        )
    return Panel(
        title,
        heading=lambda width: _heading(names, width),
        count=len(rows),
        row=row,
        empty="no Trainer has told its model yet",
        picture=picture,
    )


def _layer_row(tensor: Tensor, number: int, told: Layers, figures: Mapping[str, TensorFigures]) -> LayerRow:
    norm, gradient = _at(told.norm, number), _at(told.gradient, number)
    numbers = {"gradient": gradient, "norm": norm}
    numbers |= {"mean": _at(told.mean, number), "dev": _at(told.deviation, number)}
    found = figures.get(tensor.name)
    if found is not None:
        numbers |= {"norm": found.norm, "mean": found.mean, "largest": found.largest, "change": found.change}
    return LayerRow(tensor, numbers, _verdict(tensor, norm, gradient))


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


def _columns(names: Sequence[str], width: int) -> tuple[int, Sequence[str], bool]:
    """Cells of a name, the columns of numbers, and whether there is room for the shape and the count."""
    fixed = _SPARK + 12
    counts = range(len(names), 1, -1)
    numbers = next((count for count in counts if width - fixed - count * _NUMBER >= _LEAST_NAME + 4), 2)
    rest = width - fixed - numbers * _NUMBER
    is_wide = rest >= 2 * _LEAST_NAME + 22
    return max(min(rest - 22 * is_wide, 44), _LEAST_NAME), names[:numbers], is_wide


def _heading(names: Sequence[str], width: int) -> list[Piece]:
    name, columns, is_wide = _columns(names, width)
    text = flush_left("tensor", name)
    text += f"{'shape':>12}{'count':>10}" if is_wide else ""
    text += "".join(f"{heading:>{_NUMBER}}" for heading in columns)
    return [(cut(f"{text} {'gradient by time':<{_SPARK}}", width), "$quiet")]


def _pieces(
    row: LayerRow, names: Sequence[str], past: list[float | None], width: int, *, ascii_text: bool
) -> list[Piece]:
    name, columns, is_wide = _columns(names, width)
    text = flush_left(cut(printable(row.tensor.name), name), name)
    if is_wide:
        shape = "×".join(map(str, row.tensor.shape)) or "1"
        text += f"{cut(shape, 11):>12}{row.tensor.count:>10,}"
    text += "".join(f"{_number(row.numbers.get(column)):>{_NUMBER}}" for column in columns)
    style = {"": "", FROZEN: "$quiet", "vanishing": "$text-warning"}.get(row.verdict, "bold $text-error")
    curve = sparkline(past, _SPARK, ascii_text=ascii_text, zero=True)
    return [(text, style), (f" {curve}", "$text-primary"), (f" {row.verdict}", style)]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2e}"
