"""What the script takes of the machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lstm_engine.script.vocabulary.keeper_events import Gpu
from lstm_engine.text import printable
from tui.board.state.board import Board
from tui.board.view.panels.panel import Panel, rows_of
from tui.board.view.panels.sparkline import sparkline
from tui.text.pieces import Piece
from tui.text.widths import cut

_NAME, _VALUE = 14, 22


def machine_panel(board: Board, width: int, *, ascii_text: bool) -> Panel:
    """The newest sample, and how each number came to be. width: of a row."""
    newest, samples = board.machine.newest, board.machine.samples
    if newest is None:
        return Panel("machine", empty="nothing was measured yet")
    lines: list[list[Piece]] = []

    def add(name: str, text: str, past: Sequence[float | None]) -> None:
        room = max(width - _NAME - _VALUE - 3, 0)
        curve = sparkline(past, min(room, 60), ascii_text=ascii_text, zero=True) if room >= 8 else ""
        lines.append([(f" {name:<{_NAME}}", "$quiet"), (f"{text:<{_VALUE}} ", ""), (curve, "$text-primary")])

    add("processor", f"{newest.processor:.1f} cores", [each.processor for each in samples])
    free = f", {_size(newest.free)} free" if newest.free is not None else ""
    add("memory", f"{_size(newest.memory)}{free}", [float(each.memory) for each in samples])
    for number, gpu in enumerate(newest.gpus):
        past = [each.gpus[number] if number < len(each.gpus) else None for each in samples]
        lines.append([(cut(printable(f"GPU {number}: {gpu.name}"), width), "bold $primary")])
        for name, text, get in _GPU_ROWS:
            shown = text(gpu)
            if shown:
                add(name, shown, [None if each is None else get(each) for each in past])
    return Panel("machine", count=len(lines), row=rows_of(lines))


def _memory_text(gpu: Gpu) -> str:
    if gpu.memory is None:
        return ""
    return _size(gpu.memory) + (f" of {_size(gpu.memory_total)}" if gpu.memory_total else "")


def _share_text(gpu: Gpu) -> str:
    return "" if gpu.utilisation is None else f"{gpu.utilisation:.0%}"


def _temperature_text(gpu: Gpu) -> str:
    return "" if gpu.temperature is None else f"{gpu.temperature:.0f} °C"


def _power_text(gpu: Gpu) -> str:
    return "" if gpu.power is None else f"{gpu.power:.0f} W"


#: What is told of a GPU: the name, how a sample is written, and its number.
_GPU_ROWS: tuple[tuple[str, Callable[[Gpu], str], Callable[[Gpu], float | None]], ...] = (
    ("utilisation", _share_text, lambda gpu: gpu.utilisation),
    ("memory", _memory_text, lambda gpu: gpu.memory),
    ("temperature", _temperature_text, lambda gpu: gpu.temperature),
    ("power", _power_text, lambda gpu: gpu.power),
)


def _size(count: int) -> str:
    """Bytes as people read them."""
    if count >= 1 << 30:
        return f"{count / (1 << 30):.1f} GiB"
    return f"{count / (1 << 20):.0f} MiB"
