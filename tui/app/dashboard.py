"""The Textual app: what a key does, and what happens to what the engine says."""

from __future__ import annotations

import asyncio
import importlib
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.screen import Screen

from tui.actions import ACTIONS, BY_ID, refusal
from tui.app.run_keys import GoingBack
from tui.app.theme import DARK, LIGHT
from tui.app.tour_keys import Touring
from tui.app.training_keys import Steering
from tui.client.engine_link import EngineLink
from tui.options import DashboardOptions
from tui.runs.run_folder import RunFolder
from tui.terminal.backlog import PATIENCE, Backlog
from tui.terminal.frames import Frames
from tui.terminal.painting import Painting
from tui.terminal.terminal_app import TerminalApp
from tui.view import status_lines as statuslines
from tui.widgets.key_line import KeyLine
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from tui.screens.main import BenchScreen
    from tui.state.session import Session
    from tui.state.updates import Update


#: What can be done before there is a session.
_WHILE_LOADING = ("quit", "suspend", "theme")
_KEYS_WHILE_LOADING = (*(BY_ID[name].key for name in _WHILE_LOADING), "ctrl+c", "ctrl+q")
#: Seconds between two looks whether the terminal has answered.
_POLL = 0.02
#: Seconds after which all screens should have the terminal's new size.
_CATCHING_UP = 0.1
#: What Textual binds by itself.
_BOUND_ELSEWHERE = ("next_panel", "previous_panel", "palette")


class Dashboard(TerminalApp[None]):
    """Shows a session and sends commands.

    The panels come after the first frame, for numpy and plotext take a while to load.
    """

    CSS_PATH = "dashboard.tcss"
    TITLE = "lstm-tui"
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
        painting: Painting | None = None,
        on_furnished: Callable[[], None] = lambda: None,
    ) -> None:
        """on_furnished: called when everything that stays for good is there."""
        super().__init__()
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name
        self.set_class(options.marker == "ascii", "-ascii")
        self.keys.is_early = lambda event: (
            not self.is_screen_installed("help") and getattr(event, "key", "") not in _KEYS_WHILE_LOADING
        )
        self._options = options
        self._link = link
        self._bench: BenchScreen | None = None
        self._session: Session | None = None
        self._backlog = Backlog(self._send, self._go_on, time.monotonic)
        self._on_furnished = on_furnished
        self._painting = painting or Painting()
        self._painting.room = lambda: self._backlog.room
        self._rescue: asyncio.TimerHandle | None = None
        self._frames = Frames(
            self._draw,
            options.fps,
            self.after,
            is_clear=lambda: self._backlog.is_clear and self._painting.is_complete,
        )
        self._steering = Steering(self, link, options.source)
        folder = folder or RunFolder.at(options.engine.checkpoints)
        self._going_back = GoingBack(self, self._steering, folder, options.marker)
        self._touring = Touring(self, self._steering)
        self._handlers: dict[str, Callable[[], object]] = {
            **self._steering.handlers,
            **self._going_back.handlers,
            **self._touring.handlers,
            "theme": self._switch_theme,
            "help": self._help,
            "palette": self.action_command_palette,
            "suspend": lambda: self._when_answered(self.action_suspend_process),
        }

    # --- the screen --------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        config, plain = self._options.config, self._options.marker == "ascii"
        yield Lines(lambda width: statuslines.header(config, "loading", None, width), ascii_text=plain, id="header")
        yield Lines(lambda _: [(" loading PyTorch…", "$quiet")], ascii_text=plain, id="loading")
        yield KeyLine("loading", id="keys")

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _: self._backlog.lose_track())
        self.call_after_refresh(self._start_furnishing)

    def _start_furnishing(self) -> None:
        self.run_worker(self._furnish())

    async def _furnish(self) -> None:
        """Load what the panels need, on a thread so that keys are answered meanwhile; then follow the engine."""
        await asyncio.to_thread(importlib.import_module, "tui.screens.main")
        from tui.drawing.plotting import warm_up
        from tui.screens.main import BenchScreen
        from tui.state.session import Session

        await asyncio.to_thread(warm_up)
        self._session = Session.loading(self._options.config, self._options.epochs)
        self._bench = BenchScreen(self._session, self._options.marker)
        await self.push_screen(self._bench)
        await asyncio.to_thread(importlib.import_module, "tui.screens.help")
        from tui.screens.help import HelpScreen

        await self.keep("help", HelpScreen())
        self.keys.go_on()
        self._on_furnished()
        if self._options.tour:
            self._touring.enter()
        elif self._options.source is not None:
            self.run_worker(self._going_back.foresee(self._options.source))
        elif not self._options.start:
            self.run_worker(self._going_back.look_for_unfinished())
        await self._link.follow(self.apply)

    def apply(self, update: Update) -> None:
        """Move the session on, and have it drawn."""
        from tui.state.reducer import reduce

        if self._session is None:
            return
        self._session = reduce(self._session, update)
        self._touring.follow(self._session)
        if self._steering.leaving and (self._session.stopped or not self._session.engine_alive):
            self.leave()
        else:
            self._frames.request()

    def apply_at_once(self, update: Update) -> None:
        """The same for what answers a key: it is drawn without waiting for the next frame."""
        self.apply(update)
        self._frames.draw_now()

    def say(self, text: str, *, alert: bool = False) -> None:
        """Put a sentence into the notice line."""
        from tui.state.updates import Said

        self.apply_at_once(Said(text, alert))

    @property
    def is_drawn(self) -> bool:
        """Whether the screen shows the session as it is."""
        return self._frames.is_idle

    def _draw(self) -> None:
        # What the engine says is taken in to the end, while Textual takes the screen down, widget by widget.
        if self.is_running and self._bench is not None and self._session is not None and self._bench.is_attached:
            self._bench.show(self._session)
            self._touring.show(self._bench, self._session)

    def after(self, seconds: float, call: Callable[[], None]) -> asyncio.TimerHandle:
        """Call later. Textual's `set_timer` (8.2.8) never calls where it is late by the time it is set up."""
        return asyncio.get_running_loop().call_later(seconds, self.call_next, call)

    # --- a slow link -------------------------------------------------------------------------------------------------

    def post_display_hook(self) -> None:
        self._ask(self._painting.sent())

    def on_terminal_supports_synchronized_output(self) -> None:
        self._backlog.answered()

    def on_resize(self) -> None:
        """A terminal that was smaller for a moment, or that was left and is back, has lost what stood there."""
        self._painting.forget()
        self.after(_CATCHING_UP, self._catch_up)

    def _catch_up(self) -> None:
        """Textual passes a size on by a timer of its own, which may never call; then nothing would follow any more."""
        for screen in self.screen_stack:
            if screen.outer_size != self.size:
                screen.post_message(Resize(self.size, self.size))

    def _ask(self, size: int) -> None:
        """Have the terminal say when it has come so far; should its answer be lost, go on without."""
        if size and not self._steering.leaving:  # or the answer would come to the shell
            self._backlog.ask(size)
        if not self._painting.is_complete and self._rescue is None:
            self._rescue = self.after(PATIENCE, self._come_to_the_rescue)

    def leave(self) -> None:
        """Exit."""
        self._when_answered(self.exit)

    def _when_answered(self, call: Callable[[], object], patience: float = 0.3) -> None:
        """Call when the terminal has answered, so that its answers do not come to the shell; or after a while."""
        self._backlog.pause()
        if self._backlog.is_clear or patience <= 0:
            call()
        else:
            self.after(_POLL, lambda: self._when_answered(call, patience - _POLL))

    def _come_to_the_rescue(self) -> None:
        self._rescue = None
        if self._backlog.is_clear:
            self._go_on()
        else:
            self._ask(0)

    def _go_on(self) -> None:
        """What was sent has arrived: send what waits, then draw what has been put off meanwhile."""
        if self._painting.is_complete:
            self._frames.go_on()
        else:
            self._send(self._painting.go_on())
            self._ask(self._painting.sent())

    def _send(self, text: str) -> None:
        if self._driver is not None:
            self._driver.write(text)

    @property
    def session(self) -> Session | None:
        """What is on screen; None before the first event can have come."""
        return self._session

    @property
    def bench(self) -> BenchScreen | None:
        """The screen that shows it; None before the panels are loaded."""
        return self._bench

    @property
    def cursor(self) -> int | None:
        """The epoch under the time cursor; None where there is none."""
        return self._bench.timeline.cursor if self._bench is not None else None

    @property
    def tried(self) -> tuple[dict[str, float], dict[str, tuple[float, ...]], str]:
        """The what-if: parameters by name, inputs by company, and both in words."""
        return self._bench.inspection.tried if self._bench is not None else ({}, {}, "")

    # --- actions -----------------------------------------------------------------------------------------------------

    def action_perform(self, name: str) -> None:
        """Do what the table of actions calls `name`, or say why that makes no sense now."""
        action = BY_ID[name]
        if self._session is None or self._bench is None:
            if name in _WHILE_LOADING:
                self._handlers[name]()
            return
        reason = refusal(action, self._session)
        if reason is not None:
            self.say(reason, alert=True)
        elif action.group in ("view", "time", "inside"):
            with self._bench.one_drawing():
                self.say(self._bench.act(name))
        else:
            self._handlers[name]()

    def get_system_commands(self, _: Screen[object]) -> Iterable[SystemCommand]:
        """Every action, for the command palette."""
        for action in ACTIONS:
            if action.id != "palette":
                yield SystemCommand(
                    f"{action.title} ({action.label})", action.help, partial(self.action_perform, action.id)
                )

    def _switch_theme(self) -> None:
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def _help(self) -> None:
        self.push_screen("help")
