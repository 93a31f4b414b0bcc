"""The app that shows a board, and nothing else."""

from __future__ import annotations

from tui.board.screen.board_screen import BoardScreen
from tui.options import Marker
from tui.runs.chosen_run import ChosenRun
from tui.runs.run_folder import RunFolder
from tui.shell.one_screen_app import OneScreenApp
from tui.state.told import Source


class BoardApp(OneScreenApp):
    """A board from its first event to the key that leaves it.

    board: its screen.
    """

    def __init__(
        self, source: Source, *, marker: Marker = "braille", fps: int = 10, folder: RunFolder | None = None
    ) -> None:
        """folder: of runs that can be opened in place of this one."""
        super().__init__(marker, fps)
        self._folder = folder
        lists_runs = None if folder is None else self.list_runs
        self.board = BoardScreen(source, self.leave, self.output.request_frame, self.output.draw_now, lists_runs)

    def on_mount(self) -> None:
        self.push_screen(self.board)

    @property
    def is_drawn(self) -> bool:
        return super().is_drawn and not self.board.is_resting

    def draw_frame(self) -> None:
        if self.is_running and self.board.is_attached:
            self.board.draw()

    def list_runs(self) -> None:
        """All runs of the folder, over the board; what is chosen there is opened in its place."""
        from tui.screens.run_list import RunList  # SQLite comes with it

        if self._folder is not None:
            here = self.board.board.run if self.board.board is not None else None
            self.push_screen(RunList(self._folder, here), self._open)

    def _open(self, chosen: ChosenRun | None) -> None:
        if chosen is not None:
            self.opens = chosen
            self.leave()

    def show_help(self) -> None:
        self.board.show_help()
