"""A folder of TensorBoard's event files: one training's, written one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lstm_engine.formats.event_file.reader import EventFileReader, Piece
from lstm_engine.formats.event_file.writer import is_event_file
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.log_events import Described
from lstm_engine.text import printable
from tui.client.logs.hparams_file import HparamsFile
from tui.client.logs.logged import logged
from tui.state.told import Told

#: Tags of one kind that are named where they cannot be shown.
_NAMED = 20


class EventFolder:
    """Tells what the files of a folder say, in the order of their names."""

    def __init__(self, run: str, directory: Path) -> None:
        self._run = run
        self._directory = directory
        self._begin()

    def _begin(self) -> None:
        self._readers: dict[Path, EventFileReader] = {}
        self._times: dict[Path, int] = {}
        self._hparams = HparamsFile(self._directory)
        self._others: Counter[tuple[str, str]] = Counter()
        self._problem = ""

    def new(self) -> Iterator[Told]:
        """What is new, a piece at a time. Raises OSError."""
        yield from self._told(self._hparams.new())
        before = self._others.total()
        for path in self._files():
            reader = self._readers.setdefault(path, EventFileReader(path))
            times = self._times.setdefault(path, reader.times)
            for piece in reader.new():
                if reader.times != times:
                    self._begin()
                    yield Told(self._run, anew=True)
                    return
                self._others.update(piece.others)
                yield from self._told(_events(piece))
        if self._others.total() > before:
            yield from self._told([Described(texts=_not_shown(self._others))])
        yield from self._told([])

    def _files(self) -> list[Path]:
        try:
            return sorted(path for path in self._directory.iterdir() if is_event_file(path.name))
        except FileNotFoundError:
            return []

    def _told(self, events: list[Event] | list[Described]) -> Iterator[Told]:
        """Nothing where there are no events, and no other problem than before."""
        problem = next(
            (f"{printable(path.name)}: {each.problem}" for path, each in self._readers.items() if each.problem), ""
        )
        if events or problem != self._problem:
            self._problem = problem
            yield Told(self._run, events, problem=problem)


def _events(piece: Piece) -> list[Event]:
    found: list[Event] = []
    if piece.hyperparameters or piece.texts:
        found.append(Described(hyperparameters=dict(piece.hyperparameters), texts=piece.texts))
    for part in piece.scalars:
        found.append(logged(part.tag, part.steps, part.values, float(part.walls[-1])))
    return found


def _not_shown(others: Counter[tuple[str, str]]) -> dict[str, str]:
    """By its kind, what a board has no picture of: the tags, and how many values each has."""
    found: dict[str, list[str]] = {}
    for (tag, kind), count in others.items():
        found.setdefault(kind, []).append(f"{tag} ({count})")
    return {
        kind: ", ".join(tags[:_NAMED]) + (f" and {len(tags) - _NAMED} more" if len(tags) > _NAMED else "")
        for kind, tags in found.items()
    }
