"""What a filter of the run list asks for: words, and comparisons with what a run has. Pure.

Each condition has to hold: a word is in what is known of the run, `loss<0.01` compares a number, `tag:old` a text, and
a minus sign in front of any of them asks for the runs of which it does not hold. Quotes keep words together.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lstm_engine.errors import UserError
from lstm_engine.text import printable
from tui.text.numbers import figure
from tui.text.sentences import lineage

if TYPE_CHECKING:
    from lstm_engine.listing.run_entry import RunEntry

#: A condition: quoted, or up to the next space that is in no quotes.
_CONDITIONS = re.compile(r'(?:"[^"]*"?|[^\s"])+')
_COMPARISON = re.compile(r"([^\W\d]\w*)(<=|>=|!=|=|<|>|:)(.*)", re.ASCII | re.DOTALL)
#: What a number may be written with; `float` knows more.
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.ASCII | re.IGNORECASE)

_Holds = Callable[["RunEntry", str], bool]

_NUMBERS: dict[str, Callable[[RunEntry], float | None]] = {
    "loss": lambda entry: entry.train_loss,
    "ratio": lambda entry: entry.ratio,
    "epoch": lambda entry: entry.epoch,
    "target": lambda entry: entry.target,
    "lr": lambda entry: entry.lr,
    "seed": lambda entry: entry.seed,
    "batch": lambda entry: entry.batch_size,
    "hidden": lambda entry: entry.hidden,
    "companies": lambda entry: entry.companies,
    "speed": lambda entry: entry.per_second if entry.kind == "lstm" else entry.steps_per_second,
    "watchers": lambda entry: entry.watchers,
}
#: Those that are shown rounded, and are equal to what they are shown as.
_ROUNDED = ("loss", "speed", "ratio")
_TEXTS: dict[str, Callable[[RunEntry], tuple[str, ...]]] = {
    "tag": lambda entry: entry.tags,
    "note": lambda entry: (entry.note,),
    "name": lambda entry: (entry.run,),
    "state": lambda entry: (state_word(entry),),
    "model": lambda entry: (entry.model,),
    "init": lambda entry: (entry.init,),
    "data": lambda entry: (entry.data,),
    "kind": lambda entry: (entry.kind,),
    "script": lambda entry: (entry.title,),
    "branch": lambda entry: (entry.parent.run if entry.parent else "",),
    "host": lambda entry: (entry.host or "",),
}
#: What can be compared.
NUMBER_NAMES, TEXT_NAMES = tuple(_NUMBERS), tuple(_TEXTS)
#: Those that a sentence names.
_FIRST = ("loss", "epoch", "lr", "seed", "tag")
#: Those of which a part is none: a tag is asked for as a whole.
_WHOLE = ("tag",)
_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class RunFilter:
    """conditions: what has to hold of a run, given with its searchable text. problem: what is none, in a sentence."""

    conditions: tuple[_Holds, ...] = ()
    problem: str = ""

    @classmethod
    def of(cls, text: str, others: str = "another name that ? lists") -> RunFilter:
        """What the text asks for. What cannot be compared is left out, and told. others: than the first names."""
        conditions: list[_Holds] = []
        problem = ""
        for word in _CONDITIONS.findall(text):
            try:
                conditions += _conditions(word, others)
            except ValueError as error:
                problem = problem or str(error)
        return cls(tuple(conditions), problem)

    def finds(self, entry: RunEntry, searchable: str) -> bool:
        """Whether all of it holds of the run. searchable: its `searchable`."""
        return all(holds(entry, searchable) for holds in self.conditions)


def filtered(entries: Iterable[RunEntry], text: str) -> list[RunEntry]:
    """Those that a filter lets through. Raises UserError where it is none."""
    more = (
        name for name in (*NUMBER_NAMES, *TEXT_NAMES) if name not in _FIRST
    )  # a command line has no ? to list them
    wanted = RunFilter.of(text, f"one of {', '.join(more)}")
    if wanted.problem:
        raise UserError(wanted.problem)
    return [entry for entry in entries if wanted.finds(entry, searchable(entry))]


def state_word(entry: RunEntry) -> str:
    """The run's state, as people call it."""
    return "training" if entry.state == "running" else entry.state


def searchable(entry: RunEntry) -> str:
    """What words are looked for in, in small letters."""
    facts = (
        *(entry.run, state_word(entry), entry.model, entry.data, entry.init, entry.title),
        "" if entry.seed is None else f"seed {entry.seed}",
        "" if entry.lr is None else f"lr {entry.lr:g}",
        *(lineage(entry.parent), entry.note, entry.host or ""),
    )
    return " ".join(facts).casefold()


def _conditions(word: str, others: str) -> Iterator[_Holds]:
    """The condition that a word is, if it is one. Raises ValueError with the sentence on a comparison that is none."""
    negated = word.startswith("-") and len(word) > 1
    asked = word[1:] if negated else word
    if asked in ("-", '"', '""'):
        return  # the rest of it is still to be typed
    comparison = _COMPARISON.fullmatch(asked)
    if comparison is None:
        holds = _has_words(asked.replace('"', "").casefold())
    else:
        name, sign, value = comparison.groups()
        holds = _comparison(asked, name.casefold(), sign, value.replace('"', "").strip(), others)
    yield (lambda entry, text: not holds(entry, text)) if negated else holds


def _has_words(words: str) -> _Holds:
    return lambda _, text: words in text


def _comparison(asked: str, name: str, sign: str, value: str, others: str) -> _Holds:
    shown = printable(asked)
    if name in _NUMBERS:
        if not _NUMBER.fullmatch(value):
            raise ValueError(f"“{shown}” compares with no number: expected one, such as {name}{sign}{_example(name)}")
        return _compares_number(name, sign, value)
    if name not in _TEXTS:
        raise ValueError(f"“{shown}” compares nothing: expected {', '.join(_FIRST)} or {others}")
    if sign in _ORDERS:
        raise ValueError(f"“{shown}” orders texts: expected {name}: or {name}= or {name}!=")
    if not value:
        raise ValueError(f"“{shown}” names no {name}: expected one behind the {sign}")
    return _compares_text(name, sign, value.casefold())


def _example(name: str) -> str:
    return "0.01" if name in ("loss", "lr") else "1" if name == "ratio" else "100"


def _compares_number(name: str, sign: str, value: str) -> _Holds:
    """What a run does not have compares in no way."""
    number_of = _NUMBERS[name]
    wanted: float = int(value) if re.fullmatch(r"[-+]?\d+", value) else float(value)
    shown = figure(wanted) if name in _ROUNDED else None

    def equal(number: float) -> bool:
        return number == wanted or (shown is not None and figure(number) == shown)

    def holds(entry: RunEntry, _: str) -> bool:
        number = None if entry.problem else number_of(entry)
        if number is None or math.isnan(number):
            return False
        if sign in _ORDERS:
            return _ORDERS[sign](number, wanted)
        return equal(number) != (sign == "!=")

    return holds


def _compares_text(name: str, sign: str, wanted: str) -> _Holds:
    """`:` finds a part of it, `=` and `!=` compare the whole."""
    texts_of = _TEXTS[name]
    whole = name in _WHOLE or sign != ":"

    def holds(entry: RunEntry, _: str) -> bool:
        texts = [text.casefold() for text in texts_of(entry)]
        found = wanted in texts if whole else any(wanted in text for text in texts)
        return found != (sign == "!=")

    return holds
