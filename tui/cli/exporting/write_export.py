"""A run's history for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TextIO

from lstm_engine.errors import UserError
from lstm_engine.formats.export import ExportFormat, export
from lstm_engine.store.directory import find_run
from lstm_engine.text import printable
from tui.cli.exporting.write_text import write_text


def write_export(
    checkpoints: Path, source: str, form: ExportFormat | Literal["tensorboard"], output: Path | None, stream: TextIO
) -> None:
    """A run's history, to `output` or else to `stream`, as by `write_text`. For TensorBoard, `output` is a folder.

    Raises:
        UserError: there is no such run, or the file cannot be written.
        OSError: the stream cannot be written.
    """
    if form == "tensorboard":
        _export_to_folder(checkpoints, source, output)
        return
    directory = find_run(checkpoints, source)
    write_text(output, lambda file: export(directory, form, file), stream)


def _export_to_folder(checkpoints: Path, source: str, output: Path | None) -> None:
    if output is None:
        raise UserError("tensorboard reads a folder: expected --output DIR")
    from lstm_engine.formats.tensorboard_export import tensorboard_export
    from lstm_engine.script.script_export import script_export
    from lstm_engine.store.script_record import is_script_run

    directory = find_run(checkpoints, source)
    try:
        (script_export if is_script_run(directory) else tensorboard_export)(directory, output)
    except OSError as error:
        raise UserError(f"{printable(str(output))} cannot be written ({error.strerror}): expected a folder") from error
