"""An app that draws frame by frame: no more often than it is told, and no more than the terminal takes."""

from __future__ import annotations

from textual.events import Resize

from tui.options import Marker
from tui.runs.chosen_run import ChosenRun
from tui.shell.theme import DARK, LIGHT
from tui.terminal.output import Output
from tui.terminal.terminal_app import TerminalApp

#: Seconds after which all screens should have the terminal's new size.
_CATCHING_UP = 0.1


class FramedApp(TerminalApp):
    """An app in our themes whose `draw_frame` is called when a frame is due.

    output: all that is sent to the terminal; it is asked for frames.
    opens: the run that is to be opened once this app has ended, on the screen for its kind; None for none.
    """

    def __init__(self, marker: Marker, fps: int) -> None:
        """fps: frames a second, at most."""
        super().__init__(marker)
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name
        self.opens: ChosenRun | None = None
        self.output = Output(self.write_to_terminal, self.draw_frame, fps, self.after)

    def draw_frame(self) -> None:
        """Bring the screen up to what is known."""
        raise NotImplementedError

    @property
    def is_drawn(self) -> bool:
        """Whether the screen shows everything as it is."""
        return self.output.is_drawn

    def leave(self) -> None:
        """End as soon as the terminal has answered."""
        self.output.when_answered(self.exit)

    def switch_theme(self) -> None:
        """From dark to light, and back."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def suspend_when_answered(self) -> None:
        """Back to the shell for a while."""
        self.output.when_answered(self.action_suspend_process)

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _: self.output.resumed())

    def post_display_hook(self) -> None:
        self.output.displayed()

    def on_terminal_supports_synchronized_output(self) -> None:
        self.output.answered()

    def on_resize(self) -> None:
        self.output.resized()
        self.after(_CATCHING_UP, self._catch_up)

    def _catch_up(self) -> None:
        """Textual passes a size on by a timer of its own, which may never call; then nothing would follow any more."""
        for screen in self.screen_stack:
            if screen.outer_size != self.size:
                screen.post_message(Resize(self.size, self.size))
