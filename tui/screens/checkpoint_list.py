"""The checkpoints of a run, to go on from one of them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from lstm_engine.errors import UserError
from lstm_engine.run.records import SaveReason
from lstm_engine.store.contents import KeptCheckpoint
from tui.runs.run_folder import RunFolder
from tui.terminal.beside import run_beside
from tui.terminal.fitted_screens import FittedModalScreen
from tui.text.pieces import Piece
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList
from tui.widgets.screen_keys import ScreenKeys

_REASONS: dict[SaveReason, str] = {
    "timed": "saved by time",
    "pause": "saved at a pause",
    "stage": "the end of a stage",
    "user": "saved by hand",
}
_KEYS = (("Enter", "continues from it", "open"),)


class CheckpointList(FittedModalScreen[str | None]):
    """A run's checkpoints, the newest first. Its result is the path of the one to go on from."""

    CSS_PATH = "runs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,k,q", "dismiss(None)", show=False)]

    def __init__(self, folder: RunFolder, run: str) -> None:
        super().__init__()
        self._folder = folder
        self._run = run
        self._checkpoints: list[KeptCheckpoint] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="checkpoints") as box:
            box.border_title = f"checkpoints of {self._run}"
            box.border_subtitle = "Esc closes"
            yield RowList(id="rows")
            yield Lines(id="said")
            yield ScreenKeys(_KEYS, id="list-keys")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        run_beside(self, self._read)

    async def _read(self) -> None:
        try:
            self._checkpoints = await asyncio.to_thread(self._folder.checkpoints, self._run)
        except UserError as error:
            self._say(str(error), alert=True)
            return
        if not self._checkpoints:
            self._say("it has none yet")
        self.query_one(RowList).show(len(self._checkpoints), self._row, 0)

    def action_open(self) -> None:
        self.on_row_list_chosen()

    def _row(self, number: int, _: int) -> list[Piece]:
        checkpoint = self._checkpoints[number]
        words = _REASONS[checkpoint.reason] if checkpoint.whole else "damaged"
        return [
            (f" epoch {checkpoint.epoch:>8}", "bold"),
            (f"   {words:<20}", "" if checkpoint.whole else "$text-error"),
            (Path(checkpoint.path).name, "$quiet"),
        ]

    def on_row_list_moved(self) -> None:
        if self._checkpoints:
            is_newest = self.query_one(RowList).cursor == 0
            self._say("the newest: the run goes on" if is_newest else "an older one: a branch, a new run, goes on")

    def on_row_list_chosen(self) -> None:
        checkpoint = self._checkpoints[self.query_one(RowList).cursor]
        if checkpoint.whole:
            self.dismiss(checkpoint.path)
        else:
            self._say("this one is damaged: choose another", alert=True)

    def _say(self, text: str, *, alert: bool = False) -> None:
        self.query_one("#said", Lines).show(lambda _: [(f" {text}", "bold $text-warning" if alert else "$quiet")])
