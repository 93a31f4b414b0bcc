"""The keys that there are, as a terminal sends them."""

from tui.actions import ACTIONS

_NAMED = {
    "enter": "\r",
    "space": " ",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "shift+left": "\x1b[1;2D",
    "shift+right": "\x1b[1;2C",
}
#: What quits, leaves, suspends it or goes over to a sweep, as a person would want.
ENDING = "qDM\x03\x11\x1a"
KEYS = tuple(
    key.encode()
    for key in sorted(
        {*_NAMED.values(), *(action.label for action in ACTIONS if len(action.label) == 1), *"0123456789kSry/cn"}
    )
    if key not in ENDING
)
#: Fields, and what is edited in them; twice what closes something.
PHRASES = (
    *(b"a300\r", b"r7\r", b"a\x152000\r", b"a50\x7f0\r", b"a\r\r", b"r\r\r", b"b\r\r", b"e\r\r", b":\r\r", b":12\r"),
    *(b"o/seed 7\x7f\x7f\x7f\x7f\x7f\x7flr=0.001\r", b"o\r", b"ok\r\r", b"o c", b"??", b"\x10\x1b", b"\x1007\x7f\x1b"),
)
