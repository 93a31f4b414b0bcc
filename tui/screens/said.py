"""The line below a list that says what there is to say."""

from __future__ import annotations

from typing import Literal

from tui.text.widths import wrapped
from tui.widgets.lines import Lines

#: Who says it: a key that was pressed, the folder of the runs, or the filter.
Speaker = Literal["key", "folder", "filter"]


class Said(Lines):
    """A sentence, or none; who said one can take it back, and nobody else's."""

    def __init__(self) -> None:
        super().__init__(id="said")
        self._speaker: Speaker = "key"

    def say(self, text: str, *, by: Speaker = "key", alert: bool = False) -> None:
        """Show a sentence, on as many lines as it takes, in place of any other."""
        self._speaker = by
        style = "bold $text-warning" if alert else "$quiet"
        self.show(lambda width: [(" " + "\n ".join(wrapped(text, width - 1)), style)])

    def take_back(self, by: Speaker) -> None:
        """Say nothing any more where it is what that one said."""
        if self._speaker == by:
            self.say("")
