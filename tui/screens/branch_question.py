"""The question for a branch: from which epoch, at which learning rate, for how many epochs."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from lstm_engine.errors import UserError
from lstm_engine.protocol.messages import Branch
from lstm_engine.run.config import check_epochs, check_lr
from lstm_engine.run.records import Parent
from tui.screens.questions import epoch_in
from tui.terminal.fitted_screens import FittedModalScreen


class BranchQuestion(FittedModalScreen[Branch | None]):
    """Asks where a branch begins and how it goes on. Its result is the command, or None where the user closed it.

    run: the parent. newest: the last epoch of it that can be branched from. lr: its learning rate.
    asked: what stands there at first; its values in place of the parent's are told and kept.
    changes: those values in words. origin: what the parent itself branched off.
    """

    CSS_PATH = "runs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "close"),
        # With priority, or what is typed right behind Tab would still come to the field that is left.
        Binding("tab", "app.focus_next", priority=True),
        Binding("shift+tab", "app.focus_previous", priority=True),
    ]

    def __init__(
        self, run: str, newest: int, lr: float, asked: Branch, changes: str = "", origin: Parent | None = None
    ) -> None:
        super().__init__()
        self._run = run
        self._newest = newest
        self._lr = lr
        self._asked = asked
        self._changes = changes
        self._origin = origin
        self._oldest = 1 if changes else 0  # an untrained model has no checkpoint that could be changed

    def compose(self) -> ComposeResult:
        asked = self._asked
        with Vertical(id="dialog") as box:
            box.border_title = "branch"
            box.border_subtitle = "Enter accepts, Tab moves, Esc closes"
            yield Label(f"A new run goes on from an epoch of {self._run}, which stays as it is.", markup=False)
            if self._changes:
                yield Label(f"It begins with what is tried: {self._changes}.", id="changes", markup=False)
            if self._origin and self._origin.epoch:
                yield Label(
                    f"Up to epoch {self._origin.epoch} it is {self._origin.run}, trained as that run was.",
                    markup=False,
                )
            yield Label(f"Epoch, {self._oldest} to {self._newest}:", classes="field", markup=False)
            yield _field(str(asked.epoch), "epoch")
            yield Label(f"Learning rate ({self._run} has {self._lr:g}):", classes="field", markup=False)
            yield _field(f"{self._lr:g}", "lr")
            yield Label("Epochs to train at once, 0 for none yet:", classes="field", markup=False)
            yield _field(str(asked.epochs or 0), "epochs")
            yield Label("", id="refusal", markup=False)

    def on_mount(self) -> None:
        # Another epoch is best found with the time cursor, another learning rate can only be typed.
        self.query_one("#lr", Input).focus()

    def on_input_changed(self) -> None:
        self.query_one("#refusal", Label).update("")

    def on_input_submitted(self) -> None:
        asked, field = self._asked, self.query_one("#epoch", Input)
        try:
            asked = msgspec.structs.replace(asked, epoch=epoch_in(field.value, self._newest, self._oldest))
            field = self.query_one("#lr", Input)
            is_untouched = field.value == f"{self._lr:g}"  # which may be shorter than the number
            asked = msgspec.structs.replace(asked, lr=self._lr if is_untouched else lr_in(field.value))
            field = self.query_one("#epochs", Input)
            asked = msgspec.structs.replace(asked, epochs=epochs_at_once_in(field.value))
        except UserError as error:
            self.query_one("#refusal", Label).update(str(error))
            field.focus()
            field.select_all()
        else:
            self.dismiss(asked)


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


def epochs_at_once_in(text: str) -> int | None:
    """The number of epochs to train in a text, None for 0; raises UserError."""
    word = text.strip()
    if not (word.isascii() and word.isdigit()):
        raise UserError(f"“{word[:20]}” is no number of epochs: expected 0 or more, such as 1000")
    return check_epochs(int(word)) if int(word) else None
