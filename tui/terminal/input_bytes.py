"""From the bytes that a terminal sends to keys, pastes and mouse events; what means nothing is dropped.

Textual's parser (8.2.8) makes keys of the characters of a sequence that it does not know or that comes in two pieces,
waits for ever for a paste's end, and raises on numbers that are too large. So here control sequences are collected,
and given to it whole; what it does not take is dropped. Pastes are collected here, too.
"""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable, Iterator

from textual._xterm_parser import XTermParser
from textual.events import Key, Paste
from textual.keys import Keys
from textual.message import Message

#: The largest terminal that is believed in, and drawn: columns and rows.
LARGEST = (1000, 500)

_ESCAPE = 0x1B
_CONTROL, _SHIFT = b"\x1b[", b"\x1bO"
_PASTE, _PASTE_END = b"\x1b[200~", b"\x1b[201~"
#: A mouse report of three bytes follows, which are no text: terminals that lose their modes fall back to it.
_X10 = b"\x1b[M"
_X10_SIZE = 3
_LOWEST_OF_REPORT = 0x20
_RESIZED = re.compile(rb"\x1b\[48;(\d+)(?::\d*)*;(\d+)(?::\d*)*;(\d+)(?::\d*)*;(\d+)(?::\d*)*t")

#: Bytes that no control sequence exceeds, and Textual's parser takes.
_LONGEST = 30
#: Seconds after which the rest of a sequence is not waited for. A slow link may divide one.
_PATIENCE = 1.0
#: Bytes of a paste that are kept.
_LARGEST_PASTE = 1 << 20
#: Seconds after which a paste is at its end that does not go on; typed keys, a few bytes at once, are no more of it.
_PASTE_PATIENCE = 2.0
_TYPED = 16


class InputBytes:
    """What the bytes so far have come to, wherever they are divided.

    is_telling_its_size: whether the terminal reports its size in the input; otherwise such reports are dropped.
    """

    def __init__(
        self, is_telling_its_size: Callable[[], bool] = lambda: False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._is_telling_its_size = is_telling_its_size
        self._clock = clock
        self._decode = codecs.getincrementaldecoder("utf-8")("ignore").decode
        self._parser = _Parser()
        self._escaped = False
        self._sequence = b""
        self._left_of_report = 0
        self._paste: bytearray | None = None
        self._heard_at = self._went_on_at = clock()

    @property
    def is_waiting(self) -> bool:
        """Whether something has begun whose end may be a matter of time."""
        return self._paste is not None or bool(self._sequence) or self._left_of_report > 0 or self._parser.is_waiting

    def feed(self, data: bytes) -> Iterator[Message]:
        """What these bytes bring to an end."""
        self._heard_at = self._clock()
        if len(data) > _TYPED:
            self._went_on_at = self._heard_at
        while data:
            if self._paste is None:
                yield from self._take(data[0])
                data = data[1:]
            else:
                ended, data = self._go_on_pasting(self._paste, data)
                yield from ended

    def tick(self) -> Iterator[Message]:
        """What the time brings to an end; to be asked every now and then."""
        now = self._clock()
        if self._paste is not None:
            if now - self._went_on_at >= _PASTE_PATIENCE:
                yield self._end_paste(self._paste)
        elif now - self._heard_at >= _PATIENCE:
            self._sequence, self._left_of_report = b"", 0
        yield from self._parser.tick()

    def _take(self, byte: int) -> Iterator[Message]:
        if self._left_of_report and byte >= _LOWEST_OF_REPORT:
            self._left_of_report -= 1
            return
        self._left_of_report = 0  # it was cut short: that is something else
        if self._sequence:
            yield from self._go_on_with_sequence(byte)
        elif self._escaped and byte in (_CONTROL[1], _SHIFT[1]) and self._parser.is_waiting:
            self._parser = self._parser.anew()  # it has the escape
            self._escaped = False
            self._sequence = bytes((_ESCAPE, byte))
        else:
            self._escaped = byte == _ESCAPE
            yield from self._parse(self._decode(bytes((byte,))))

    def _go_on_with_sequence(self, byte: int) -> Iterator[Message]:
        begun = self._sequence
        sequence = begun + bytes((byte,))
        if byte == _ESCAPE or byte < 0x20 or byte >= 0x7F:  # it is broken: that is something else
            self._sequence = b""
            yield from self._take(byte)
        elif byte < 0x40 or sequence == b"\x1b[[":  # the Linux console's function keys have one more
            self._sequence = sequence[: _LONGEST + 1]
        else:
            self._sequence = b""
            if sequence == _X10:
                self._left_of_report = _X10_SIZE
            elif sequence == _PASTE:
                self._paste = bytearray()
                self._went_on_at = self._heard_at
            elif len(sequence) <= _LONGEST and self._is_believed(sequence):
                yield from self._parse(sequence.decode("ascii"))
                if self._parser.is_waiting:
                    self._parser = self._parser.anew()

    def _is_believed(self, sequence: bytes) -> bool:
        """Whether it is no report of a size, or one that can be."""
        size = _RESIZED.fullmatch(sequence)
        if size is None:
            return not sequence.startswith(b"\x1b[48;") or not sequence.endswith(b"t")
        rows, columns, height, width = map(int, size.groups())
        can_be = 0 < columns <= LARGEST[0] and 0 < rows <= LARGEST[1] and width > 0 and height > 0
        return can_be and self._is_telling_its_size()

    def _parse(self, text: str) -> Iterator[Message]:
        try:
            yield from list(self._parser.feed(text) if text else ())
        except (ValueError, ArithmeticError):  # a number in it is beyond what it can be
            self._parser = self._parser.anew()

    def _go_on_pasting(self, paste: bytearray, data: bytes) -> tuple[list[Message], bytes]:
        """What is at its end with these bytes, and those behind it."""
        searched = max(0, len(paste) - len(_PASTE_END) + 1)
        paste += data
        end = paste.find(_PASTE_END, searched)
        if end < 0:
            del paste[_LARGEST_PASTE : -len(_PASTE_END)]
            return [], b""
        return [self._end_paste(paste[:end])], bytes(paste[end + len(_PASTE_END) :])

    def _end_paste(self, paste: bytearray) -> Paste:
        self._paste = None
        text = paste[:_LARGEST_PASTE].decode("utf-8", "ignore")
        return Paste("".join(character for character in text if character.isprintable() or character in "\t\r\n"))


class _Parser(XTermParser):
    """Textual's parser, which can be begun anew in the middle of something."""

    @property
    def is_waiting(self) -> bool:
        """Whether it has the beginning of a sequence."""
        return self._awaiting.timeout is not None

    def anew(self) -> _Parser:
        """One that has begun nothing, and knows as much of the mouse."""
        parser = _Parser()
        parser.last_x, parser.last_y, parser.mouse_pixels = self.last_x, self.last_y, self.mouse_pixels
        parser.terminal_size, parser.terminal_pixel_size = self.terminal_size, self.terminal_pixel_size
        return parser

    def _parse_extended_key(self, sequence: str) -> list[Key] | None:  # type: ignore[override] # there it has a cache
        keys: list[Key] | None = super()._parse_extended_key(sequence)
        if keys is None:
            return None
        # Half of a pair of code units is no character, and nothing that is written to can take it.
        return [
            key if key.character is None or not any("\ud800" <= one <= "\udfff" for one in key.character) else _NOTHING
            for key in keys
        ]


_NOTHING = Key(Keys.Ignore, None)
