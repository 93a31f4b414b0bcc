"""The question for a branch: from which epoch, at which learning rate."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from lstm_engine.config import check_lr
from lstm_engine.errors import UserError
from lstm_engine.events import Branch
from tui.screens.dialogs import epoch_in
from tui.screens.fitting import FittedModalScreen


class BranchQuestion(FittedModalScreen[Branch | None]):
    """Asks where a branch begins and how it goes on. Its result is the command, or None where the user closed it.

    run: the parent. epoch: what stands there at first. newest: the last epoch that can be branched from.
    lr: the parent's learning rate.
    """

    CSS_PATH = "runs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "close")]

    def __init__(self, run: str, epoch: int, newest: int, lr: float) -> None:
        super().__init__()
        self._run = run
        self._epoch = epoch
        self._newest = newest
        self._lr = lr

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = "branch"
            box.border_subtitle = "Enter accepts, Tab moves, Esc closes"
            yield Label(f"A new run goes on from an epoch of {self._run}, which stays as it is.", markup=False)
            yield Label(f"Epoch, 0 to {self._newest}:", classes="field", markup=False)
            yield _field(str(self._epoch), "epoch")
            yield Label(f"Learning rate ({self._run} has {self._lr:g}):", classes="field", markup=False)
            yield _field(f"{self._lr:g}", "lr")
            yield Label("", id="refusal", markup=False)

    def on_mount(self) -> None:
        # Another epoch is best found with the time cursor, another learning rate can only be typed.
        self.query_one("#lr", Input).focus()

    def on_input_changed(self) -> None:
        self.query_one("#refusal", Label).update("")

    def on_input_submitted(self) -> None:
        epoch, lr = self.query_one("#epoch", Input), self.query_one("#lr", Input)
        field = epoch
        try:
            command = Branch(epoch=epoch_in(epoch.value, self._newest))
            field = lr
            command = Branch(epoch=command.epoch, lr=lr_in(lr.value))
        except UserError as error:
            self.query_one("#refusal", Label).update(str(error))
            field.focus()
            field.select_all()
        else:
            self.dismiss(command)


def _field(value: str, name: str) -> Input:
    field = Input(value, id=name, select_on_focus=True, max_length=20, compact=True)
    field.cursor_blink = False  # nothing on the screen moves while nothing happens
    return field


def lr_in(text: str) -> float:
    """The learning rate in a text; raises UserError."""
    try:
        lr = float(text)
    except ValueError:
        raise UserError(f"“{text.strip()}” is no learning rate: expected a number above 0, such as 0.001") from None
    return check_lr(lr)
