"""What is shown when training has failed: the cause, the log's end, and what one can do."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.state.session import Failure, Session

#: Lines of the log's end; all of it is in the log panel.
_LOG_LINES = 8


class FailurePanel(Widget, can_focus=True):
    """A box that has something to say in state `failed` only."""

    DEFAULT_CSS = "FailurePanel { height: auto; }"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="panel")
        self._session: Session | None = None

    def show(self, session: Session) -> None:
        """Show the session's failure, if there is one."""
        if self._session is None or _shown(self._session) != _shown(session):
            self._session = session
            self.border_title = _title(session)
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        session = self._session
        if session is None or session.failure is None:
            return Content()
        lines = [Content.styled(session.failure.cause, "bold"), *_ways_out(session, session.failure)]
        detail = [line for line in session.failure.detail.splitlines() if line.strip()]
        if detail:
            lines += [Content(), *(Content.styled(line, "$quiet") for line in detail[-_LOG_LINES:])]
        return Content("\n").join(lines)


def _shown(session: Session) -> tuple[Failure | None, bool]:
    return session.failure, session.engine_alive


def _title(session: Session) -> str:
    if not session.engine_alive:
        return "the engine is gone"
    return "not opened" if session.failure is not None and session.failure.is_of_opening else "training failed"


def _ways_out(session: Session, failure: Failure) -> list[Content]:
    retry = "tries again" if failure.checkpoint is None else f"tries again from {failure.checkpoint}"
    if not session.engine_alive:
        retry += ", with a new engine process"
    ways = [("space", retry)]
    if session.engine_alive and session.history.length:
        ways.append(("r", "starts a new run with another seed; this one stays on disk"))
    ways += [("l", "shows the whole log"), ("q", "quits; what is saved stays saved")]
    return [Content.assemble((f"{key:>5}", "bold $accent"), f"  {text}") for key, text in ways]
