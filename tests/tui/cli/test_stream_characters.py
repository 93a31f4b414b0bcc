"""What a stream writes where its encoding lacks a character."""

from __future__ import annotations

import io
import json

import pytest

from tui.cli.stream_characters import fit_stream, keep_characters


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def stream(encoding: str, kind: type[io.TextIOWrapper] = io.TextIOWrapper) -> io.TextIOWrapper:
    return kind(io.BytesIO(), encoding=encoding, write_through=True)


def written(to: io.TextIOWrapper) -> bytes:
    to.write("Müller → 東")
    assert isinstance(to.buffer, io.BytesIO)
    return to.buffer.getvalue()


@pytest.mark.parametrize(
    ("encoding", "kind", "locale", "expected"),
    [
        ("utf-8", Terminal, "C.UTF-8", "Müller → 東".encode()),
        ("utf-8", Terminal, "C", b"Muller > ??"),
        ("utf-8", io.TextIOWrapper, "C", "Müller → 東".encode()),
        ("iso-8859-1", Terminal, "de_DE.ISO-8859-1", b"M\xfcller > ??"),
    ],
)
def test_text_has_the_characters_of_the_terminal(
    encoding: str, kind: type[io.TextIOWrapper], locale: str, expected: bytes
) -> None:
    to = stream(encoding, kind)
    fit_stream(to, {"LC_ALL": locale})
    assert written(to) == expected


def test_json_keeps_its_characters() -> None:
    to = stream("iso-8859-1")
    fit_stream(to, {})
    keep_characters(to)
    assert json.loads(b'"' + written(to).decode("iso-8859-1").encode() + b'"') == "Müller → 東"
