"""One screen after the other: the bench, the board and a sweep are apps of their own, and lead to each other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lstm_engine.run.config import RunConfig
from tui.options import DEFAULT_EPOCHS, DashboardOptions, EngineOptions, Marker, continue_command
from tui.shell.left import Left


@dataclass(frozen=True)
class Look:
    """What every screen is shown with, whichever run it is on."""

    engine: EngineOptions
    fps: int
    marker: Marker
    bell: bool = True


def show_bench(options: DashboardOptions) -> int:
    """The bench, and what is opened from it, until the user leaves; the exit status."""
    look = Look(options.engine, options.fps, options.marker, options.bell)
    return _show_on(_bench(options), look)


def show_board(run: Path, look: Look) -> int:
    """The board on a script's run, and what is opened from it, until the user leaves; the exit status."""
    return _show_on(_board(run, look), look)


def show_sweep(folder: Path, workers: int | None, look: Look) -> int:
    """A sweep, and the runs of its members, from which one comes back to it, until the user leaves; the exit status.

    workers: processes; None for one a core. Raises UserError where its settings cannot be read.
    """
    from tui.sweep import start

    checkpoints = look.engine.checkpoints
    left, status = start.run_sweep_screen(folder, look.engine, workers, look.marker), 0
    while (brought := left.brought) is not None and not status:
        status = _show_on(_bench(_options(str(brought.directory), look, brought.said)), look)
        if not status:
            left = start.run_sweep_screen(folder, look.engine, workers, look.marker, left)
    start.say_farewell(left.standing, folder, checkpoints)
    return status or left.status


def _show_on(left: Left, look: Look) -> int:
    while (chosen := left.opens) is not None:
        if chosen.kind == "sweep":
            return show_sweep(Path(chosen.source), None, look)
        if chosen.kind == "logs":
            left = _logs(Path(chosen.source), chosen.runs, look)
            continue
        if chosen.kind == "lightning":
            left = _board(Path(chosen.source), look)
            continue
        left = _bench(_options(chosen.source, look))
    return left.status


def _options(source: str, look: Look, said: str = "") -> DashboardOptions:
    """The bench on a run."""
    return DashboardOptions(
        RunConfig(),
        DEFAULT_EPOCHS,
        look.engine,
        fps=look.fps,
        marker=look.marker,
        source=source,
        bell=look.bell,
        said=said,
    )


def _bench(options: DashboardOptions) -> Left:
    from tui.app import start

    return start.run(options)


def _board(run: Path, look: Look) -> Left:
    from tui.board.app import start
    from tui.client.script_source import ScriptSource
    from tui.runs.run_folder import RunFolder

    checkpoints, run = look.engine.checkpoints, run.absolute()
    is_inside = run.parent.resolve() == checkpoints.resolve()
    options = start.BoardOptions(
        fps=look.fps,
        marker=look.marker,
        command=continue_command("attach", run.name, str(run), checkpoints),
        folder=RunFolder.at(checkpoints if is_inside else run.parent),
    )
    return start.run_board(ScriptSource(run), options)


def _logs(root: Path, runs: tuple[str, ...], look: Look) -> Left:
    from tui.board.app import start
    from tui.client.log_source import LogSource
    from tui.runs.run_folder import RunFolder

    options = start.BoardOptions(fps=look.fps, marker=look.marker, folder=RunFolder.at(root))
    return start.run_board(LogSource(root, only=runs), options)
