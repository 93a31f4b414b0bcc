"""What the model of a run forecasts from other prices of the same tickers, as a program of its own.

    python -m lstm_engine.price_model.apply_program RUN CHECKPOINT FOLDER

FOLDER holds the prices, and the settings, whose horizon counts. Prints the prices of the days behind the table's last,
a JSON array of days, each an array of tickers; or, where that cannot be done, a sentence, with exit status 1.
"""

from __future__ import annotations

import lstm_engine.single_thread_numpy
import lstm_engine.torch_without_compiler  # noqa: F401 - ahead of all that imports NumPy and PyTorch

# isort: split
import argparse
import sys
from pathlib import Path
from typing import Any

import msgspec
import torch

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import Inputs, read_inputs
from lstm_engine.price_model.forecaster import Forecaster
from lstm_engine.script.script_run import INPUTS
from lstm_engine.text import printable


def main() -> int:
    """Prints the forecast; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m lstm_engine.price_model.apply_program")
    for name in ("run", "checkpoint", "folder"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    try:
        trained, given = read_inputs(options.run / INPUTS), read_inputs(options.folder)
        model = applied(trained, given, options.checkpoint)
    except UserError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    sys.stdout.write(msgspec.json.encode(model.ahead(given.settings.horizon).tolist()).decode() + "\n")
    return 0


def applied(trained: Inputs, given: Inputs, checkpoint: Path) -> Forecaster:
    """The model of a checkpoint on other prices: scaled as those that it was trained on.

    Raises:
        UserError: the checkpoint cannot be read, or is of another model.
    """
    model = Forecaster(Inputs(trained.settings, given.windows, given.split, trained.scaling))
    place = printable(str(checkpoint))
    try:
        loaded: Any = torch.load(checkpoint, map_location="cpu", weights_only=True)
        model.load_state_dict(loaded["state_dict"])
    except OSError as error:
        raise UserError(f"{place} cannot be read ({error.strerror}): expected the run's checkpoint") from error
    except Exception as error:  # torch raises many kinds: a bad zip, a bad pickle, other names or shapes, ...
        raise UserError(f"{place} is damaged, or of another model: expected the run's checkpoint") from error
    return model


if __name__ == "__main__":
    sys.exit(main())
