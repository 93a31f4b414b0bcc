"""Begins the run of a model of prices: a script of our own, kept, watched and steered as everybody's is."""

from __future__ import annotations

import sys
from pathlib import Path

from lstm_engine.forecast.inputs import Inputs, write_inputs
from lstm_engine.script.launch import Launched, begin_script
from lstm_engine.script.script_run import INPUTS
from lstm_engine.store.directory import timestamp
from lstm_engine.store.script_record import ScriptRecord

#: -P keeps the working directory off the import path: a stray torch.py there is not PyTorch.
PROGRAM = (sys.executable, "-P", "-m", "lstm_engine.price_model.program")


def begin(checkpoints: Path, inputs: Inputs, name: str | None = None, *, tensorboard: bool) -> tuple[Path, Launched]:
    """The folder of a new run under `checkpoints`, and the processes that train in it.

    Args:
        name: the run's; None for one that is free.
        tensorboard: event files for TensorBoard are written beside it.

    Raises:
        UserError: it cannot be made or started, and nothing is left of it.
    """
    record = ScriptRecord(
        created=timestamp(),
        argv=PROGRAM,
        title=inputs.table.source,
        directory="/",  # of no account to it, and always there, also when the runs were moved
        tensorboard=tensorboard,
    )

    def furnish(run: Path) -> None:
        (run / INPUTS).mkdir(mode=0o700)
        write_inputs(run / INPUTS, inputs)

    return begin_script(checkpoints, record, name, furnish=furnish)
