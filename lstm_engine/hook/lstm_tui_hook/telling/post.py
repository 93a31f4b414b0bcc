"""Writes events into the file that everybody who watches reads."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

_EVENTS = "events.jsonl"


class Post:
    """The file of events of a run, for the process that opened it. Others write into it, too: each line is one write.

    Raises:
        OSError: the file cannot be opened.
    """

    def __init__(self, run: str) -> None:
        self.pid = os.getpid()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self._file = os.open(Path(run) / _EVENTS, flags, 0o600)
        # Whoever wrote before may have been killed inside a line.
        self._before = "\n"

    def tell(self, kind: str, /, **fields: Any) -> None:
        """Writes one event, of that `type`. Raises OSError where it is not all written: the disk is full, say."""
        # NaN and infinity are not JSON; whoever tells a value makes it None.
        text = json.dumps({"type": kind, "at": time.time(), **fields}, allow_nan=False, separators=(",", ":"))
        if "\\ud" in text:
            # A file's name that is no UTF-8 stands in Python's strings as halves of characters, which are no JSON.
            whole = json.loads(text)
            text = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode(errors="replace").decode()
        line = f"{self._before}{text}\n".encode()
        self._before = "\n"
        while line:
            line = line[os.write(self._file, line) :]
        self._before = ""

    def close(self) -> None:
        os.close(self._file)


def say_nothing(kind: str, /, **fields: Any) -> None:
    """What the other processes of a distributed training tell: one of them speaks for all."""


_posts: dict[str, Post] = {}


def post_of(run: str) -> Post:
    """This process's, opened where there is none yet. A process that was forked has its own. Raises OSError."""
    post = _posts.get(run)
    if post is None or post.pid != os.getpid():
        post = _posts[run] = Post(run)
    return post
