"""`lstm-tui runs` and `lstm-tui export`: the runs on disk as text or JSON, on standard output or in a file."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, TextIO

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.formats.export import ExportFormat, export
from lstm_engine.listing.entries import entries
from lstm_engine.listing.leftovers import leftovers
from lstm_engine.listing.run_entry import RunEntry
from lstm_engine.store.directory import find_run
from lstm_engine.text import escaped_json, printable
from tui.options import shell_word
from tui.runs.run_cells import speed
from tui.runs.run_filter import state_word
from tui.text.numbers import counted, epochs_done, figure
from tui.text.sentences import with_changes
from tui.text.table import table
from tui.text.times import local_time
from tui.text.widths import cut

_COLUMNS = (
    "run",
    "state",
    "epoch",
    "train loss",
    "predictions",
    "model",
    "seed",
    "lr",
    "init",
    "data",
    "script",
    "saved",
    "note",
)

#: The column that only a folder with scripts' runs has.
_SCRIPT = _COLUMNS.index("script")

#: A row shows the predictions of no more companies than this.
_COMPANIES = 3
#: Cells of a company's name in a row.
_NAME_ROOM = 12


def write_runs(checkpoints: Path, stream: TextIO, *, json: bool) -> None:
    """Every run in the folder, the last saved first: a table, or a JSON array of `RunEntry`.

    Raises:
        UserError: the folder cannot be read.
        OSError: the stream cannot be written.
    """
    found = entries(checkpoints.absolute())
    if json:
        array = msgspec.json.encode([_as_text(entry) for entry in found])
        stream.write(escaped_json(msgspec.json.format(array).decode()) + "\n")
        return
    lines = _runs_table(found) if found else [f"no runs in {printable(str(checkpoints))}"]
    if left := leftovers(checkpoints):
        lines += ["", *map(_left_over, left)]
    stream.writelines(f"{line}\n" for line in lines)


def _runs_table(found: Sequence[RunEntry]) -> list[str]:
    """A line a run under a line of headings; after it, a line for each run that is held, damaged or a branch."""
    rows = [_COLUMNS, *(_row(entry) for entry in found)]
    if not any(entry.title for entry in found):
        rows = [(*row[:_SCRIPT], *row[_SCRIPT + 1 :]) for row in rows]
    lines = table(rows, left=len(_COLUMNS))
    branches = [
        f"{entry.run} branched off {entry.parent.run} at epoch {entry.parent.epoch}{with_changes(entry.parent)}"
        for entry in found
        if entry.parent
    ]
    problems = [f"{entry.run} is damaged: {entry.problem}" for entry in found if entry.problem]
    remarks = [*map(_held, (entry for entry in found if entry.host)), *branches, *problems]
    return [*lines, "", *map(printable, remarks)] if remarks else lines


def _held(entry: RunEntry) -> str:
    """Who holds a run, how fast it trains, and how many look on, as far as that is known."""
    facts = [
        f"{entry.run} {'trains' if entry.state == 'running' else 'is open'} in process {entry.pid} on {entry.host}"
    ]
    if told := speed(entry):
        facts.append(told)
    if entry.watchers:
        facts.append(f"{counted(entry.watchers, 'dashboard')} look{'s' if entry.watchers == 1 else ''} on")
    return ", ".join(facts)


def _left_over(folder: Path) -> str:
    """That it is no run, and how to be rid of it."""
    removal = f"rm -r {shell_word(str(folder))}"
    what = "is no run: setting it up, or removing it, was cut short"
    return f"{printable(folder.name)} {what}; to remove what is left: {removal}"


def _as_text(entry: RunEntry) -> RunEntry:
    """The entry of a folder whose name is in no UTF-8, with a name that is."""
    run, directory = (name.encode(errors="backslashreplace").decode() for name in (entry.run, entry.directory))
    return msgspec.structs.replace(entry, run=run, directory=directory)


def _row(entry: RunEntry) -> tuple[str, ...]:
    if entry.problem:
        return (printable(entry.run), entry.state, *[""] * (len(_COLUMNS) - 3), entry.note)
    predictions = [f"{cut(printable(name), _NAME_ROOM)} {figure(value)}" for name, value in entry.predictions.items()]
    if len(predictions) > _COMPANIES:
        predictions[_COMPANIES:] = ["..."]
    return (
        printable(entry.run),
        state_word(entry),
        epochs_done(entry.epoch, entry.target),
        "" if (entry.epoch == 0 and entry.kind == "lstm") or entry.train_loss is None else figure(entry.train_loss),
        ", ".join(predictions),
        entry.model,
        "" if entry.seed is None else str(entry.seed),
        "" if entry.lr is None else f"{entry.lr:g}",
        entry.init,
        entry.data,
        printable(entry.title),
        local_time(entry.updated),
        entry.note,
    )


def write_export(
    checkpoints: Path, source: str, form: ExportFormat | Literal["tensorboard"], output: Path | None, stream: TextIO
) -> None:
    """A run's history, to `output` or else to `stream`. A file is complete or not there; a pipe or a device that
    stands at `output` already is written to, and so is what a link leads to. For TensorBoard, `output` is a folder.

    Raises:
        UserError: there is no such run, or the file cannot be written.
        OSError: the stream cannot be written.
    """
    if form == "tensorboard":
        _export_to_folder(checkpoints, source, output)
        return
    directory = find_run(checkpoints, source)
    write_text(output, lambda file: export(directory, form, file), stream)


def write_text(output: Path | None, write: Callable[[TextIO], object], stream: TextIO) -> None:
    """What `write` writes, to `output` or else to `stream`; as `write_export`.

    Raises:
        UserError: the file cannot be written.
        OSError: the stream cannot be written.
    """
    if output is None:
        write(stream)
        return
    try:
        if output.exists() and not output.is_file():
            with output.open("w", encoding="utf-8", newline="") as file:
                write(file)
        else:
            _replace(output.resolve(), write)
    except OSError as error:
        raise UserError(f"{printable(str(output))} cannot be written ({error.strerror}): expected a file") from error


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


def _replace(path: Path, write: Callable[[TextIO], object]) -> None:
    """Write a file that takes its place when it is complete; raises OSError."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with part.open("x", encoding="utf-8", newline="") as file:
        try:
            write(file)
            file.flush()
            part.replace(path)
        except BaseException:
            part.unlink()
            raise
