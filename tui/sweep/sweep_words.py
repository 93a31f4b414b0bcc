"""The lines around the pictures of a sweep, as styled pieces of text. Pure."""

from __future__ import annotations

from lstm_engine.sweep.shares import shares
from lstm_engine.text import printable
from tui.sweep.chosen_members import ALL, choice_words
from tui.sweep.cursor_glyph import cursor_glyph
from tui.sweep.place import Place
from tui.sweep.standing import Standing, State
from tui.text.numbers import duration, percent_done, progress_bar
from tui.text.pieces import Piece, fitted
from tui.text.table import table
from tui.text.widths import cut, flush_left
from tui.text.widths import width as width_of

#: By state, what stands for it on screen.
GLYPHS: dict[State, tuple[str, str]] = {
    "starting": ("◌", "$quiet"),
    "training": ("●", "bold $text-success"),
    "pausing": ("◌", "bold $text-warning"),
    "paused": ("‖", "bold $text-warning"),
    "finished": ("✓", "bold $text-primary"),
    "failed": ("✗", "bold $text-error"),
}
_HINTS: dict[State, str] = {
    "starting": "the seeds' first parameters are drawn",
    "training": "space pauses, n shows one learning rate and initialisation after the other",
    "pausing": "it is saved",
    "paused": "it is saved: space goes on, Enter lists members, and opens one",
    "finished": "Enter lists the members of a row; tab, of the histogram",
    "failed": "space tries again; what was saved stays",
}
_BAR = 30


def header(standing: Standing, width: int) -> list[Piece]:
    """What is trained, and how it is."""
    settings = standing.settings
    glyph, style = GLYPHS[standing.state]
    right = f" {glyph} {standing.state}  {printable(standing.name)} "
    facts = ["lstm-tui sweep", f"{settings.count:,} members", printable(settings.data.source), "by hand"]
    room = width - width_of(right) - 1
    return [
        (f" {flush_left(fitted(facts, room) or cut(facts[0], max(room, 0)), max(room, 0))}", "bold"),
        (right, style),
    ]


def progress(standing: Standing, width: int) -> list[Piece]:
    """How far it is, and how fast."""
    epoch, epochs = standing.epoch, standing.settings.epochs
    done, left = progress_bar(epoch / epochs, min(_BAR, max(width // 5, 4)))
    facts = [f"epoch {epoch:,}/{epochs:,}", percent_done(epoch, epochs).strip()]
    if standing.rate and standing.state == "training":
        facts.append(f"{standing.rate:,.0f} epochs of a member/s")
    if (seconds := standing.seconds_left) is not None:
        facts.append(f"{duration(seconds)} left")
    text = fitted(facts, max(width - width_of(done + left) - 3, 0), "   ")
    return [(" ", ""), (done, "$text-primary"), (left, "$quiet"), (f"  {text}", "")]


def notice(standing: Standing, width: int) -> list[Piece]:
    """What to do next, or what went wrong."""
    if standing.problem:
        return [(cut(f" {printable(standing.problem)}", width), "bold $text-error")]
    return [(cut(f" {_HINTS[standing.state]}", width), "$quiet")]


def share_table(standing: Standing, place: Place, width: int, *, ascii_text: bool = False) -> list[list[Piece]]:
    """The share solved by learning rate and initialisation, with its 95 % interval where there is room for it; what is
    chosen stands out: the heading, where that is all of them.
    """
    results = standing.results
    if results is None:
        return []
    rows: list[tuple[str, ...]] = [(choice_words(results.settings, ALL), "solved", "95 % interval")]
    for number, share in enumerate(shares(results.settings, results.solved)):
        part = f"{share.solved / share.members:.1%}"
        rows.append((choice_words(results.settings, number), part, f"{share.low:.1%} to {share.high:.1%}"))
    lines = next((lines for lines in (table(rows), table([row[:2] for row in rows])) if _fit(lines, width)), [])
    if not lines:
        lines = [cut(line, max(width - 1, 0)) for line in table([row[:2] for row in rows])]
    found: list[list[Piece]] = []
    for number, line in enumerate(lines, start=ALL):
        is_chosen = number == place.chosen
        glyph = cursor_glyph(is_chosen and not place.is_on_losses, ascii_text=ascii_text)
        found.append([(f"{glyph}{line}", "bold $accent" if is_chosen else "$quiet" if number == ALL else "")])
    return found


def _fit(lines: list[str], width: int) -> bool:
    return all(width_of(line) < width for line in lines)
