"""What the training keys do: they ask where something must be asked, and send commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lstm_engine.protocol.messages import AddEpochs, Command, NewRun, OpenRun, Pause, Quit, Save, Train
from tui.client.engine_link import EngineLink

if TYPE_CHECKING:
    from lstm_engine.protocol.messages import Reseed
    from tui.app.dashboard import Dashboard
    from tui.state.session import Session


_FIRST_ANSWER = 1000


class TrainingKeys:
    """Steers the engine on behalf of an app.

    source: the run or checkpoint that was asked for at the start, if any.
    """

    def __init__(self, app: Dashboard, link: EngineLink, source: str | None) -> None:
        self._app = app
        self._link = link
        self._source = source
        self._last_answer = _FIRST_ANSWER
        self.leaving = False
        self.handlers: dict[str, Callable[[], None]] = {
            "train": self._train,
            "add": self._ask_epochs,
            "reseed": self._ask_seed,
            "save": lambda: self.send(Save()),
            "quit": self._quit,
        }

    def send(self, command: Command) -> None:
        """Send a command, and say so."""
        from tui.state.updates import CommandSent

        self._link.send(command)
        self._app.apply_at_once(CommandSent(command))

    def _train(self) -> None:
        session = self._app.session
        if session is None:
            return
        if session.state == "training":
            self.send(Pause())
        elif session.state == "finished":
            self._ask_epochs()
        elif session.state == "ready":
            self.send(Train(epochs=session.epochs_ahead))
        elif session.engine_alive and session.run is not None:
            self.send(Train())
        else:
            self._retry(session)

    def _retry(self, session: Session) -> None:
        """Open the run again."""
        source = session.directory or self._source
        left = session.target - session.epoch
        self.open(NewRun(config=session.config) if source is None else OpenRun(source=source), left or None)

    def open(self, opening: Command, train: int | None = None) -> None:
        """Have a run opened, by a new engine where the old one is gone, and trained at once as EngineLink says."""
        from tui.state.updates import CommandSent, EngineStarting

        session = self._app.session
        alive = session is not None and session.engine_alive
        self._app.apply_at_once(CommandSent(opening) if alive else EngineStarting())
        self._app.run_worker(self._link.open(opening, train, self._app.apply))

    def _ask_epochs(self) -> None:
        from tui.screens.questions import add_epochs

        session = self._app.session
        if session is not None:
            self._app.push_screen(add_epochs(max(session.target, session.epoch), self._last_answer), self._add)

    def _add(self, epochs: int | None) -> None:
        session = self._app.session
        if epochs is None or session is None:
            return
        self._last_answer = epochs
        self.send(Train(epochs=epochs) if session.state == "ready" else AddEpochs(epochs=epochs))

    def _ask_seed(self) -> None:
        from tui.screens.questions import reseed

        if self._app.session is not None:
            self._app.push_screen(reseed(self._app.session.run), self._reseed)

    def _reseed(self, command: Reseed | None) -> None:
        if command is not None:
            self.send(command)

    def _quit(self) -> None:
        """Leave once the engine has saved; asked again, leave at once and let it save by itself."""
        session = self._app.session
        if self.leaving or session is None or session.state == "loading" or not session.engine_alive:
            self._app.leave()
            return
        self.leaving = True
        self.send(Quit())
