"""The lines around the panels, as styled pieces of text: header, status, notice, strip, tabs.

Pure, and without numpy or Textual, for the first frame needs them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from lstm_engine.run.config import RunConfig
from tui.text.numbers import duration, figure, number, percent_done, progress_bar
from tui.text.pieces import Piece, fitted, pieces_width
from tui.text.sentences import attached_hint, ended_hint, hint, lineage, offered, settings
from tui.text.widths import cut, cut_together, flush_left, wrapped
from tui.text.widths import width as width_of
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
    "stopped": "■",
    "finished": "✓",
    "failed": "✗",
    "elsewhere": "↗",
}
STATE_STYLES = {
    "loading": "$quiet",
    "ready": "bold $text-accent",
    "training": "bold $text-success",
    "paused": "bold $text-warning",
    "stopped": "bold $foreground",
    "finished": "bold $text-primary",
    "failed": "bold $text-error",
    "elsewhere": "bold $text-warning",
}
_TITLE = "lstm-tui"
#: From this width on, the status line spells everything out.
SPACIOUS = 110
#: Cells of a loss; of where a run is held; of a name in the strip below the panel, and in a tab at most and at least.
_LOSS_ROOM = 7
_WHERE_ROOM = 30
_STRIP_NAME = 11
_TAB_NAME, _LEAST_TAB_NAME = 12, 3


def header(
    config: RunConfig, state: str, run: str | None, width: int, parent: Parent | None = None, where: str = ""
) -> list[Piece]:
    """Who and what: the program, the settings, the lineage; at the right end the state and the run.

    where: what stands in place of the state, of a run that another process holds.
    """
    status = f"{STATE_GLYPHS[state]} {cut(where, _WHERE_ROOM) or state}"
    name = f"  {run}" if run else ""
    room = width - width_of(status) - width_of(name) - 4
    title = f"{_TITLE}   " if room >= len(_TITLE) + 28 else ""
    words = fitted([*settings(config), *([lineage(parent)] if parent else [])], room - len(title))
    gap = " " * max(room - len(title) - width_of(words), 0)
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
    trains = session.state == "training" or session.per_second is not None
    facts = _speed(session, gap, spacious=spacious) if trains else ""
    if width >= 72 and (session.history.length > 1 or session.state == "training"):
        loss = float(session.history.loss[-1]) if session.history.length > 1 else None
        facts += gap + flush_left("" if loss is None else f"loss {figure(loss, _LOSS_ROOM)}", 12)
    if width >= 80 and (session.saved is not None or session.state == "training"):
        word = "saved at " if spacious else "saved "
        saved = "" if session.saved is None else f"{word}{session.saved.epoch}"
        facts += gap + flush_left(saved, len(word) + digits)
    return facts + " "


def _speed(session: Session, gap: str, *, spacious: bool) -> str:
    speed = session.per_second
    left = (session.target - session.epoch) / speed if speed else None
    unit = " epochs/s" if spacious else "/s"
    pace = "" if speed is None else f"{speed:.0f}{unit}"
    time = "" if left is None else f"{duration(left)} left"
    return f"{gap}{pace:>{5 + len(unit)}}{gap}{time:<16}" if spacious else f"{gap}{pace:>6}{gap}{time:<11}"


def strip(session: Session, companies: tuple[int, ...], before: Session | None = None) -> list[Piece]:
    """Observed and predicted of a few companies, a line each, under a heading.

    before: where the session is a what-if, what it is one of; its predictions stand beside the new ones.
    """
    was = f"{'before':>10}" if before is not None else ""
    pieces: list[Piece] = [(f" {'company':<12}{'observed':>10}{was}{'predicted':>12}{'off by':>11}", "$quiet")]
    data, history = session.config.data, session.history
    for company in companies:
        observed = data.targets[company]
        line = f"\n {flush_left(cut(data.names[company], _STRIP_NAME), _STRIP_NAME + 1)}{number(observed, 10)}"
        if history.length:
            predicted = float(history.predictions_at(-1)[company])
            if before is not None:
                line += number(float(before.history.predictions_at(-1)[company]), 10)
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
    first, *others = wrapped(f"{stand_in} {text}", room) if taken else wrapped(text, room)
    return [first[len(stand_in) :] if taken else f" {first}", *(f" {line}" for line in others)]


def _hint(session: Session, width: int) -> str:
    """What one can do now, as much of it as fits; where there is a run to go on with, that too, or that alone."""
    # It stays on its line, or the panels would move with the time cursor.
    is_shared = session.state == "training" and (session.attached or session.watchers > 1)
    if session.state == "elsewhere" and session.elsewhere is not None:
        clauses = session.elsewhere.hints(session.directory or "")
    elif not session.engine_alive and session.state in ("stopped", "finished", "failed"):
        clauses = ended_hint(session.state, session.ended, session.run).split(", ")
    elif is_shared:
        clauses = attached_hint(session.watchers).split(", ")
    else:
        clauses = hint(session.state, session.epochs_ahead, session.target).split(", ")
    usual = fitted(clauses, width - 2, ", ", _hint_length)
    if session.offer is None or session.state not in ("loading", "ready"):
        return usual
    offer = offered(session.offer.run, session.offer.epoch, session.offer.target, session.offer.interrupted)
    both = f"{usual} · {offer}"
    return both if _hint_length(both) <= width - 2 else offer


def _hint_length(text: str) -> int:
    """Its columns: the asterisks around keys are not shown."""
    return width_of(text.replace("*", ""))


def badges(moment: Moment, width: int) -> list[Piece]:
    """What is shown in place of the run's newest values: another epoch, a what-if."""
    newest = f" live is at {moment.session.history.last_epoch} · "
    spelt_out = [*_looking_back(moment, newest), *_what_if(moment, f" {moment.changes} · ")]
    if pieces_width(spelt_out) <= width:
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


def tabs(names: dict[str, str], current: str, width: int, companies: Collection[str] = ()) -> list[Piece]:
    """The panels that Tab goes through, the present one in reverse. names: titles by panel.

    companies: the panels of companies, whose names are cut first. Where there is still no room for all, those around
    the present one are whole, and arrows say where there are more.
    """
    panels = list(names)
    others = sum(width_of(title) for panel, title in names.items() if panel not in companies)
    room = min(width - others - len("   ") * len(names), _TAB_NAME * len(companies))
    shorter = cut_together([cut(names[panel], _TAB_NAME) for panel in companies], room, _LEAST_TAB_NAME)
    titles = names | dict(zip(companies, shorter, strict=True))
    first, end = _around([width_of(titles[panel]) + len("   ") for panel in panels], panels.index(current), width)
    pieces: list[Piece] = []
    for panel in panels[first:end]:
        pieces += [
            ("‹", "$quiet") if first and panel == panels[first] else (" ", ""),
            (f" {titles[panel]} ", "reverse bold" if panel == current else f"@click=screen.go_to('{panel}')"),
        ]
    return [*pieces, ("›", "$quiet")] if end < len(panels) else pieces


def _around(widths: Sequence[int], current: int, room: int) -> tuple[int, int]:
    """The first and the end of as many as fit into `room` cells, the current one among them."""
    first, end = 0, len(widths)
    while sum(widths[first:end]) + (end < len(widths)) > room and end - first > 1:
        if end - 1 > current:
            end -= 1
        else:
            first += 1
    return first, end


def too_small(width: int, height: int) -> list[Piece]:
    """What size is needed, where the screen has not got it."""
    needed = f"needs {LEAST_WIDTH}x{LEAST_HEIGHT}"
    texts = (f"lstm-tui {needed}; this is {width}x{height}", f"lstm-tui {needed}", needed)
    return [(next((text for text in texts if len(text) <= width), texts[-1]), "bold")]
