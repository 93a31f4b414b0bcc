"""The dashboard over a slow link: frames must give way, not keys."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from tests.benchmarks.effort import Effort
from tests.benchmarks.keys import LOG_SCALE, answers, press_all
from tests.benchmarks.live import FOR_EVER
from tests.benchmarks.replay import replayed
from tests.benchmarks.samples import kib
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import Chunk, Terminal, lstm_tui

RATE = 10 * 1024
_WARM_UP = 1.5
#: Seconds that what is on its way takes to arrive once the link is fast again, with a frame to spare.
_DRAINED = 0.3
#: As far apart as a person's: every key is to be answered before the next one.
_PAUSE = (0.7, 1.2)


def slow_link(effort: Effort, folder: Path) -> list[Result]:
    """Training watched at full speed, then through 10 KiB/s, then at full speed again to see what had queued up."""
    place = folder / "link"
    place.mkdir()
    with Terminal(lstm_tui("--start", "--epochs", FOR_EVER), place) as terminal:
        terminal.wait_for("training")
        terminal.read_for(_WARM_UP)
        first = len(terminal.chunks)
        terminal.read_for(effort.watched)
        terminal.rate = RATE
        slowed = len(terminal.chunks)
        terminal.read_for(effort.linked / 3)
        presses = press_all(terminal, (LOG_SCALE,), max(2, round(effort.linked / 1.5)), _PAUSE)
        ended = terminal.now()
        quickened, size = len(terminal.chunks), terminal.size
        terminal.rate = None
        terminal.read_for(_DRAINED)
        queued = _queued(terminal.chunks[quickened:])
        terminal.press("q")
        terminal.wait_for_end()
    fast, slow = (_rate(terminal.chunks[begin:end]) for begin, end in ((first, slowed), (slowed, quickened)))
    found = answers([chunk for chunk in terminal.chunks if chunk.at <= ended], presses)
    waits = [answer.seconds for answer in found if answer.seconds is not None]
    unseen = len(found) - len(waits)
    worst = max(waits, default=float("inf"))
    middle = f"{median(waits) * 1000:.0f}" if waits else "-"
    lag = _lag(terminal.chunks, terminal.chunks[slowed].at, ended)
    return [
        result(
            "slow link",
            f"training through 10 KiB/s: frames/s ({fast:.1f} before), {len(presses)} presses of a key that changes a "
            f"chart's scale, how far the epoch on screen lags behind at the end, and the bytes that were on their way "
            f"then (the kernel's own buffer holds up to 12 KiB); {kib(size):.0f} KiB in all",
            f"{slow:.1f} frames/s; keys {middle} ms, worst {worst * 1000:.0f} ms"
            + (f", {unseen} never seen" if unseen else "")
            + f"; lag {lag:.1f} s, {kib(queued):.1f} KiB queued",
            "frames fall, keys ≤ 100 ms, no queue",
            met=slow < fast and worst <= 0.1 and not unseen,
            frames=slow,
            waits=waits,
            unseen=unseen,
            lag=lag,
            queued=queued,
        )
    ]


def _rate(chunks: list[Chunk]) -> float:
    """Frames a second."""
    seconds = chunks[-1].at - chunks[0].at if len(chunks) > 1 else 1.0
    return sum(chunk.frames for chunk in chunks) / seconds


def _queued(chunks: list[Chunk]) -> int:
    """Bytes that had been on their way: what comes without a pause once the link is fast."""
    size, before = 0, None
    for chunk in chunks:
        if before is not None and chunk.at - before > 0.005:
            break
        size, before = size + len(chunk.data), chunk.at
    return size


def _lag(chunks: list[Chunk], begun: float, ended: float) -> float:
    """By how many seconds the epoch on screen at `ended` was older than the one that trained then."""
    first = shown = newest = -1
    newest_at = ended
    for at, screen in replayed(chunks):
        epoch = screen.epoch()
        if at <= begun:
            first = epoch
        if at <= ended:
            shown = epoch
        if epoch > newest:
            newest, newest_at = epoch, at
    if newest_at <= begun:  # none has come since
        return 0.0
    speed = max(newest - first, 1) / (newest_at - begun)
    return max(0.0, (newest - shown) / speed - (newest_at - ended))
