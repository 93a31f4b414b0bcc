"""What a what-if changes in where a branch starts: the data, the parameters, and what its past then predicts."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import torch

from lstm_engine.data.companies import Companies, misfit
from lstm_engine.errors import UserError
from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.lstm.trace import trace
from lstm_engine.models.base import row_of
from lstm_engine.models.build import build
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import History
from lstm_engine.training.checkpoint import dumps, loads

#: Epochs that are gone through at once: what the cell remembers of a million at once would take much memory.
_CHUNK = 65_536


def with_days(data: Companies, days: Mapping[str, tuple[float, ...]]) -> Companies:
    """The companies, those named in `days` with these inputs. Raises UserError where they do not fit."""
    if not days:
        return data
    for name, values in days.items():
        if name not in data.names:
            raise UserError(f"there is no company {name}: expected one of {data.source}")
        if len(values) != data.day_count or any(map(misfit, values)):
            raise UserError(f"company {name} has {list(values)}: expected {data.day_count} finite numbers")
    changed = tuple(tuple(days.get(name, own)) for name, own in zip(data.names, data.days, strict=True))
    return msgspec.structs.replace(data, source=f"{data.source}, what-if", days=changed)


def with_parameters(data: bytes, parameters: Mapping[str, float], config: RunConfig) -> bytes:
    """The checkpoint with these values; the optimiser's state stays. Raises UserError for a name it does not have."""
    if not parameters:
        return data
    names = [spec.name for spec in PARAMETERS[config.model]]
    checkpoint = loads(data, "the checkpoint")
    tensors = {name: checkpoint["state_dict"][name] for name in build(config).state_dict()}
    scalars = torch.cat([tensor.flatten() for tensor in tensors.values()])  # in the order of `names`
    for name, value in parameters.items():
        if name not in names:
            raise UserError(f"there is no parameter {name}: expected one of {', '.join(names)}")
        if misfit(value):
            raise UserError(f"{name} is {value}: expected a finite number")
        scalars[names.index(name)] = value
    begin = 0
    for name, tensor in tensors.items():
        end = begin + tensor.numel()
        checkpoint["state_dict"][name] = scalars[begin:end].clone().reshape(tensor.shape)
        begin = end
    return dumps(checkpoint)


def on_data(history: History, config: RunConfig) -> History:
    """The history with what each epoch's parameters predict on the data of `config`; the losses stay."""
    columns, rows = history.columns, history.rows.copy()
    for begin in range(0, len(rows), _CHUNK):
        chunk = rows[begin : begin + _CHUNK]
        predictions, parameters = chunk[:, columns.prediction_columns], chunk[:, columns.parameter_columns]
        for company, days in enumerate(config.data.days):
            predictions[:, company] = trace(config.model, parameters, days).hidden[-1]
    return History.from_rows(columns, rows)


def ending_in(history: History, data: bytes, config: RunConfig) -> History:
    """The history whose last epoch ends in what the checkpoint holds, on the data of `config`."""
    model = build(config)
    model.load_state_dict(loads(data, "the checkpoint")["state_dict"])
    rows = history.rows.copy()
    rows[-1] = row_of(model, float(history.loss[-1]))
    return History.from_rows(history.columns, rows)
