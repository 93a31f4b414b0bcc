"""The questions before a run is renamed or deleted."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label

from lstm_engine.errors import UserError
from lstm_engine.listing.run_entry import RunEntry
from lstm_engine.store.notes import LONGEST_NOTE
from lstm_engine.text import printable
from tui.runs.run_folder import RunFolder
from tui.screens.questions import Question
from tui.terminal.fitted_screens import FittedModalScreen
from tui.text.numbers import counted


def rename_question(folder: RunFolder, run: str, branches: int) -> Question[str]:
    """Asks for another name, and renames the run; its answer is the new name. branches: how many runs name it."""

    def renamed(text: str) -> str:
        name = text.strip()
        if name != run:
            folder.rename(run, name)
        return name

    lines = [f"What is {run} to be called? Letters, digits, '-', '_' and '.'."]
    if branches:
        lines.append(f"{counted(branches, 'branch', 'branches')} of it will still name {run}.")
    return Question("rename a run", lines, run, renamed, max_length=64)


def note_question(folder: RunFolder, entry: RunEntry) -> Question[str]:
    """Asks for a run's note, and puts it there; its answer is the note."""

    def noted(text: str) -> str:
        folder.annotate(entry.run, text)
        return text

    lines = [
        f"What is to be remembered of {printable(entry.run)}?",
        "Words that begin with # are tags; empty removes it.",
    ]
    return Question(
        "a note on a run", lines, entry.note, noted, placeholder="the best so far #keep", max_length=LONGEST_NOTE
    )


class DeleteQuestion(FittedModalScreen[bool | None]):
    """Says what goes, and deletes it on y. Its result is whether it is gone."""

    CSS_PATH = "runs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "delete", show=False),
        Binding("escape,n,q", "dismiss(False)", show=False),
    ]

    def __init__(self, folder: RunFolder, entry: RunEntry, branches: int) -> None:
        super().__init__()
        self._folder = folder
        self._entry = entry
        self._branches = branches

    def compose(self) -> ComposeResult:
        entry = self._entry
        with Vertical(id="dialog") as box:
            box.border_title = "delete a run"
            box.border_subtitle = "y deletes, Esc keeps it"
            yield Label(f"Delete {entry.run} for good?", classes="asked", markup=False)
            yield Label("", id="goes", markup=False)
            if self._branches:
                stay = "stays" if self._branches == 1 else "stay"
                yield Label(f"{counted(self._branches, 'branch', 'branches')} of it {stay}.", markup=False)
            yield Label("", id="refusal", markup=False)

    async def on_mount(self) -> None:
        entry = self._entry
        history = "Its settings" if entry.problem else f"Its history of {entry.epoch} epochs"
        try:
            size = await asyncio.to_thread(self._folder.size, entry.run)
        except UserError as error:
            self.query_one("#refusal", Label).update(str(error))
            return
        kilobytes = -(-size.bytes // 1000)
        self.query_one("#goes", Label).update(
            f"{history} and all its checkpoints go: {counted(size.files, 'file')}, {kilobytes:,} KB."
        )

    async def action_delete(self) -> None:
        try:
            await asyncio.to_thread(self._folder.delete, self._entry.run)
        except UserError as error:
            self.query_one("#refusal", Label).update(str(error))
        else:
            self.dismiss(True)
