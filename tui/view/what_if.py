"""What if a parameter, or a day's input, were another? Pure; the run itself is never touched."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from lstm_engine.data.companies import misfit
from lstm_engine.errors import UserError
from lstm_engine.lstm.trace import predictions
from lstm_engine.run.history import History
from tui.state.session import Session
from tui.text.numbers import counted, fixed


@dataclass(frozen=True)
class WhatIf:
    """What is changed.

    parameters: name and value of each that is changed.
    inputs: number and days of each company whose inputs are changed.
    """

    parameters: tuple[tuple[str, float], ...] = ()
    inputs: tuple[tuple[int, tuple[float, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parameters or self.inputs)

    @property
    def names(self) -> tuple[str, ...]:
        """The changed parameters."""
        return tuple(name for name, _ in self.parameters)


NOTHING = WhatIf()


def with_parameter(what_if: WhatIf, name: str, value: float) -> WhatIf:
    """With that parameter changed, too."""
    others = tuple(pair for pair in what_if.parameters if pair[0] != name)
    return replace(what_if, parameters=(*others, (name, value)))


def with_inputs(what_if: WhatIf, company: int, days: tuple[float, ...]) -> WhatIf:
    """With that company's inputs changed, too."""
    others = tuple(pair for pair in what_if.inputs if pair[0] != company)
    return replace(what_if, inputs=(*others, (company, days)))


def applied(what_if: WhatIf, session: Session) -> Session:
    """The session as if its newest epoch had those values: what all panels make of it follows.

    Its history is the first epoch and that one alone.
    """
    if not what_if or not session.history.length:
        return session
    columns, data = session.history.columns, session.config.data
    days = list(data.days)
    for company, inputs in what_if.inputs:
        days[company] = inputs
    rows = np.stack([session.history.rows[0], session.history.rows[-1]])
    newest = rows[-1]
    for name, value in what_if.parameters:
        newest[columns.position(name)] = value
    newest[columns.prediction_columns] = predictions(session.config.model, newest[columns.parameter_columns], days)
    source = f"{data.source}, what-if" if what_if.inputs else data.source
    changed = msgspec.structs.replace(data, source=source, days=tuple(days))
    return replace(
        session,
        config=msgspec.structs.replace(session.config, data=changed),
        history=History.from_rows(columns, rows),
    )


def changes_in_words(what_if: WhatIf, session: Session) -> str:
    """What is changed, and what it is in the session, in words; empty where nothing is."""
    if not what_if:
        return ""
    history, data = session.history, session.config.data
    # A run that is just being opened has no epoch yet.
    values = history.columns.named(history.rows[-1].tolist()).parameters if history.length else {}
    changes = [
        f"{name} is {value:g}" + (f" instead of {fixed(values[name])}" if name in values else "")
        for name, value in what_if.parameters
    ]
    changes += [f"{data.names[company]} has {_spelt(days)}" for company, days in what_if.inputs]
    return ", ".join(changes)


def _spelt(days: tuple[float, ...]) -> str:
    """A company's inputs in a sentence."""
    return " ".join(f"{value:g}" for value in days)


def typed(days: tuple[float, ...]) -> str:
    """A company's inputs as one would type them, to the last digit."""
    return " ".join(f"{value:g}" if float(f"{value:g}") == value else str(value) for value in days)


def value_in(text: str) -> float:
    """The value in a text; raises UserError."""
    return _number(text.strip())


def inputs_in(text: str, count: int) -> tuple[float, ...]:
    """The values of `count` days in a text; raises UserError."""
    values = tuple(_number(part) for part in text.replace(",", " ").split())
    if len(values) != count:
        raise UserError(f"{counted(len(values), 'value')}: expected {count}, one a day, with spaces between them")
    return values


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (text.isascii() and math.isfinite(value)):
        raise UserError(f"“{text[:20]}” is no value: expected a number such as 0.25")
    if problem := misfit(value):
        raise UserError(f"“{text[:20]}” {problem}")
    return value
