"""What a run's model forecasts from newer prices, asked of a process of its own: PyTorch is imported in no other."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import Inputs, inputs_of, write_inputs
from lstm_engine.forecast.outlook import Outlook
from lstm_engine.forecast.predictions import Prices
from lstm_engine.prices.table import PriceTable
from lstm_engine.script.going_on import checkpoints_told
from lstm_engine.script.script_run import CHECKPOINTS
from lstm_engine.text import printable

_PROGRAM = (sys.executable, "-P", "-m", "lstm_engine.price_model.apply_program")


def with_forecast(run: Path, outlook: Outlook, table: PriceTable, horizon: int) -> Outlook:
    """The same outlook with a forecast of the `horizon` days behind the table's last, by the model at its best epoch.

    Raises:
        UserError: the tickers are others, the table is too short, or the checkpoint is gone or damaged.
    """
    predictions = replace(outlook.predictions, ahead=_asked(run, outlook, table, horizon))
    return replace(outlook, predictions=predictions, newer=None if table is outlook.table else table)


def _asked(run: Path, outlook: Outlook, table: PriceTable, horizon: int) -> Prices:
    known = outlook.table.tickers
    # One alone is called as its file, whose name may tell the day that it was fetched.
    if table.tickers != known and (len(known), len(table.tickers)) != (1, 1):
        raise UserError(f"{table.source} has the tickers {_listed(table.tickers)}: expected {_listed(known)}")
    inputs = _given(outlook, table, horizon)
    checkpoint = _best(run, outlook.predictions.epoch)
    with tempfile.TemporaryDirectory(prefix="lstm-tui-") as folder:
        try:
            write_inputs(Path(folder), inputs)
            asked = subprocess.run(  # noqa: S603 - our own program
                [*_PROGRAM, str(run), str(checkpoint), folder],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise UserError(f"the model cannot be asked ({error.strerror}): expected room in {folder}") from error
    try:
        if asked.returncode:
            raise UserError(printable(asked.stdout.decode(errors="replace").strip()) or "the model's process failed")
        return np.array(msgspec.json.decode(asked.stdout, type=list[list[float]]))
    except msgspec.DecodeError as error:
        raise UserError("the model forecasts no finite numbers: expected a training that came to some") from error


def _given(outlook: Outlook, table: PriceTable, horizon: int) -> Inputs:
    settings = msgspec.structs.replace(outlook.inputs.settings, horizon=horizon)
    return inputs_of(settings, table)


def _best(run: Path, epoch: int) -> Path:
    """The checkpoint of that epoch; in a branch, of one before it branched off, the run has not told of it."""
    stem = f"best-epoch={epoch - 1}"
    told = [Path(each.path) for each in checkpoints_told(run)]
    for path in (*told, run / CHECKPOINTS / f"{stem}.ckpt"):
        # Lightning puts a version behind a name that is taken.
        if path.stem.partition("-v")[0] == stem and path.suffix == ".ckpt" and path.exists():
            return path
    raise UserError(
        f"run {printable(run.name)} has no checkpoint of its best epoch, {epoch}: expected the one it saved, or that "
        "of the run it branched off, which has replaced it since"
    )


def _listed(tickers: tuple[str, ...]) -> str:
    names = ", ".join(map(printable, tickers[:4]))
    return f"{names}, …" if len(tickers) > 4 else names
