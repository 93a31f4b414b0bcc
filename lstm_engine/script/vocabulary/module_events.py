"""What is told of a module: its tensors, its gates, its checkpoints."""

from __future__ import annotations

import msgspec

from lstm_engine.script.vocabulary.script_event import ScriptEvent


class Tensor(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter tensor of the module. name: dotted. shape: its sizes. count: their product."""

    name: str
    shape: tuple[int, ...]
    count: int
    trainable: bool = True


class Layers(ScriptEvent, frozen=True, kw_only=True):
    """Statistics of every parameter tensor, in the order of FitOpened's `tensors`; None where one has none.

    norm: of the weights (2-norm). gradient: of the last step's. mean, deviation: of a sample of them.
    update: norm of what one step changed, over the norm; empty where nobody asked. seconds: what all of it took.
    """

    step: int
    norm: tuple[float | None, ...] = ()
    gradient: tuple[float | None, ...] = ()
    mean: tuple[float | None, ...] = ()
    deviation: tuple[float | None, ...] = ()
    update: tuple[float | None, ...] = ()
    seconds: float = 0.0


class Gates(ScriptEvent, frozen=True, kw_only=True):
    """The gates of one recurrent module on one sequence of the last validation's first batch.

    module: its dotted name. kind: LSTM or GRU. names: of the gates. values: by gate, [day][unit], 0 to 1; those of the
    candidate −1 to 1. of: which layer and direction, where the module has several.
    sample: the number of the sequence, from 0. samples: how many the batch had; 0 where that was not told.
    """

    step: int
    module: str
    kind: str
    names: tuple[str, ...]
    values: tuple[list[list[float | None]], ...]
    of: str = ""
    sample: int = 0
    samples: int = 0


class CheckpointWritten(ScriptEvent, frozen=True, kw_only=True):
    """A checkpoint is complete. path: absolute. by: `lstm-tui`, or the class of what wrote it.

    batch: of the epoch, None at its end. fit: of the process.
    exact: going on from it ends in the same bits. why_not: why not, in one sentence.
    """

    path: str
    epoch: int
    step: int
    by: str
    batch: int | None = None
    exact: bool = False
    why_not: str = ""
    fit: int = 0
    id: str | None = None
