"""Where in the training the time cursor stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from tui.board.drawing.ruler import Ruler
from tui.board.view.picture import Picture
from tui.board.view.rulers import epochs_of


@dataclass(frozen=True)
class PlaceInTime:
    """step: of the run whose panel is shown. epoch: completed ones. Both None where the newest is followed."""

    step: int | None = None
    epoch: int | None = None


def place_in_time(picture: Picture) -> PlaceInTime:
    """That of the cursor of a picture."""
    board = picture.board
    if board is None or picture.sight.is_live:
        return PlaceInTime()
    ruler = next((run.ruler for run in picture.runs if run.board is board), Ruler())
    step, epochs = ruler.step(picture.sight.epoch), epochs_of(board)
    index = epochs.index_at(step)
    return PlaceInTime(step, int(epochs.values[index]) if index >= 0 else 0)
