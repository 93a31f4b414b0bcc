"""The lines on a queue, as styled pieces of text. Pure."""

from __future__ import annotations

from lstm_engine.text import printable
from tui.queue.queue_standing import MEMBER_STATES, QueueStanding
from tui.sweep.standing import State
from tui.sweep.sweep_words import GLYPHS
from tui.text.numbers import counted, figure, progress_bar
from tui.text.pieces import Piece, fitted
from tui.text.widths import cut, flush_left, flush_right
from tui.text.widths import width as width_of

_HINTS: dict[State, str] = {
    "starting": "the members that are done already are looked for",
    "training": "space pauses; each member is a run, which lstm-tui attach shows in another terminal",
    "pausing": "the members that train are saved",
    "paused": "space goes on; what was trained is saved",
    "finished": "each member is a run: the list of runs has them all",
    "failed": "space tries again with those that are not done; what was trained is saved",
}
#: By a member's state, how it is written.
_STYLES = {
    "waiting": ("·", "$quiet"),
    "training": ("●", "bold $text-success"),
    "done": ("✓", "$text-primary"),
    "stopped": ("‖", "$text-warning"),
    "failed": ("✗", "bold $text-error"),
}
_BAR, _GAP = 30, "  "
#: Headings of the columns, their least widths, and whether numbers stand in them; the last takes what is left.
_COLUMNS = (
    ("run", 3, False),
    ("model", 7, False),
    ("hidden", 6, True),
    ("lr", 6, True),
    ("seed", 4, True),
    ("state", 8, False),
    ("epoch", 11, True),
    ("loss", 7, True),
    ("where", 5, False),
)


def header(standing: QueueStanding, width: int) -> list[Piece]:
    """What is trained, and how it is."""
    glyph, style = GLYPHS[standing.state]
    right = f" {glyph} {standing.state}  {printable(standing.name)} "
    facts = ["lstm-tui sweep", counted(len(standing.members), "member"), printable(standing.prices)]
    room = max(width - width_of(right) - 1, 0)
    return [(f" {flush_left(fitted(facts, room) or cut(facts[0], room), room)}", "bold"), (right, style)]


def progress(standing: QueueStanding, width: int) -> list[Piece]:
    """How many members are how far."""
    count = len(standing.members)
    done, left = progress_bar(standing.count("done") / count, min(_BAR, max(width // 5, 4)))
    facts = [f"{standing.count('done')} of {count} done"]
    facts += [f"{number} {state}" for state in MEMBER_STATES if state != "done" and (number := standing.count(state))]
    text = fitted(facts, max(width - width_of(done + left) - 3, 0), "   ")
    return [(" ", ""), (done, "$text-primary"), (left, "$quiet"), (f"  {text}", "")]


def notice(standing: QueueStanding, width: int, present: int = -1) -> list[Piece]:
    """What to do next, or what went wrong: with the member of the number `present`, or with all."""
    if present >= 0 and (told := standing.member(present)).cause:
        return [(cut(f" {printable(told.run)}: {printable(told.cause)}", width), "bold $text-error")]
    if standing.problem:
        return [(cut(f" {printable(standing.problem)}", width), "bold $text-error")]
    return [(cut(f" {_HINTS[standing.state]}", width), "$quiet")]


def heading(standing: QueueStanding, width: int) -> list[Piece]:
    """The line above the members."""
    return [(_line(standing, [name for name, _, _ in _COLUMNS], width), "$quiet")]


def member_row(standing: QueueStanding, number: int, width: int) -> list[Piece]:
    """A member's line: its settings, how far it is, and where, or why not."""
    member, told = standing.members[number].settings, standing.member(number)
    glyph, style = _STYLES[told.state]
    epoch = "" if told.epoch is None or told.state == "waiting" else f"{told.epoch} / {told.epochs or member.epochs}"
    loss = "" if told.loss is None else figure(told.loss)
    where = printable(told.cause or told.where)
    words = [
        *(standing.members[number].run, member.model, str(member.hidden), f"{member.lr:g}", str(member.seed)),
        *(told.state, epoch, loss, where),
    ]
    line = _line(standing, words, width)
    return [(f" {glyph}", style), (line[2:], style if told.state in ("training", "failed") else "")]


def _line(standing: QueueStanding, words: list[str], width: int) -> str:
    """The words in their columns, as many as there is room for."""
    line, names = "   ", max(width_of(member.run) for member in standing.members)
    for place, ((_, least, is_number), word) in enumerate(zip(_COLUMNS, words, strict=True)):
        cell, room = max(least, names) if place == 0 else least, width - width_of(line)
        if room < cell:
            break
        if place == len(_COLUMNS) - 1:
            return line + cut(word, room)
        line += (flush_right if is_number else flush_left)(cut(word, cell), cell) + _GAP
    return line.rstrip()
