"""The lines around the panels, as styled pieces of text: header, status, notice, strip, tabs.

Pure, and without numpy or Textual, for the first frame needs them.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from lstm_engine.run.config import RunConfig
from tui.text.numbers import duration, loss_text, number, percent_done, progress_bar
from tui.text.pieces import Piece, fitted
from tui.text.sentences import hint, lineage, offered, settings
from tui.view.layout import LEAST_HEIGHT, LEAST_WIDTH

if TYPE_CHECKING:
    from lstm_engine.run.records import Parent
    from tui.state.session import Session
    from tui.view.moment import Moment

#: What each state is marked with, so that it is told apart without colour too.
STATE_GLYPHS = {
    "loading": "◌",
    "ready": "○",
    "training": "●",
    "paused": "‖",
    "finished": "✓",
    "failed": "✗",
    "elsewhere": "↗",
}
STATE_STYLES = {
    "loading": "$quiet",
    "ready": "bold $text-accent",
    "training": "bold $text-success",
    "paused": "bold $text-warning",
    "finished": "bold $text-primary",
    "failed": "bold $text-error",
    "elsewhere": "bold $text-warning",
}
_TITLE = "lstm-tui"
#: From this width on, the status line spells everything out.
SPACIOUS = 110


def header(config: RunConfig, state: str, run: str | None, width: int, parent: Parent | None = None) -> list[Piece]:
    """Who and what: the program, the settings, the lineage; at the right end the state and the run."""
    status = f"{STATE_GLYPHS[state]} {state}"
    name = f"  {run}" if run else ""
    room = width - len(status) - len(name) - 4
    title = f"{_TITLE}   " if room >= len(_TITLE) + 28 else ""
    words = fitted([*settings(config), *([lineage(parent)] if parent else [])], room - len(title))
    gap = " " * max(room - len(title) - len(words), 0)
    return [
        (" ", ""),
        (title, "bold $primary"),
        (words, ""),
        (gap + "  ", ""),
        (status, STATE_STYLES[state]),
        (name, "bold"),
        (" ", ""),
    ]


def status(session: Session, width: int) -> list[Piece]:
    """How far: the epoch, a bar, the speed, the time left, the loss, the last checkpoint."""
    goal = session.target or session.x_end
    digits = len(str(max(goal, session.epoch)))
    count = f" {session.epoch:>{digits}} / {goal:<{digits}} "
    if width >= SPACIOUS:
        count = " epoch" + count
    facts = _facts(session, width, digits)
    done, to_do = progress_bar(
        session.epoch / goal if goal else 0.0,
        max(width - len(count) - len(facts) - len(percent_done(0, 0)) - 1, 4),
    )
    style = STATE_STYLES[session.state].removeprefix("bold ")
    return [
        (count, "bold"),
        (done, style),
        (to_do, "$edge"),
        (f" {percent_done(session.epoch, goal)}", ""),
        (facts, ""),
    ]


def _facts(session: Session, width: int, digits: int) -> str:
    """Speed, time left, loss and last checkpoint; of a fixed width while training."""
    spacious = width >= SPACIOUS
    gap = "    " if spacious else "  "
    facts = _speed(session, gap, spacious=spacious) if session.state == "training" else ""
    if width >= 72 and (session.history.length > 1 or session.state == "training"):
        loss = float(session.history.loss[-1]) if session.history.length > 1 else None
        facts += gap + ("" if loss is None else f"loss {loss_text(loss).strip()}").ljust(12)
    if width >= 80 and (session.saved is not None or session.state == "training"):
        word = "saved at " if spacious else "saved "
        saved = "" if session.saved is None else f"{word}{session.saved.epoch}"
        facts += gap + saved.ljust(len(word) + digits)
    return facts + " "


def _speed(session: Session, gap: str, *, spacious: bool) -> str:
    speed = session.pace.per_second
    left = session.pace.seconds_left(session.target - session.epoch)
    unit = " epochs/s" if spacious else "/s"
    pace = "" if speed is None else f"{speed:.0f}{unit}"
    time = "" if left is None else f"{duration(left)} left"
    return f"{gap}{pace:>{5 + len(unit)}}{gap}{time:<16}" if spacious else f"{gap}{pace:>6}{gap}{time:<11}"


def strip(session: Session, companies: tuple[int, ...]) -> list[Piece]:
    """Observed and predicted of a few companies, a line each, under a heading."""
    pieces: list[Piece] = [(f" {'company':<12}{'observed':>10}{'predicted':>12}{'off by':>11}", "$quiet")]
    data, history = session.config.data, session.history
    for company in companies:
        observed = data.targets[company]
        line = f"\n {data.names[company][:11]:<12}{number(observed, 10)}"
        if history.length:
            predicted = float(history.predictions_at(-1)[company])
            line += f"{number(predicted, 12)}{number(predicted - observed, 11, signed=True)}"
        pieces.append((line, ""))
    return pieces


def notice(session: Session, width: int, taken: int = 0) -> list[Piece]:
    """The news, or what the state allows; as many lines as the news takes.

    taken: columns of the first line that something else stands in.
    """
    for news, alert in (
        (session.notice if session.alert else "", True),
        ("; ".join(session.warnings), True),
        (session.notice, False),
        (session.save_problem, True),
    ):
        if news:
            return [("\n".join(_wrapped(news, width, taken)), "bold $text-warning" if alert else "")]
    words = _hint(session, width - taken).split("*")
    return [(" ", ""), *((word, "bold $accent" if index % 2 else "") for index, word in enumerate(words))]


def _wrapped(text: str, width: int, taken: int) -> list[str]:
    """Lines that begin with a space; the first of them is shorter by what is taken, and empty where no word fits."""
    room = width - 2
    stand_in = "x" * min(taken - 1, room)  # a word as long as what stands there, so that no other one is broken
    first, *others = textwrap.wrap(f"{stand_in} {text}", room) if taken else textwrap.wrap(text, room)
    return [first[len(stand_in) :] if taken else f" {first}", *(f" {line}" for line in others)]


def _hint(session: Session, width: int) -> str:
    """What one can do now, as much of it as fits; where there is a run to go on with, that too, or that alone."""
    # It stays on its line, or the panels would move with the time cursor.
    clauses = hint(session.state, session.epochs_ahead, session.target).split(", ")
    usual = fitted(clauses, width - 2, ", ", _hint_length)
    if session.offer is None or session.state not in ("loading", "ready"):
        return usual
    offer = offered(session.offer.run, session.offer.epoch, session.offer.target, session.offer.interrupted)
    both = f"{usual} · {offer}"
    return both if _hint_length(both) <= width - 2 else offer


def _hint_length(text: str) -> int:
    """Its columns: the asterisks around keys are not shown."""
    return len(text.replace("*", ""))


def badges(moment: Moment, width: int) -> list[Piece]:
    """What is shown in place of the run's newest values: another epoch, a what-if."""
    newest = f" live is at {moment.session.history.last_epoch} · "
    spelt_out = [*_looking_back(moment, newest), *_what_if(moment, f" {moment.changes} · ")]
    if sum(len(text) for text, _ in spelt_out) <= width:
        return spelt_out
    return [*_looking_back(moment, " "), *_what_if(moment, " ")]


def _looking_back(moment: Moment, words: str) -> list[Piece]:
    if moment.sight.is_live:
        return []
    badge = (f" epoch {moment.sight.epoch} ", "reverse bold $accent")
    return [badge, (words, ""), ("End", "bold $accent"), (" returns  ", "")]


def _what_if(moment: Moment, words: str) -> list[Piece]:
    if not moment.what_if:
        return []
    return [(" what-if ", "reverse bold $text-error"), (words, ""), ("Esc", "bold $accent"), (" puts back  ", "")]


def tabs(names: dict[str, str], current: str) -> list[Piece]:
    """The panels that Tab goes through, the present one in reverse. names: titles by panel."""
    pieces: list[Piece] = []
    for panel, title in names.items():
        pieces += [
            (" ", ""),
            (f" {title} ", "reverse bold" if panel == current else f"@click=screen.go_to('{panel}')"),
        ]
    return pieces


def too_small(width: int, height: int) -> list[Piece]:
    """What size is needed, where the screen has not got it."""
    needed = f"needs {LEAST_WIDTH}x{LEAST_HEIGHT}"
    texts = (f"lstm-tui {needed}; this is {width}x{height}", f"lstm-tui {needed}", needed)
    return [(next((text for text in texts if len(text) <= width), texts[-1]), "bold")]
