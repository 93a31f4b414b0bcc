"""From the values of command line options to checked settings; every UserError is a sentence for the user."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lstm_engine.data.companies import WALK_THROUGH, Companies
from lstm_engine.data.csv_reader import read_csv
from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig, check_epochs, validated
from lstm_engine.text import printable
from tui.cli.user_command import user_command
from tui.options import EngineOptions, Marker
from tui.text.ascii import has_only_ascii


def run_config(values: Mapping[str, Any], data: Companies = WALK_THROUGH) -> RunConfig:
    """The settings of a new run, from the options model, seed, lr, init and batch_size. Raises UserError."""
    batch_size = values["batch_size"] or 1
    if batch_size > len(data.names):
        raise UserError(f"batch size is {batch_size}: expected at most {len(data.names)}, one per company")
    config = RunConfig(
        model=values["model"],
        seed=values["seed"],
        lr=values["lr"],
        init=values["init"] or ("uniform" if values["model"] == "nn-lstm" else "normal"),
        batch_size=batch_size,
        data=data,
    )
    return validated(config)


def foreign_config(values: Mapping[str, Any]) -> RunConfig:
    """What a plain script's checkpoint says nothing of, from the options batch_size and data. Raises UserError."""
    data = WALK_THROUGH if values["data"] is None else read_csv(values["data"])
    return RunConfig(data=data, batch_size=values["batch_size"] or 1)


def is_foreign(source: str) -> bool:
    """Whether it is a checkpoint that lies in no run's directory, as a plain script's."""
    from lstm_engine.store.directory import RECORD

    path = Path(source)
    try:
        return path.is_file() and not (path.resolve().parent / RECORD).exists()
    except OSError:
        return False


def engine_options(values: Mapping[str, Any]) -> EngineOptions:
    """How to start the engine, from the options of `engine_options`. Raises UserError."""
    seconds: float = values["save_every"]
    if not (math.isfinite(seconds) and seconds > 0):
        raise UserError(f"save-every is {seconds}: expected seconds above 0, such as 1")
    checkpoints = folder(values["checkpoints"])
    check_folder(checkpoints)
    on_end = () if values["on_end"] is None else user_command(values["on_end"], "on-end")
    return EngineOptions(
        checkpoints=checkpoints,
        save_every=seconds,
        keep=values["keep"],
        on_hangup=values["on_hangup"],
        shared=values["shared"],
        tensorboard=values["tensorboard"],
        on_end=on_end,
    )


def folder(text: str) -> Path:
    """The folder of all runs, from the option checkpoints. Raises UserError where it is empty (an unset variable)."""
    if not text.strip():
        raise UserError("checkpoints is empty: expected a folder for the runs, such as checkpoints")
    _check_text(str(Path(text).absolute()), "a folder for the runs")
    return Path(text)


def last_run(checkpoints: str) -> str:
    """The name of the run that was saved last. Raises UserError where there is none."""
    from lstm_engine.listing.entries import last_saved

    root = folder(checkpoints)
    entry = last_saved(root)
    if entry is None:
        raise UserError(f"there is no run in {printable(str(root))}: `lstm-tui` begins one")
    return entry.run


def script_run(checkpoints: Path, source: str) -> Path | None:
    """The folder of the script's run that `source` names; None where it is another kind's, or a checkpoint file."""
    from lstm_engine.store.directory import find_run
    from lstm_engine.store.script_record import is_script_run

    check_source(checkpoints, source)
    if Path(source).suffix == ".ckpt":
        return None
    directory = find_run(checkpoints, source)
    return directory if is_script_run(directory) else None


def is_open(checkpoints: Path, source: str) -> bool:
    """Whether some process has the run that `source` names; of a checkpoint file nobody has."""
    from lstm_engine.store.directory import find_run
    from lstm_engine.store.holding.lock import in_use

    check_source(checkpoints, source)
    return Path(source).suffix != ".ckpt" and in_use(find_run(checkpoints, source))


def epochs(values: Mapping[str, Any]) -> int | None:
    """How many epochs were asked for; None where it was not said. Raises UserError."""
    return None if values["epochs"] is None else check_epochs(values["epochs"])


def check_source(checkpoints: Path, source: str) -> None:
    """Whether there is a run or a checkpoint of that name, told without loading PyTorch. Raises UserError."""
    # Imported here because a new run has no need of numpy and sqlite yet.
    from lstm_engine.store.directory import find_run

    shown = printable(source)
    _check_text(source, "a run or a checkpoint")
    if not source.strip():
        raise UserError("the run's name is empty: expected a run's name, its directory, or a checkpoint file")
    try:
        if Path(source).suffix != ".ckpt":
            find_run(checkpoints, source)
        elif not Path(source).is_file():
            raise UserError(f"{shown} does not exist: expected a run's name, its directory, or a checkpoint file")
    except OSError as error:
        raise UserError(f"{shown} cannot be read ({error.strerror}): expected a run or a checkpoint") from error


def _check_text(path: str, expected: str) -> None:
    """Raises UserError where the path is no text, which the engine could not be told of."""
    try:
        path.encode()
    except UnicodeEncodeError as error:
        raise UserError(f"the name {printable(path)} is not in UTF-8: expected {expected} whose name is") from error


def check_folder(folder: Path) -> None:
    """Raises UserError where runs could not be kept in `folder`, which need not exist yet."""
    place = printable(str(folder))
    try:
        existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        if not existing.is_dir():
            whose = f"{place}: " if existing != folder else ""
            raise UserError(f"{whose}{printable(str(existing))} is a file: expected a folder for the runs")
        if not os.access(existing, os.W_OK | os.X_OK):
            raise UserError(f"{place} cannot be written: expected a folder for the runs that you may write to")
    except OSError as error:
        raise UserError(f"{place} cannot be used ({error.strerror}): expected a folder for the runs") from error


def check_terminal(instead: str = "`lstm-tui train`") -> None:
    """Raises UserError where there is no terminal for a dashboard. instead: what needs none."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UserError(f"the dashboard is for a terminal: expected one, or {instead}, which needs none")
    kind = os.environ.get("TERM")
    if kind in ("dumb", "unknown"):
        raise UserError(
            f"the terminal cannot place text (TERM is {kind}): expected one that can, or {instead}, which needs none"
        )


def marker_of(values: Mapping[str, Any]) -> Marker:
    """What charts are drawn with, from the option marker and what the terminal can show."""
    marker: Marker = values["marker"] or ("ascii" if has_only_ascii(os.environ) else "braille")
    return marker
