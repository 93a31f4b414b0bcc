"""The last step to the terminal: only cells that look different are sent, and over a slow link few at once.

Textual (8.2.8, the version that is pinned) sends the lines that changed from the left edge of the widget on, and
everything when a layout changes. Here what the terminal shows is kept, cell by cell, and compared. What differs and
has to wait is kept too: it is sent as it looks then, not as it looked when it first changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rich.cells import cell_len, split_graphemes
from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

#: A character and its style; the second cell of a wide character is empty. None: nobody knows what is there.
Cell = tuple[str, Style | None] | None

#: The method of both that is redirected, asked for before that: one app may follow another.
_RENDER = ChopsUpdate.render_segments.__name__
#: As many equal cells cost about as many bytes as moving over them.
_WORTH_A_MOVE = 8


class Painting:
    """What the terminal shows, and what it has yet to show.

    room: how many bytes to send at once, asked every time; None for all. A span of one line is never divided.
    """

    def __init__(self, room: Callable[[], int | None] = lambda: None) -> None:
        self.room = room
        self._width = 0
        self._shown: list[list[Cell]] = []
        self._wanted: list[list[Cell]] = []
        self._waiting: dict[int, tuple[int, int]] = {}
        self._console: Console | None = None
        self._sent = 0

    def install(self) -> None:
        """Have Textual's updates painted here. It has no public way to, so its two kinds of update are redirected."""
        setattr(ChopsUpdate, _RENDER, lambda update, console: self.change(update, console))
        setattr(LayoutUpdate, _RENDER, lambda update, console: self.lay(update, console))

    @property
    def is_complete(self) -> bool:
        """Whether nothing waits to be sent."""
        return not self._waiting

    def sent(self) -> int:
        """How many bytes were sent since this was asked last."""
        sent, self._sent = self._sent, 0
        return sent

    def forget(self) -> None:
        """The terminal may have lost what it showed: the next layout is sent whole."""
        self._shown = [[None] * self._width for _ in self._shown]

    def change(self, update: ChopsUpdate, console: Console) -> str:
        """What to send for some spans of cells."""
        self._console = console
        spans: dict[int, tuple[int, int]] = {}
        for y, first, end in update.spans:
            for chop_end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                left, right = max(x, first), min(chop_end, end)
                if strip is not None and left < right and y < len(self._wanted):
                    self._put(y, left, [*_cells(strip)][left - x : right - x])
                    _join(spans, y, left, right)
        return self._send_first(spans)

    def lay(self, update: LayoutUpdate, console: Console) -> str:
        """What to send for a new layout, the middle first: that is where dialogs stand."""
        self._console = console
        width, height = update.region.size
        if (width, height) != (self._width, len(self._shown)):
            self._width = width
            self._shown = [[None] * width for _ in range(height)]
            self._wanted = [[None] * width for _ in range(height)]
            self._waiting = {}
        for y, strips in enumerate(update.strips):
            self._put(y, 0, [cell for strip in strips if strip is not None for cell in _cells(strip)])
        from_the_middle = sorted(range(height), key=lambda y: abs(2 * y - height))
        return self._send_first(dict.fromkeys(from_the_middle, (0, width)))

    def go_on(self) -> str:
        """What to send next of what waits."""
        return self._send_first({})

    def _put(self, y: int, x: int, row: list[Cell]) -> None:
        self._wanted[y][x : x + len(row)] = row
        del self._wanted[y][self._width :]

    def _send_first(self, spans: dict[int, tuple[int, int]]) -> str:
        """Send the spans before all that waits, as far as there is room; the rest waits."""
        for y, (first, end) in self._waiting.items():
            _join(spans, y, first, end)
        self._waiting = spans
        room = self.room()
        parts: list[str] = []
        while self._waiting and (room is None or room > 0):
            y = next(iter(self._waiting))
            text = self._line(y, *self._waiting.pop(y))
            parts.append(text)
            size = len(text.encode())
            self._sent += size
            room = None if room is None else room - size
        return "".join(parts)

    def _line(self, y: int, first: int, end: int) -> str:
        """What makes the terminal show what is wanted from one column to another."""
        if self._console is None:
            return ""
        shown, wanted = self._shown[y], self._wanted[y]
        parts = []
        for left, right in _differing(shown, wanted, first, min(end, self._width)):
            parts.append(Control.move_to(left, y).segment.text)
            parts.append(_strip(wanted[left:right]).render(self._console))
            shown[left:right] = wanted[left:right]
        return "".join(parts)


def _join(spans: dict[int, tuple[int, int]], y: int, first: int, end: int) -> None:
    if y in spans:
        first, end = min(first, spans[y][0]), max(end, spans[y][1])
    spans[y] = (first, end)


def _cells(strip: Strip) -> Iterator[Cell]:
    for text, style, control in strip:
        if control:
            continue
        if cell_len(text) == len(text):
            yield from ((character, style) for character in text)
        else:
            yield from _uneven(text, style)


def _uneven(text: str, style: Style | None) -> Iterator[Cell]:
    """The cells of a text with characters that are not one cell wide."""
    for begin, end, width in split_graphemes(text)[0]:  # as Textual measures them, which places what comes behind
        if width:
            yield (text[begin:end], style)
            yield from [("", style)] * (width - 1)


def _differing(shown: list[Cell], wanted: list[Cell], first: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs of cells that differ, those joined that lie close together."""
    if shown[first:end] == wanted[first:end]:
        return
    begin, last = -1, -1
    for x in range(first, end):
        if shown[x] != wanted[x]:
            if begin >= 0 and x - last > _WORTH_A_MOVE:
                yield _whole(wanted, begin, last + 1)
                begin = -1
            begin, last = (x if begin < 0 else begin), x
    if begin >= 0:
        yield _whole(wanted, begin, last + 1)


def _whole(wanted: list[Cell], begin: int, end: int) -> tuple[int, int]:
    """The run with both cells of a wide character at its edges."""
    while begin > 0 and _is_second(wanted[begin]):
        begin -= 1
    while end < len(wanted) and _is_second(wanted[end]):
        end += 1
    return begin, end


def _is_second(cell: Cell) -> bool:
    return cell is not None and not cell[0]


def _strip(cells: Iterable[Cell]) -> Strip:
    """The cells as Textual writes them, those of one style together."""
    texts: list[str] = []
    segments: list[Segment] = []
    present: Style | None = None
    for cell in cells:
        text, style = cell or (" ", None)
        if texts and style is not present and style != present:
            segments.append(Segment("".join(texts), present))
            texts = []
        texts.append(text)
        present = style
    segments.append(Segment("".join(texts), present))
    return Strip(segments)
