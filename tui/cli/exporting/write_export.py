"""A run's history for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TextIO

from lstm_engine.errors import UserError
from lstm_engine.formats.export import ExportFormat, export
from lstm_engine.store.directory import find_run
from lstm_engine.store.script_record import is_script_run
from lstm_engine.text import printable
from tui.cli.exporting.write_text import write_text
from tui.cli.script.run_words import run_words


def write_export(
    checkpoints: Path, source: str, form: ExportFormat | Literal["tensorboard"], output: Path | None, stream: TextIO
) -> None:
    """A run's history, to `output` or else to `stream`, as by `write_text`. For TensorBoard, `output` is a folder.

    Raises:
        UserError: there is no such run, it has nothing in that format, or the file cannot be written.
        OSError: the stream cannot be written.
    """
    if form == "tensorboard":
        _export_to_folder(checkpoints, source, output)
        return
    directory = find_run(checkpoints, source)
    if is_script_run(directory):
        _export_metrics(directory, form, output, stream)
    else:
        write_text(output, lambda file: export(directory, form, file), stream)


def _export_metrics(directory: Path, form: ExportFormat, output: Path | None, stream: TextIO) -> None:
    """Of a script's run, which has metrics of its own."""
    from lstm_engine.script.script_export import script_metrics

    if form != "metrics-csv":
        whose = run_words(directory)
        raise UserError(f"{whose}, with metrics of its own: expected --format metrics-csv or tensorboard")
    try:
        rows = script_metrics(directory)
    except OSError as error:
        name = printable(directory.name)
        raise UserError(f"run {name} cannot be read ({error.strerror}): expected what it has told") from error
    write_text(output, rows.write, stream)


def _export_to_folder(checkpoints: Path, source: str, output: Path | None) -> None:
    if output is None:
        raise UserError("tensorboard reads a folder: expected --output DIR")
    from lstm_engine.formats.tensorboard_export import tensorboard_export
    from lstm_engine.script.script_export import script_export

    directory = find_run(checkpoints, source)
    try:
        (script_export if is_script_run(directory) else tensorboard_export)(directory, output)
    except OSError as error:
        raise UserError(f"{printable(str(output))} cannot be written ({error.strerror}): expected a folder") from error
