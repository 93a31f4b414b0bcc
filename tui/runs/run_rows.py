"""Runs as the rows of the run list, under their headings: pure functions to text of a given width."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from lstm_engine.listing.run_entry import RunEntry
from lstm_engine.text import printable
from tui.runs.catalogue import Order, SortBy
from tui.runs.run_cells import (
    Showing,
    epochs_text,
    first_prediction,
    loss_text,
    predictions_text,
    ratio_text,
    script_text,
    setting_text,
    speed_text,
    state_name,
    state_style,
    state_text,
    unless_damaged,
    watchers_text,
)
from tui.text.numbers import counted
from tui.text.pieces import Piece
from tui.text.sentences import lineage
from tui.text.times import ago
from tui.text.widths import cut, flush_left, flush_right
from tui.text.widths import width as width_of

#: Cells between two columns; the smaller number where columns would be missing otherwise.
_GAPS = (2, 1)
#: The rank of the last column that is worth a smaller gap.
_WORTH_A_SMALLER_GAP = 8
#: The mark before a row, and the space after it.
_MARK = 2


@dataclass(frozen=True)
class _Column:
    """key: what it is sorted by, where it is. width: at most. rank: which ones a narrow screen keeps, lowest first.

    least: of its contents, where those widen with time. in_training: how many a run's contents come to take while it
    trains. narrowest: to which it may be cut, 0 for not at all. rest: the rank at which it gets more than that.
    optional: it is there only where some run has something in it. narrowed: the text for a cell that it is too wide
    for; where there is none, its end is cut off.
    """

    key: SortBy | None
    heading: str
    width: int
    rank: int
    text: Callable[[RunEntry, Showing], str]
    is_number: bool = False
    least: int = 0
    in_training: Callable[[RunEntry], int] = lambda _: 0
    narrowest: int = 0
    rest: int = 0
    optional: bool = False
    narrowed: Callable[[RunEntry, int], str] | None = None

    def fitted(self, entry: RunEntry, showing: Showing, width: int) -> str:
        """The text for a cell of that width."""
        text = self.text(entry, showing)
        return text if self.narrowed is None or width_of(text) <= width else self.narrowed(entry, width)


_COLUMNS = (
    _Column("name", "run", 24, 0, lambda entry, _: printable(entry.run)),
    _Column("state", "state", 13, 1, state_text),
    _Column(
        "epochs", "epochs", 21, 2, epochs_text, True, in_training=lambda run: len(f"{run.target} of {run.target}")
    ),
    _Column(None, "speed", 12, 5, speed_text, is_number=True, optional=True),
    _Column(None, "watched", 7, 10, watchers_text, is_number=True, optional=True),
    _Column("loss", "loss", 7, 3, loss_text, True, in_training=lambda _: 7),
    _Column("ratio", "ratio", 7, 3, ratio_text, is_number=True, optional=True),
    _Column(None, "predictions", 34, 11, predictions_text, narrowest=11, rest=11, narrowed=first_prediction),
    _Column("script", "script", 16, 6, unless_damaged(script_text), optional=True),
    _Column("model", "model", 14, 12, unless_damaged(lambda entry: printable(entry.model))),
    _Column("data", "data", 12, 13, unless_damaged(lambda entry: printable(entry.data))),
    _Column("seed", "seed", 20, 8, unless_damaged(lambda entry: setting_text(entry.seed)), is_number=True),
    _Column("lr", "lr", 7, 7, unless_damaged(lambda entry: setting_text(entry.lr)), is_number=True),
    _Column("when", "when", 11, 4, lambda entry, showing: ago(entry.updated, showing.now), least=len("59 min ago")),
    _Column("lineage", "branch of", 18, 9, lambda entry, _: printable(lineage(entry.parent)[len("branch of ") :])),
    _Column(None, "note", 48, 6, lambda entry, _: entry.note, narrowest=12, rest=10, optional=True),
)
#: Those that take what is left of a row, where they are its last.
_SPREAD = ("branch of", "note")


@dataclass(frozen=True)
class Layout:
    """The columns that fit a screen, and the widths of their cells."""

    columns: tuple[_Column, ...]
    widths: tuple[int, ...]
    gap: int

    def key_at(self, x: int) -> SortBy | None:
        """What the column at that cell of the heading can be sorted by."""
        end = _MARK
        for column, width in zip(self.columns, self.widths, strict=True):
            end += width + self.gap
            if x < end:
                return column.key
        return None

    def heading(self, order: Order) -> list[Piece]:
        """The line above the rows; an arrow marks what they are sorted by."""
        pieces: list[Piece] = [(" " * _MARK, "")]
        for column, width in zip(self.columns, self.widths, strict=True):
            is_key = column.key is not None and column.key == order.by
            word = _sorted(column.heading, order, width) if is_key else column.heading
            pieces.append((self._cell(word, width, column.is_number), "bold $foreground" if is_key else "$quiet"))
        return pieces

    def row(self, entry: RunEntry, showing: Showing) -> list[Piece]:
        """A run's line: its mark, and a cell for each column."""
        state, mark = state_name(entry, showing), showing.marks.get(entry.run)
        name_style = mark[1] if mark else "bold" if state == "open here" else ""
        pieces: list[Piece] = [mark or (" ", ""), (" ", "")]
        for column, width in zip(self.columns, self.widths, strict=True):
            style = {"name": name_style, "state": state_style(state)}.get(column.key or "", "")
            pieces.append((self._cell(column.fitted(entry, showing, width), width, column.is_number), style))
        return pieces

    def _cell(self, text: str, width: int, is_number: bool) -> str:
        return (flush_right if is_number else flush_left)(cut(text, width), width) + " " * self.gap


def _sorted(heading: str, order: Order, width: int) -> str:
    """The heading with an arrow, close to it where the column is narrow."""
    arrow = "▼" if order.falls else "▲"
    return f"{heading} {arrow}" if len(heading) + 2 <= width else heading + arrow


def content_widths(
    entries: Iterable[RunEntry], showing: Showing, least: Mapping[str, int] | None = None
) -> dict[str, int]:
    """By heading, the cells that a column of these runs takes, 0 for one that is not there; as many as in `least`."""
    found, before = list(entries), least or {}
    return {
        column.heading: max(_content_width(column, found, showing), before.get(column.heading, 0))
        for column in _COLUMNS
    }


def _content_width(column: _Column, entries: list[RunEntry], showing: Showing) -> int:
    content = max((width_of(column.text(entry, showing)) for entry in entries), default=0)
    to_come = max((column.in_training(entry) for entry in entries if entry.state == "running"), default=0)
    if column.optional and not content:
        return 0
    heading = len(column.heading) + (len("▼") if column.key else 0)
    return min(max(heading, content, to_come, column.least), column.width)


def layout(width: int, widths: Mapping[str, int]) -> Layout:
    """The columns for a table of that width, the most telling first. widths: by heading, of their contents."""
    by_gap = [_kept(width, widths, gap) for gap in _GAPS]
    wide_enough = all(column in by_gap[0] for column in by_gap[1] if column.rank <= _WORTH_A_SMALLER_GAP)
    kept, gap = (by_gap[0], _GAPS[0]) if wide_enough else (by_gap[1], _GAPS[1])
    columns = tuple(column for column in _COLUMNS if column in kept)
    spread = [kept[column] for column in columns]
    if columns and columns[-1].heading in _SPREAD:
        spread[-1] = max(width - _MARK - sum(spread[:-1]) - gap * (len(columns) - 1), spread[-1])
    return Layout(columns, tuple(spread), gap)


def _kept(width: int, widths: Mapping[str, int], gap: int) -> dict[_Column, int]:
    """As many columns as there is room for, by their ranks, with their widths; a narrow one may be there in place of
    a wide one.
    """
    kept: dict[_Column, int] = {}
    room = width - _MARK
    claims = [(column.rank, column, _narrowest(column, widths)) for column in _COLUMNS]
    claims += [(column.rest, column, widths[column.heading]) for column in _COLUMNS if column.narrowest]
    for _, column, wanted in sorted(claims, key=lambda claim: claim[0]):
        if column in kept:
            more = min(wanted - kept[column], room)
            kept[column] += more
            room -= more
        elif 0 < wanted <= (free := room - (gap if kept else 0)) and wanted == _narrowest(column, widths):
            kept[column] = wanted
            room = free - wanted
    return kept


def _narrowest(column: _Column, widths: Mapping[str, int]) -> int:
    """The cells that it takes at least."""
    width = widths[column.heading]
    return min(width, column.narrowest) if column.narrowest else width


@dataclass(frozen=True)
class Sheet:
    """Runs as they are listed: which, in which order, and how wide the columns of all of them are."""

    runs: tuple[RunEntry, ...]
    order: Order
    showing: Showing
    widths: Mapping[str, int]

    def row(self, number: int, width: int) -> list[Piece]:
        """The line of run number `number`."""
        return layout(width, self.widths).row(self.runs[number], self.showing)

    def heading(self, width: int) -> list[Piece]:
        """The line above them; nothing before anything was read."""
        return layout(width, self.widths).heading(self.order) if self.widths else []

    def key_at(self, x: int, width: int) -> SortBy | None:
        """What the column at that cell of the heading can be sorted by."""
        return layout(width, self.widths).key_at(x) if self.widths else None

    def number_of(self, name: str | None) -> int | None:
        """Where the run of that name stands; None where it does not."""
        return next((number for number, entry in enumerate(self.runs) if entry.run == name), None)


def count_text(shown: int, of: int, order: Order, width: int, marked: int = 0) -> list[Piece]:
    """How many runs are marked and how many shown, and what they are sorted by; at the right end of the line."""
    count = counted(of, "run", separator=",")
    if shown != of:
        count = f"{shown:,} of {count}"
    text = f"{count}, by {order.by} {'▼' if order.falls else '▲'} "
    if not marked:
        return [(flush_right(text, width), "$quiet")]
    marked_text = f"{marked} marked"
    parts = (f" · {text}", f" · {count} ", " ")
    rest = next((part for part in parts if len(marked_text) + len(part) <= width), parts[-1])
    return [(" " * (width - len(marked_text) - len(rest)), ""), (marked_text, "bold $foreground"), (rest, "$quiet")]
