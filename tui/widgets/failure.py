"""What is shown when training has failed: the cause, the log's end, and what one can do."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.session import Failure, Session

#: Lines of the log's end; all of it is in the log panel.
_LOG_LINES = 8


class FailurePanel(Widget):
    """A box that is there in state `failed` only."""

    DEFAULT_CSS = "FailurePanel { height: auto; display: none; }"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.border_title = "training failed"
        self._session: Session | None = None

    def show(self, session: Session) -> None:
        """Show the session's failure, or nothing where there is none."""
        self.display = session.failure is not None
        if self._session is None or self._session.failure != session.failure:
            self._session = session
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        session = self._session
        if session is None or session.failure is None:
            return Content()
        lines = [Content.styled(session.failure.cause, "bold")]
        detail = [line for line in session.failure.detail.splitlines() if line.strip()]
        if detail:
            lines += [Content(), *(Content.styled(line, "$text-muted") for line in detail[-_LOG_LINES:])]
        lines += [Content(), *_ways_out(session, session.failure)]
        return Content("\n").join(lines)


def _ways_out(session: Session, failure: Failure) -> list[Content]:
    if failure.checkpoint is not None:
        retry = f"tries again from the last checkpoint, {failure.checkpoint}"
    elif session.run is not None:
        retry = "tries again from the last checkpoint"
    else:
        retry = "tries again"
    if not session.engine_alive:
        retry += ", with a new engine process"
    ways = [("space", retry)]
    if session.engine_alive and session.history.length:
        ways.append(("r", "starts a new run with another seed; this one stays on disk"))
    ways += [("l", "shows the whole log"), ("q", "quits; what is saved stays saved")]
    return [Content.assemble((f"{key:>5}", "bold $footer-key-foreground"), f"  {text}") for key, text in ways]
