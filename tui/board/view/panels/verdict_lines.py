"""How good a model of prices is, in lines of text: what it predicts ahead, a small table, and the verdict in words."""

from __future__ import annotations

from lstm_engine.forecast.outlook import Outlook
from lstm_engine.prices.verdict import Errors
from lstm_engine.prices.verdict_words import SEASONAL, naive_words
from tui.board.state.forecast import TickerFigures
from tui.drawing.cells import Role
from tui.text.numbers import counted, figure
from tui.text.widths import cut, flush_left, wrapped

#: A line, by pieces of text and what each stands for.
Line = list[tuple[str, Role]]

#: Cells of a row's name, and of a number in it.
_NAME, _LEAST_NAME, _NUMBER = 24, 10, 10


def verdict_lines(outlook: Outlook, figures: TickerFigures, width: int, *, is_short: bool) -> list[Line]:
    """Lines of at most `width` cells. figures: of the ticker in sight; the verdict is on all of them.

    is_short: the phrases of the verdict stand behind each other, where else each has a line of its own.
    """
    return [
        *_ahead(outlook, figures, width, is_short=is_short),
        *_table(outlook, width),
        *_words(outlook, width, is_short=is_short),
    ]


def price(value: float) -> str:
    """A price with as many decimals as say something of it."""
    return figure(value, _NUMBER - 1, 2 if abs(value) >= 10 else 3 if abs(value) >= 1 else 4)


def _ahead(outlook: Outlook, figures: TickerFigures, width: int, *, is_short: bool) -> list[Line]:
    step, (following, *others) = outlook.table.step.removesuffix("s"), figures.ahead
    text = f"next {step} {price(following)}"
    if others and is_short:
        text += f", {step} {len(figures.ahead)} from its own predictions {price(others[-1])}"
    elif others:
        text += f", {step} {len(figures.ahead)} {price(others[-1])}; from {step} 2 on fed by its own predictions"
    return [[(f" {line}", Role.TEXT)] for line in wrapped(text, width - 2)]


def _table(outlook: Outlook, width: int) -> list[Line]:
    found, step = outlook.verdict, outlook.table.step
    tickers = len(outlook.table.tickers)
    days = f"{len(outlook.predictions.held_out)} {step}"
    of = f"{days}, {counted(tickers, 'ticker')}" if tickers > 1 else f"{days} held out"
    rows = [
        (of, "MAE", "RMSE", "ratio"),
        ("the model", *_errors(found.model), ""),
        (naive_words(step), *_errors(found.naive), _ratio(found.ratio)),
    ]
    if found.seasonal is not None:
        rows.append((SEASONAL, *_errors(found.seasonal), _ratio(found.seasonal_ratio)))
    room = min(max(width - 1 - 3 * _NUMBER, _LEAST_NAME), _NAME)
    return [[(_row(room, *row), Role.TEXT if number else Role.LABEL)] for number, row in enumerate(rows)]


def _row(room: int, name: str, *numbers: str) -> str:
    return f" {flush_left(cut(name, room), room)}" + "".join(f"{number:>{_NUMBER}}" for number in numbers)


def _errors(errors: Errors) -> tuple[str, str]:
    return price(errors.mae), price(errors.rmse)


def _ratio(ratio: float | None) -> str:
    return "–" if ratio is None else figure(ratio, _NUMBER - 1, 2)


def _words(outlook: Outlook, width: int, *, is_short: bool) -> list[Line]:
    """The first phrase, which is what it comes to, is set apart where it has a line of its own or begins one."""
    phrases = [*outlook.words, f"at its best epoch, {outlook.predictions.epoch:,}"]
    role = Role.GOOD if outlook.is_better else Role.BAD
    paragraphs = ["; ".join(phrases)] if is_short else phrases
    first, *others = (line for phrase in paragraphs for line in wrapped(phrase, width - 2))
    length = min(len(phrases[0]), len(first))
    return [
        [(f" {first[:length]}", role), (first[length:], Role.TEXT)],
        *([(f" {line}", Role.TEXT)] for line in others),
    ]
