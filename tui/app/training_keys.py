"""What the training keys do: they ask where something must be asked, and send commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lstm_engine.protocol.attendance import Detach
from lstm_engine.protocol.messages import AddEpochs, Command, NewRun, OpenRun, Pause, Quit, Reseed, Save, Train
from tui.app.host import Host
from tui.client.engine_link import EngineLink
from tui.runs.chosen_run import ChosenRun
from tui.screens.questions import add_epochs, reseed
from tui.state.session_store import SessionStore
from tui.state.updates import CommandSent, EngineStarting
from tui.text.sentences import OTHERS_TRAIN

_FIRST_ANSWER = 1000


class TrainingKeys:
    """Steers the engine: trains, pauses, adds epochs, reseeds, saves, quits.

    source: the run or checkpoint that was asked for at the start, if any.
    """

    def __init__(self, host: Host, store: SessionStore, link: EngineLink, source: str | None) -> None:
        self._host = host
        self._store = store
        self._link = link
        self._source = source
        self._last_answer = _FIRST_ANSWER
        self.handlers: dict[str, Callable[[], None]] = {
            "train": self.train,
            "add": self._ask_epochs,
            "reseed": self._ask_seed,
            "save": lambda: self.send(Save()),
            "detach": lambda: self.send(Detach()),
            "quit": self._quit,
        }

    def send(self, command: Command) -> None:
        """Send a command, and say so."""
        self._link.send(command)
        self._store.apply_at_once(CommandSent(command))

    def train(self) -> None:
        """What training can do next: pause, go on, add epochs, or try again."""
        session = self._store.session
        if session.state == "training":
            self.send(Pause())
        elif session.state == "finished" and session.engine_alive:
            self._ask_epochs()
        elif session.state == "ready":
            self.send(Train(epochs=session.epochs_ahead))
        elif session.state == "elsewhere":
            self._look_again()
        elif session.failure is not None and session.failure.is_of_opening:
            self._retry()
        elif session.engine_alive and session.run is not None:
            self.send(Train())
        else:
            self._retry()

    def _look_again(self) -> None:
        """Open the run that another process had; where it stands by now, and whether it goes on, is to be seen."""
        source = self._store.session.directory or self._source
        if source is not None:
            self.open(OpenRun(source=source))

    def _retry(self) -> None:
        """Open the run again."""
        session = self._store.session
        source = session.directory or self._source
        left = session.target - session.epoch
        config = session.config
        opening = NewRun(config=config) if source is None else OpenRun(source=source, config=config)
        self.open(opening, left or None)

    def open(self, opening: Command, train: int | None = None) -> None:
        """Have a run opened, by a new engine where the old one is gone, and trained at once as EngineLink says."""
        session = self._store.session
        self._store.apply_at_once(CommandSent(opening) if session.engine_alive else EngineStarting())
        self._host.run_beside(partial(self._link.open, opening, train, self._store.apply))

    def leave_for(self, chosen: ChosenRun) -> None:
        """Leave for another kind of screen, as for another run: what only this one attends is saved and ended."""
        self._host.open_next(chosen)
        session = self._store.session
        is_over = session.detaching or session.detached or not session.engine_alive
        if session.state == "loading" or is_over or session.attached or session.watchers > 1:
            self._host.leave()
        else:
            self._leave_when_saved()

    def _leave_when_saved(self) -> None:
        self._host.leave_when_saved()
        self.send(Quit())

    def _ask_epochs(self) -> None:
        session = self._store.session
        self._host.push_screen(add_epochs(max(session.target, session.epoch), self._last_answer), self._add)

    def _add(self, epochs: int | None) -> None:
        if epochs is None:
            return
        self._last_answer = epochs
        session = self._store.session
        self.send(Train(epochs=epochs) if session.state == "ready" else AddEpochs(epochs=epochs))

    def _ask_seed(self) -> None:
        self._host.push_screen(reseed(self._store.session.run), self._reseed)

    def _reseed(self, command: Reseed | None) -> None:
        if command is not None:
            self.send(command)

    def _quit(self) -> None:
        """Leave once the engine has saved; asked again, leave at once and let it save by itself.

        Where others attend, they keep it; where it trains for them, it is asked twice.
        """
        self._host.open_next(None)
        session = self._store.session
        is_over = session.detaching or session.detached or not session.engine_alive
        if self._host.is_leaving or session.state == "loading" or is_over:
            self._host.leave()
            return
        is_shared = session.attached or session.watchers > 1
        if is_shared and session.state == "training" and session.notice != OTHERS_TRAIN:
            self._store.say(OTHERS_TRAIN, alert=True)
            return
        if session.watchers > 1 and session.state != "training":
            self._host.leave()
            return
        self._leave_when_saved()
