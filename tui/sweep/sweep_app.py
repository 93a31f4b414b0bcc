"""The app that shows a sweep, and nothing else."""

from __future__ import annotations

from functools import partial

from tui.options import EngineOptions, Marker
from tui.screens.help_screen import HelpScreen
from tui.shell.one_screen_app import OneScreenApp
from tui.sweep.members.recomputation import Brought
from tui.sweep.place import Place
from tui.sweep.standing import Standing
from tui.sweep.sweep_help import SWEEP_HELP
from tui.sweep.sweep_screen import SweepScreen
from tui.sweep.sweep_source import SweepSource
from tui.terminal.beside import run_beside


class SweepApp(OneScreenApp):
    """A sweep from its first line to the key that leaves it.

    brought: the member that it is left for, to open the bench on its run; None for none.
    """

    def __init__(
        self,
        source: SweepSource,
        engine: EngineOptions,
        *,
        place: Place | None = None,
        marker: Marker = "braille",
        fps: int = 10,
    ) -> None:
        """engine: what computes a member again. place: where it was left."""
        super().__init__(marker, fps)
        self._source = source
        self._standing = source.standing
        self.brought: Brought | None = None
        self.sweep = SweepScreen(source.standing, source.pause_or_go_on, engine, self._open_run, place)

    def on_mount(self) -> None:
        self.push_screen(self.sweep)
        run_beside(self, partial(self._source.follow, self._take))

    def _take(self, standing: Standing) -> None:
        self._standing = standing
        self.output.request_frame()

    def draw_frame(self) -> None:
        if self.is_running and self.sweep.is_mounted and self.sweep.is_attached:
            self.sweep.show(self._standing)

    def _open_run(self, brought: Brought) -> None:
        """Leave for the member's run."""
        self.brought = brought
        self.leave()

    def show_help(self) -> None:
        self.push_screen(HelpScreen(SWEEP_HELP))
