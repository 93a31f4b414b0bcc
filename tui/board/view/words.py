"""The lines around the charts, as styled pieces of text: header, progress, notice. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from lstm_engine.text import printable
from tui.board.state.board import Board
from tui.board.view.actions import BOARD_ACTIONS, action_refusal
from tui.text.numbers import duration, figure, percent_done, progress_bar
from tui.text.pieces import Piece, fitted
from tui.text.widths import cut, wrapped
from tui.text.widths import width as width_of

#: What each state is marked with, so that it is told apart without colour too.
GLYPHS = {
    "logs": "≡",
    "starting": "◌",
    "training": "●",
    "validating": "◐",
    "testing": "◑",
    "paused": "‖",
    "stopping": "◌",
    "finished": "✓",
    "stopped": "■",
    "failed": "✗",
    "ended": "✓",
}
STYLES = {
    "logs": "bold $text-accent",
    "starting": "$quiet",
    "training": "bold $text-success",
    "validating": "bold $text-success",
    "testing": "bold $text-success",
    "paused": "bold $text-warning",
    "stopping": "bold $text-warning",
    "finished": "bold $text-primary",
    "stopped": "bold $text-primary",
    "failed": "bold $text-error",
    "ended": "bold $text-primary",
}
#: What to do next, by state; keys between asterisks.
_HINTS = {
    "logs": ("read-only logs", "*/* filters the metrics", "*enter* enlarges a chart", "*?* all keys"),
    "starting": ("waits for a Trainer to report", "*l* shows what the script writes"),
    "training": ("*space* pauses", "*p* shows the prices", "*s* saves now", "*S* saves and ends", "*←* looks back"),
    "validating": ("*space* pauses at the next training step", "*c* lists the checkpoints"),
    "testing": ("the script tests its model", "*l* shows what it writes"),
    "paused": ("*space* goes on", "*a* adds epochs", "*f* changes the learning rate", "*s* saves"),
    "stopping": ("it ends behind this step",),
    "finished": (
        "*p* shows the prices",
        "*a* adds epochs",
        "*b* branches from a checkpoint",
        "*c* lists the checkpoints",
    ),
    "stopped": ("*p* shows the prices", "*a* goes on", "*b* branches from a checkpoint", "*c* lists the checkpoints"),
    "failed": ("*l* shows what the script wrote", "*b* goes on from a checkpoint"),
    "ended": ("*l* shows what the script wrote", "*c* lists the checkpoints"),
}
#: Where none of them is of use.
_AT_REST = ("there is no checkpoint to go on from", "*l* shows what the script wrote")
_READ_ONLY = ("this is read-only", "*p* shows the prices", "*←* looks back", "*/* filters the metrics", "*?* all keys")
_BY_LABEL = {action.label: action.id for action in BOARD_ACTIONS}
#: From this width on, the progress line spells everything out.
SPACIOUS = 110
_TITLE = "lstm-tui"


def _titles(board: Board) -> list[str]:
    """What is trained, as a person would call it: the script, and the model."""
    title = board.texts.get("title", "")
    if not title and board.process is not None:
        script = next((word for word in board.process.argv[1:] if not word.startswith("-")), "")
        title = PurePath(script).name
    model = board.fit.model if board.fit is not None else ""
    return [part for part in (title, model) if part]


def header(board: Board | None, width: int, shown: int, runs: int) -> list[Piece]:
    """What is trained by what; at the right end the state and the run. shown, runs: how many are drawn, of all."""
    if board is None:
        return [(f" {_TITLE}   ", "bold $primary"), ("nothing to show yet", "$quiet")]
    state = f"{GLYPHS[board.state]} {state_word(board)}"
    name = f"  {printable(board.run)}"
    room = width - width_of(state) - width_of(name) - 4
    title = f"{_TITLE}   " if room >= len(_TITLE) + 28 else ""
    fit = board.fit
    facts = _titles(board)
    facts += [f"{shown} of {runs} runs drawn"] if runs > 1 else []
    if fit is not None:
        facts += [f"fit {fit.fit + 1}"] * (fit.fit > 0) + [f"{fit.trainer} {fit.version}", fit.device]
        facts += [f"{fit.world} processes"] * (fit.world > 1)
    words = cut(fitted([printable(fact) for fact in facts if fact], room - len(title)), max(room - len(title), 0))
    gap = " " * max(room - len(title) - width_of(words), 0)
    return [
        (" ", ""),
        (title, "bold $primary"),
        (words, ""),
        (gap + "  ", ""),
        (state, STYLES[board.state]),
        (name, "bold"),
        (" ", ""),
    ]


def state_word(board: Board) -> str:
    """What the run does, in a word or two."""
    if board.off and board.is_alive:
        return "hook off"
    if board.state == "validating" and board.progress.phase == "sanity":
        return "sanity check"
    if board.state == "testing" and board.progress.phase == "predict":
        return "predicting"
    if board.state == "finished" and board.patience:
        return "ended by patience"
    ending = board.ending
    if board.state == "failed" and ending is not None and ending.signal:
        return f"ended by {ending.signal}"
    if board.state in ("failed", "ended") and ending is not None and ending.status:
        return f"failed, status {ending.status}"
    return board.state


def progress(board: Board, width: int) -> list[Piece]:
    """How far: epoch, bar, batch or validation, speed, time left, learning rates, the last checkpoint."""
    now, end = board.progress, board.end
    if board.state == "logs":
        return [(f" {len(board.metrics)} metrics up to step {board.newest_step:,}", "")]
    spacious = width >= SPACIOUS
    done = now.epoch if board.state in ("finished", "stopped") or not now.batch else now.epoch + 1
    of = "" if now.max_epochs is None else f"/{now.max_epochs}"
    count = f" epoch {max(done, 0)}{of}"
    share = min(now.step / end, 1.0) if end else 0.0
    parts = _progress_parts(board, spacious=spacious)
    gap = "   " if spacious else "  "
    bar_room = max(min(width // 5, 30), 8)
    room = width - width_of(count) - bar_room - 8
    facts = gap + fitted(parts, room - len(gap), gap)
    style = STYLES[board.state].removeprefix("bold ")
    bar: list[Piece] = []
    if end:
        bar_done, to_do = progress_bar(share, bar_room)
        percent = percent_done(min(now.step, end), end)
        bar = [(" " + bar_done, style), (to_do, "$edge"), (f" {percent}", "")]
    return [(count, "bold"), *bar, (facts, "")]


def _progress_parts(board: Board, *, spacious: bool) -> list[str]:
    now = board.progress
    parts = []
    if now.phase is not None:
        word = {"sanity": "sanity check", "validate": "validation", "test": "test", "predict": "prediction"}[now.phase]
        parts.append(f"{word} {now.phase_batch}/{now.phase_batches or '?'}")
    elif board.state in ("training", "paused", "stopping"):
        parts.append(f"batch {now.batch}/{now.batches or '?'}")
    speed, left = board.pace.per_second, board.seconds_left
    if speed is not None and board.is_alive and board.state != "paused":
        parts.append(f"{figure(speed, 6, 1 if speed < 100 else 0)}{' steps/s' if spacious else '/s'}")
        if left is not None:
            parts.append(f"{duration(left)} left")
    parts.append(f"step {now.step:,}")
    if board.lr:
        rates = list(dict.fromkeys(f"{rate:.3g}" for rate in board.lr.values()))
        parts.append(f"lr {' '.join(rates[:3])}")
    if board.checkpoints:
        newest = board.checkpoints[-1]
        parts.append(f"saved at {newest.step:,}")
    return parts


def notice(board: Board | None, said: str, width: int, *, steers: bool) -> list[Piece]:
    """The news, or what can be done now. said: what the screen has to say of its own."""
    if board is None:
        return [(" waiting for a run to turn up", "$quiet")]
    if said:
        return _plain(said, width, "")
    if board.problem:
        return _plain(board.problem, width, "bold $text-warning")
    if board.off and board.is_alive:
        text = f"the hook met a fault and tells nothing more ({board.off}); the training goes on"
        return _plain(text, width, "bold $text-warning")
    if board.state == "failed" and board.cause:
        return _plain(board.cause, width, "bold $text-error")
    if board.notice:
        return _plain(board.notice, width, "bold $text-warning" if board.alert else "")
    hints = _HINTS[board.state] if steers or board.state == "logs" else _READ_ONLY
    if board.state == "finished" and board.patience:
        hints = (f"patience ended it: {printable(board.patience).replace('*', '×')}", *hints)
    clauses = _of_use(hints, board, steers=steers) or _of_use(_AT_REST, board, steers=steers)
    words = fitted(clauses, width - 2, ", ", _hint_length).split("*")
    return [(" ", ""), *((word, "bold $accent" if index % 2 else "") for index, word in enumerate(words))]


def _of_use(clauses: Iterable[str], board: Board, *, steers: bool) -> list[str]:
    return [clause for clause in clauses if not _is_idle(clause, board, steers=steers)]


def _is_idle(clause: str, board: Board, *, steers: bool) -> bool:
    """Whether the key that a hint names can do nothing now."""
    key = clause.split("*")[1] if "*" in clause else ""
    return key in _BY_LABEL and action_refusal(_BY_LABEL[key], board, steers=steers) is not None


def _plain(text: str, width: int, style: str) -> list[Piece]:
    lines = wrapped(printable(text), max(width - 2, 1))[:2]
    return [("\n".join(f" {line}" for line in lines), style)]


def _hint_length(text: str) -> int:
    return width_of(text.replace("*", ""))
