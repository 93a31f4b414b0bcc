"""What there is once the panels are loaded: the session, the screen that shows it, and what every key does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from tui.actions import BY_ID, refusal
from tui.app.bell import Bell
from tui.app.host import Host
from tui.app.run_keys import RunKeys
from tui.app.tour_keys import TourKeys
from tui.app.training_keys import TrainingKeys
from tui.client.engine_link import EngineLink
from tui.client.file_follower import FileFollower
from tui.options import DashboardOptions
from tui.runs.run_folder import RunFolder
from tui.screens.main_screen import MainScreen
from tui.state.session import Session
from tui.state.session_store import SessionStore
from tui.terminal.output import Output


class Controls:
    """Carries out actions by their ids.

    program: what the app itself does at its keys, by action.
    folder: the runs on disk; None for those that the options name.
    ring: calls the user back, with a sentence on what has happened.
    """

    def __init__(
        self,
        host: Host,
        link: EngineLink,
        output: Output,
        options: DashboardOptions,
        folder: RunFolder | None,
        program: Mapping[str, Callable[[], object]],
        ring: Callable[[str], object] = lambda _: None,
    ) -> None:
        self._host = host
        self._output = output
        session = Session.loading(options.config, options.epochs)
        self.store = SessionStore(session, self._follow, output.draw_now)
        self._bell = Bell(session, ring)
        self.main = MainScreen(session)
        self._training = TrainingKeys(host, self.store, link, options.source)
        folder = folder or RunFolder.at(options.engine.checkpoints)
        self.runs = RunKeys(host, self.store, self._training, self.main, folder)
        self.tour = TourKeys(self.store, self._training, self.main)
        self._said = options.said
        self._watched: str | None = None
        self._follower: FileFollower | None = None
        self._handlers: dict[str, Callable[[], object]] = {
            **self._training.handlers,
            **self.runs.handlers,
            **self.tour.handlers,
            **program,
        }

    def perform(self, name: str) -> None:
        """Do what the table of actions calls `name`, or say why that makes no sense now."""
        action = BY_ID[name]
        reason = refusal(action, self.store.session)
        if reason is not None:
            self.store.say(reason, alert=True)
        elif action.group in ("view", "time", "inside"):
            with self.main.one_drawing():
                self.store.say(self.main.act(name))
        else:
            self._handlers[name]()

    def draw(self) -> None:
        """Show the session on the screen, and the tour beside it."""
        session = self.store.session
        self.main.show(session)
        self.tour.show(session)

    def _follow(self) -> None:
        session = self.store.session
        self._bell.follow(session)
        self._watch(session.directory if session.state == "elsewhere" else None)
        self.tour.follow(session)
        if self._said and session.state not in ("loading", "elsewhere"):
            said, self._said = self._said, ""
            self.store.say(said)
        if session.detached or (self._host.is_leaving and (session.stopped or not session.engine_alive)):
            self._host.leave()
        else:
            self._output.request_frame()

    def _watch(self, directory: str | None) -> None:
        """Follow the files of a run that another process holds; None: of no run."""
        if directory == self._watched:
            return
        if self._follower is not None:
            self._follower.stop()
        self._watched, self._follower = directory, None
        if directory is not None:
            self._follower = FileFollower(Path(directory))
            self._host.run_beside(partial(self._follower.follow, self.store.apply))
