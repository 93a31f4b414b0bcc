"""An epoch of a model of prices computed again, in the bits of its run, as a program of its own.

    python -m lstm_engine.price_model.recompute_program RUN EPOCH RESULT [--done N]

Trains on from the checkpoint that its environment names, or from nothing, up to EPOCH completed epochs, and writes the
parameters there, and at the epoch before it where it comes by, to RESULT: a file of records. Of RUN it reads what goes
in, and writes nothing. N: completed epochs where it begins; none inside an epoch.

Its lines on standard output are numbers: the epochs completed so far. Where it cannot be done, a sentence on standard
error says so, with exit status 1.
"""

from __future__ import annotations

import lstm_engine.single_thread_numpy
import lstm_engine.torch_without_compiler  # noqa: F401 - ahead of all that imports NumPy and PyTorch

# isort: split
import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from lightning import Callback, LightningModule, Trainer

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import Inputs, read_inputs
from lstm_engine.price_model.apply_program import applied
from lstm_engine.price_model.program import new_model, train
from lstm_engine.script.script_environment import CHECKPOINT
from lstm_engine.script.script_run import INPUTS
from lstm_engine.weight_history.layout import Layout, Values
from lstm_engine.weight_history.record_file import write_records

#: The validation's loss, NaN for none, and the values, by completed epochs.
Found = dict[int, tuple[float, Values]]


def main() -> int:
    """Computes it; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m lstm_engine.price_model.recompute_program")
    parser.add_argument("run", type=Path)
    parser.add_argument("epoch", type=int)
    parser.add_argument("result", type=Path)
    parser.add_argument("--done", type=int)
    options = parser.parse_args()
    os.nice(10)  # whoever trains meanwhile goes first
    named = os.environ.get(CHECKPOINT)
    try:
        inputs = read_inputs(options.run / INPUTS)
        recompute(inputs, options.epoch, options.result, options.done, Path(named) if named else None, _tell)
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except BrokenPipeError:  # nobody waits for it any more
        return 1
    except OSError as error:
        sys.stderr.write(f"{options.result.parent} cannot be written ({error.strerror}): expected room there\n")
        return 1
    return 0


def recompute(
    inputs: Inputs,
    epoch: int,
    result: Path,
    done: int | None,
    checkpoint: Path | None,
    tell: Callable[[int], object],
) -> None:
    """As the program does. checkpoint: the one that the hook has it go on from.

    Raises:
        UserError: the checkpoint cannot be read, or the training does not come to that epoch.
        OSError: the result cannot be written.
    """
    found: Found = {}
    if done is not None and done >= epoch - 1:
        at_hand = new_model(inputs) if checkpoint is None else applied(inputs, inputs, checkpoint)
        found[done] = float("nan"), _values(at_hand)
    if done != epoch:
        train(inputs, [_Passing(epoch, found, tell)], epoch)
    if epoch not in found:
        raise UserError(f"the training did not come to epoch {epoch:,}: expected the run's checkpoint and prices")
    model = new_model(inputs)
    layout = Layout(tuple((name, tuple(each.shape)) for name, each in model.named_parameters()))
    write_records(result, layout, dict(sorted(found.items())))


class _Passing(Callback):
    """Tells of every epoch, and keeps the parameters of the last two."""

    def __init__(self, epoch: int, found: Found, tell: Callable[[int], object]) -> None:
        self._epoch = epoch
        self._found = found
        self._tell = tell

    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        done = trainer.current_epoch + 1
        if self._epoch - 1 <= done <= self._epoch:
            loss = float(trainer.callback_metrics.get("val_loss", float("nan")))
            self._found[done] = loss, _values(pl_module)
        self._tell(done)


def _values(module: LightningModule) -> Values:
    return np.concatenate([each.detach().numpy().ravel() for each in module.parameters()])


def _tell(done: int) -> None:
    sys.stdout.write(f"{done}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
