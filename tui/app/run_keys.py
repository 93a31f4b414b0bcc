"""What the keys do that go back: to another run, to an earlier epoch, to what was interrupted."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from lstm_engine.errors import UserError
from lstm_engine.protocol.messages import Branch, OpenRun
from tui.app.host import Host
from tui.app.training_keys import TrainingKeys
from tui.runs.chosen_run import ChosenRun
from tui.runs.run_folder import RunFolder
from tui.screens.main_screen import MainScreen
from tui.state.session import Offer
from tui.state.session_store import SessionStore
from tui.state.updates import Offered

if TYPE_CHECKING:
    from lstm_engine.listing.run_entry import RunEntry
    from lstm_engine.sweep.settings import SweepSettings


#: Epochs that a branch is trained for, where its parent has none left.
_EPOCHS = 1000


class RunKeys:
    """Lists the runs, opens one, continues one, branches off the one that is open, goes over to many.

    main: the screen whose time cursor and what-if a branch begins with.
    """

    def __init__(
        self,
        host: Host,
        store: SessionStore,
        training: TrainingKeys,
        main: MainScreen,
        folder: RunFolder,
    ) -> None:
        self._host = host
        self._store = store
        self._main = main
        self._training = training
        self._folder = folder
        self.handlers: dict[str, Callable[[], None]] = {
            "runs": self._show_runs,
            "branch": self._ask_branch,
            "continue": self._continue,
            "many": self._ask_many,
        }

    async def look_for_unfinished(self) -> None:
        """Offer to go on with the last run, where it did not come to its end; on a thread, beside the first keys."""
        # SQLite comes with it, and the list of runs opens at once when its key is pressed.
        await asyncio.to_thread(importlib.import_module, "tui.screens.run_list")
        try:
            entry = await asyncio.to_thread(self._folder.last)
            is_free = entry is not None and not await asyncio.to_thread(self._folder.is_held, entry)
        except (UserError, OSError):
            return
        if entry is not None and is_free and is_unfinished(entry):
            interrupted = entry.state == "interrupted"
            self._store.apply(Offered(Offer(entry.run, entry.directory, entry.epoch, entry.target, interrupted)))

    async def foresee(self, source: str) -> None:
        """Show what is on disk of a run while PyTorch loads; what is wrong with it is the engine's to say."""
        with contextlib.suppress(UserError, OSError):
            self._store.apply(await asyncio.to_thread(self._folder.foreseen, source))

    def _show_runs(self) -> None:
        from tui.screens.run_list import RunList

        session = self._store.session
        is_open = session.engine_alive or session.state == "elsewhere"
        here = self._folder.name_of(session.directory) if is_open else None
        self._host.push_screen(RunList(self._folder, here), self._open)

    def _open(self, chosen: ChosenRun | None) -> None:
        if chosen is None:
            return
        if chosen.kind == "lstm":
            self._training.open(OpenRun(source=chosen.source))
        elif chosen.kind == "logs" and self._would_end_training():
            # who compares does not expect that to be ended, as who opens another run does
            self._store.say("runs of scripts are compared on the board: pause this run (space) first", alert=True)
        else:
            self._training.leave_for(chosen)

    def _would_end_training(self) -> bool:
        """Whether leaving ends what trains here."""
        session = self._store.session
        is_another_s = session.attached or session.detached or session.watchers > 1
        return session.state == "training" and session.engine_alive and not is_another_s

    def _continue(self) -> None:
        offer = self._store.session.offer
        if offer is not None:
            self._training.open(OpenRun(source=offer.directory), train=offer.target - offer.epoch)

    def _ask_branch(self) -> None:
        from tui.screens.branch_question import BranchQuestion

        session = self._store.session
        if session.run is None:
            return
        newest = session.newest_kept
        cursor = self._main.timeline.cursor
        epoch = newest if cursor is None else min(cursor, newest)
        parameters, days, changes = self._main.looking.tried(self._main.session)
        asked = Branch(epoch=epoch, epochs=max(session.target - epoch, 0) or _EPOCHS, parameters=parameters, days=days)
        question = BranchQuestion(session.run, newest, session.config.lr, asked, changes, session.parent)
        self._host.push_screen(question, self._branch)

    def _branch(self, command: Branch | None) -> None:
        if command is not None:
            self._training.send(command)

    def _ask_many(self) -> None:
        from tui.sweep.sweep_question import sweep_question

        session = self._store.session
        self._host.push_screen(sweep_question(session.run, session.config, session.x_end), self._begin_sweep)

    def _begin_sweep(self, settings: SweepSettings | None) -> None:
        if settings is None:
            return
        from lstm_engine.sweep.new_sweep import new_sweep

        try:
            folder = new_sweep(self._folder.root, settings)
        except UserError as error:
            self._store.say(str(error), alert=True)
            return
        self._training.leave_for(ChosenRun(str(folder), "sweep"))


def is_unfinished(entry: RunEntry) -> bool:
    """Whether it ended before its target, and nobody goes on with it."""
    return entry.state in ("interrupted", "stopped") and entry.epoch < entry.target
