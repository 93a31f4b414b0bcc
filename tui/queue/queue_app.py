"""The app that shows a queue, and nothing else."""

from __future__ import annotations

from functools import partial

from tui.options import Marker
from tui.queue.queue_screen import QUEUE_HELP, QueueScreen
from tui.queue.queue_source import QueueSource
from tui.queue.queue_standing import QueueStanding
from tui.screens.help_screen import HelpScreen
from tui.shell.one_screen_app import OneScreenApp
from tui.terminal.beside import run_beside


class QueueApp(OneScreenApp):
    """A queue from its first line to the key that leaves it."""

    def __init__(self, source: QueueSource, *, marker: Marker = "braille", fps: int = 10) -> None:
        super().__init__(marker, fps)
        self._source = source
        self._standing = source.standing
        self.queue = QueueScreen(source.standing, source.pause_or_go_on)

    def on_mount(self) -> None:
        self.push_screen(self.queue)
        run_beside(self, partial(self._source.follow, self._take))

    def _take(self, standing: QueueStanding) -> None:
        self._standing = standing
        self.output.request_frame()

    def draw_frame(self) -> None:
        if self.is_running and self.queue.is_mounted and self.queue.is_attached:
            self.queue.show(self._standing)

    def show_help(self) -> None:
        self.push_screen(HelpScreen(QUEUE_HELP))
