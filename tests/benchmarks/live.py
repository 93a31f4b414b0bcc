"""One dashboard from ready over finished, training and paused to its end: keys, bytes, idleness, memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.effort import Effort
from tests.benchmarks.keys import DATA, HELP, LOG_SCALE, answers, close_help, keys_result, press_all
from tests.benchmarks.proc import cpu_seconds, engine_of, memory
from tests.benchmarks.replay import replayed
from tests.benchmarks.samples import kib
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import Chunk, Terminal, lstm_tui
from tests.support.published import PREDICTIONS

UNTRAINED = f"{PREDICTIONS[0][0]:.4f}"

#: Never reached: training goes on until it is stopped.
FOR_EVER = "1000000"
_FIRST = "40"

#: Seconds that the first epochs take to come into their stride.
_WARM_UP = 1.5
#: A small, a middling and a large change, and seconds between two presses.
_KEYS = (LOG_SCALE, DATA, HELP)
_BETWEEN = (0.2, 0.4)
_QUIET, _QUIET_WITHIN = 0.25, 5.0


@dataclass(frozen=True)
class _Watched:
    """What a dashboard did while it was watched: processor time is a share of one core."""

    begun: float
    seconds: float
    bytes: int
    frames: int
    dashboard: float
    engine: float


def live(effort: Effort, folder: Path) -> list[Result]:
    place = folder / "live"
    place.mkdir()
    with Terminal(lstm_tui("--epochs", _FIRST), place) as terminal:
        terminal.wait_for(UNTRAINED)
        engine = engine_of(terminal.pid)
        idle = {"ready": _watch_idle(terminal, engine, effort.watched)}
        _press_and_wait(terminal, " ", "finished")
        idle["finished"] = _watch_idle(terminal, engine, effort.watched)
        _press_and_wait(terminal, "a", "How many epochs")
        _press_and_wait(terminal, FOR_EVER + "\r", "training")
        terminal.read_for(_WARM_UP)
        presses = press_all(terminal, _KEYS, effort.presses, _BETWEEN)
        close_help(terminal)
        before = [memory(pid) for pid in (terminal.pid, engine)]
        training = _watch(terminal, engine, 2 * effort.watched)
        after = [memory(pid) for pid in (terminal.pid, engine)]
        ended = terminal.chunks[-1].at
        _press_and_wait(terminal, " ", "paused")
        idle["paused"] = _watch_idle(terminal, engine, effort.watched)
        terminal.press("q")
        terminal.wait_for_end()
    epochs = _epochs_between(terminal.chunks, training.begun, ended)
    grown = [end - start for start, end in zip(before, after, strict=True)]
    return [
        keys_result("keys", "while training at full speed", answers(terminal.chunks, presses), 0.030),
        _bytes(training),
        _idle(idle),
        result(
            "memory while training",
            f"growth of the engine's and of the dashboard's own memory over {epochs} epochs of training; rough, as "
            "allocators take memory in large pieces",
            f"engine {grown[1] / epochs:.0f}, dashboard {grown[0] / epochs:.0f} bytes an epoch",
            epochs=epochs,
            dashboard=grown[0],
            engine=grown[1],
        ),
    ]


def _press_and_wait(terminal: Terminal, keys: str, text: str) -> None:
    since = terminal.size
    terminal.press(keys)
    terminal.wait_for(text, since)


def _watch_idle(terminal: Terminal, engine: int, seconds: float) -> _Watched:
    """From when it is quiet on; a dashboard that never is, is watched all the same."""
    waited = 0.0
    while terminal.read_for(_QUIET) and waited < _QUIET_WITHIN:
        waited += _QUIET
    return _watch(terminal, engine, seconds)


def _watch(terminal: Terminal, engine: int, seconds: float) -> _Watched:
    before = [cpu_seconds(pid) for pid in (terminal.pid, engine)]
    chunks = len(terminal.chunks)
    begun = terminal.now()
    size = terminal.read_for(seconds)
    taken = terminal.now() - begun
    used = [cpu_seconds(pid) - start for pid, start in zip((terminal.pid, engine), before, strict=True)]
    frames = sum(chunk.frames for chunk in terminal.chunks[chunks:])
    return _Watched(begun, taken, size, frames, used[0] / taken, used[1] / taken)


def _epochs_between(chunks: Sequence[Chunk], begun: float, ended: float) -> int:
    first = last = -1
    for at, screen in replayed(chunks):
        if at <= begun:
            first = screen.epoch()
        if at <= ended:
            last = max(last, screen.epoch())
    return max(last - first, 1)


def _bytes(training: _Watched) -> Result:
    rate = training.bytes / training.seconds
    frames = training.frames / training.seconds
    return result(
        "bytes to the terminal",
        f"{training.seconds:.0f} s of training on 160×48 in true colour, {frames:.1f} frames/s; the dashboard took "
        f"{training.dashboard:.0%} of a core, {training.dashboard / frames * 1000 if frames else 0:.0f} ms a frame "
        "with all it does for the engine's events",
        f"{kib(rate):.1f} KiB/s",
        "≤ 24 KiB/s",
        met=rate <= 24 * 1024,
        rate=rate,
        frames=frames,
        dashboard=training.dashboard,
        engine=training.engine,
    )


def _idle(idle: dict[str, _Watched]) -> Result:
    busiest = max(max(watched.dashboard, watched.engine) for watched in idle.values())
    size = sum(watched.bytes for watched in idle.values())
    return result(
        "idle",
        f"{', '.join(idle)}: {next(iter(idle.values())).seconds:.1f} s each once it is quiet; bytes written, and the "
        "processor time of dashboard and engine as a share of one core, the largest of all",
        f"{size} bytes, {busiest:.2%} of a core",
        "0 bytes, < 1 %",
        met=size == 0 and busiest < 0.01,
        bytes=[watched.bytes for watched in idle.values()],
        dashboard=[watched.dashboard for watched in idle.values()],
        engine=[watched.engine for watched in idle.values()],
    )
