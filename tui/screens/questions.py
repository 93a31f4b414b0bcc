"""The dialogs: one question, one answer; Enter accepts, Esc closes, bad input is refused in place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from lstm_engine.errors import UserError
from lstm_engine.protocol.messages import Reseed
from lstm_engine.run.config import LARGEST_EPOCHS, LARGEST_SEED, check_epochs, check_seed
from tui.terminal.fitted_screens import FittedModalScreen

Answer = TypeVar("Answer")


class Question(FittedModalScreen[Answer | None], Generic[Answer]):
    """Asks for one value. Its result is the answer, or None where the user closed it.

    title, lines: what is asked, and what happens then.
    value: what stands there at first, selected, so that typing replaces it.
    parse: the answer in a text; raises UserError with the sentence to show.
    max_length: of the text; 0 for any.
    preview: is told each answer while it is typed; None while the text is none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "close")]

    def __init__(
        self,
        title: str,
        lines: list[str],
        value: str,
        parse: Callable[[str], Answer],
        *,
        placeholder: str = "",
        max_length: int = 20,
        preview: Callable[[Answer | None], None] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._lines = lines
        self._value = value
        self._parse = parse
        self._placeholder = placeholder
        self._max_length = max_length
        self._preview = preview
        self._touched = False

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = self._title
            box.border_subtitle = "Enter accepts, Esc closes"
            for line in self._lines:
                yield Label(line, markup=False)
            field = Input(
                self._value,
                placeholder=self._placeholder,
                select_on_focus=True,
                max_length=self._max_length,
                compact=True,
            )
            field.cursor_blink = False  # nothing on the screen moves while nothing happens
            yield field
            yield Label("", id="refusal", markup=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one("#refusal", Label).update("")
        self._touched = self._touched or event.value != self._value
        if self._preview is not None and self._touched:
            answer = None
            with suppress(UserError):
                answer = self._parse(event.value)
            self._preview(answer)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        try:
            answer = self._parse(event.value)
        except UserError as error:
            self.query_one("#refusal", Label).update(str(error))
            event.input.select_all()
        else:
            self.dismiss(answer)


def epochs_in(text: str) -> int:
    """The number of epochs a text asks for; raises UserError."""
    digits = text.strip().replace("_", "").replace(",", "")
    if not digits.isascii() or not digits.isdigit():
        raise UserError(f"“{text.strip()}” is no number of epochs: expected a whole number, 1 to {LARGEST_EPOCHS:,}")
    return check_epochs(int(digits))


def seed_in(text: str) -> int | None:
    """The seed in a text, None where it is empty; raises UserError."""
    digits = text.strip()
    if not digits:
        return None
    if not digits.isascii() or not digits.isdigit():
        raise UserError(f"“{digits}” is no seed: expected a whole number, 0 to {LARGEST_SEED}, or nothing")
    return check_seed(int(digits))


def add_epochs(target: int, last_answer: int) -> Question[int]:
    """Asks how many epochs to add to `target`."""
    lines = [f"How many epochs after epoch {target}?", "A new Trainer goes on from the last checkpoint."]
    return Question("add epochs", lines, str(last_answer), epochs_in)


def jump(newest: int) -> Question[int]:
    """Asks which epoch to show, of 0 to `newest`."""
    return Question("go to an epoch", [f"Which epoch, 0 to {newest}?"], "", lambda text: epoch_in(text, newest))


def epoch_in(text: str, newest: int, oldest: int = 0) -> int:
    """The epoch in a text, where it has happened and is not before `oldest`; raises UserError."""
    digits = text.strip().replace("_", "").replace(",", "")
    if not digits.isascii() or not digits.isdigit():
        raise UserError(f"“{text.strip()}” is no epoch: expected a whole number, {oldest} to {newest}")
    if int(digits) > newest:
        raise UserError(f"epoch {int(digits)} has not happened yet: expected {oldest} to {newest}")
    if int(digits) < oldest:
        raise UserError(f"epoch {int(digits)} is too early: expected {oldest} to {newest}")
    return int(digits)


def reseed(run: str | None) -> Question[Reseed]:
    """Asks for another seed."""
    kept = f"Run {run} is kept on disk." if run else "Nothing was trained yet, so nothing is lost."
    lines = ["Start again with which seed? Empty draws one.", kept]
    return Question("reseed", lines, "", lambda text: Reseed(seed=seed_in(text)), placeholder="random")
