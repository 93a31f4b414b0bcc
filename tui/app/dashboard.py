"""The Textual app: from the first frame to the panels, and what it passes on between them and the terminal."""

from __future__ import annotations

import asyncio
import importlib
import os
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui.actions import ACTIONS, BY_ID
from tui.client.engine_link import EngineLink
from tui.options import DashboardOptions
from tui.runs.chosen_run import ChosenRun
from tui.shell.framed_app import FramedApp
from tui.terminal.beside import run_beside
from tui.terminal.characters import is_ascii
from tui.terminal.notification import notification
from tui.view import status_lines
from tui.widgets.key_line import KeyLine
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual.command import Provider

    from tui.app.controls import Controls
    from tui.runs.run_folder import RunFolder
    from tui.state.session import Session


#: What can be done before there is a session.
_WHILE_LOADING = ("quit", "suspend", "theme")
_KEYS_WHILE_LOADING = (*(BY_ID[name].key for name in _WHILE_LOADING), "ctrl+c", "ctrl+q")
#: What Textual binds by itself.
_BOUND_ELSEWHERE = ("next_panel", "previous_panel", "palette")


def action_commands() -> type[Provider]:
    """What the command palette looks through; imported when it is opened."""
    from tui.app.action_commands import ActionCommands

    return ActionCommands


class Dashboard(FramedApp):
    """Shows a session and sends commands.

    The panels come after the first frame, for numpy and plotext take a while to load.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../shell/common.tcss", "dashboard.tcss"]
    TITLE = "lstm-tui"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {action_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(action.key, f"perform('{action.id}')", action.title, id=action.id, tooltip=action.help, show=False)
            for action in ACTIONS
            if action.id not in _BOUND_ELSEWHERE and not action.local
        ),
        Binding("ctrl+c,ctrl+q", "perform('quit')", show=False, priority=True),
    ]

    def __init__(
        self,
        options: DashboardOptions,
        link: EngineLink,
        folder: RunFolder | None = None,
        on_furnished: Callable[[], None] = lambda: None,
    ) -> None:
        """on_furnished: called when everything that stays for good is there."""
        super().__init__(options.marker, options.fps)
        self.keys.is_early = lambda event: (
            not self.is_screen_installed("help") and getattr(event, "key", "") not in _KEYS_WHILE_LOADING
        )
        self._options = options
        self._link = link
        self._folder = folder
        self._on_furnished = on_furnished
        self._is_leaving = False
        self._controls: Controls | None = None  # before the panels are loaded
        self._program: dict[str, Callable[[], object]] = {
            "theme": self.switch_theme,
            "help": self._help,
            "palette": self.action_command_palette,
            "suspend": self.suspend_when_answered,
        }

    @property
    def session(self) -> Session | None:
        """What is on screen; None before the first event can have come."""
        return self._controls.store.session if self._controls else None

    # --- the screen --------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        config = self._options.config
        yield Lines(lambda width: status_lines.header(config, "loading", None, width), id="header")
        yield Lines(lambda _: [(" loading PyTorch…", "$quiet")], id="loading")
        yield KeyLine("loading", id="keys")

    def on_mount(self) -> None:
        self.call_after_refresh(self._start_furnishing)

    def _start_furnishing(self) -> None:
        run_beside(self, self._furnish)

    async def _furnish(self) -> None:
        """Load what the panels need, on a thread so that keys are answered meanwhile; then follow the engine."""
        for name in ("lstm_engine.single_thread_numpy", "tui.app.controls"):
            await asyncio.to_thread(importlib.import_module, name)
        from tui.app.controls import Controls
        from tui.drawing.plotext_private import warm_up

        await asyncio.to_thread(warm_up)
        controls = Controls(self, self._link, self.output, self._options, self._folder, self._program, ring=self._ring)
        self._controls = controls
        await self.push_screen(controls.main)
        await asyncio.to_thread(importlib.import_module, "tui.screens.help_screen")
        from tui.screens.help_screen import HelpScreen

        await self.keep("help", HelpScreen())
        self.keys.go_on()
        self._on_furnished()
        if self._options.tour:
            controls.tour.enter()
        elif self._options.lists_runs:
            controls.perform("runs")
        elif self._options.source is not None:
            run_beside(self, partial(controls.runs.foresee, self._options.source))
        elif not self._options.start:
            run_beside(self, controls.runs.look_for_unfinished)
        await self._link.follow(controls.store.apply)

    def run_beside(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run it beside what follows."""
        run_beside(self, work)

    def draw_frame(self) -> None:
        # What the engine says is taken in to the end, while Textual takes the screen down, widget by widget.
        # Nor are all of them there while it is put up.
        controls = self._controls
        if controls is not None and self.is_running and controls.main.is_mounted and controls.main.is_attached:
            controls.draw()

    # --- the terminal ------------------------------------------------------------------------------------------------

    def _ring(self, sentence: str) -> None:
        if self._options.bell:
            self.output.send(notification(self.TITLE, sentence, os.environ, is_ascii=is_ascii(self)))

    # --- its end -----------------------------------------------------------------------------------------------------

    @property
    def is_leaving(self) -> bool:
        """Whether the app ends as soon as the engine has saved."""
        return self._is_leaving

    def leave_when_saved(self) -> None:
        """End when the engine says that it has saved, or is gone."""
        self._is_leaving = True
        self.output.ask_no_more()

    def open_next(self, chosen: ChosenRun | None) -> None:
        """Have that run opened on the screen for its kind once this app has ended; None for none."""
        self.opens = chosen

    # --- actions -----------------------------------------------------------------------------------------------------

    def action_perform(self, name: str) -> None:
        """Do what the table of actions calls `name`, or say why that makes no sense now."""
        if self._controls is not None:
            self._controls.perform(name)
        elif name == "quit":
            self.leave()
        elif name in _WHILE_LOADING:
            self._program[name]()

    def get_system_commands(self, _: Screen[object]) -> Iterable[SystemCommand]:
        """Every action, for the command palette."""
        for action in ACTIONS:
            if action.id != "palette":
                yield SystemCommand(
                    f"{action.title} ({action.label})", action.help, partial(self.action_perform, action.id)
                )

    def _help(self) -> None:
        self.push_screen("help")
