"""What a program asks of the disk, in order: what a power loss spares depends on nothing else."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest


class DiskCalls:
    """Every fsync, rename and removal from here on.

    made: `("sync", path)` of a file, `("sync directory", path)`, `("replace", target)`, `("remove", path)`.
    before: called with each of them before it is done, while it is not in `made` yet; may raise what a disk raises.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, before: Callable[[str, Path], None] = lambda *_: None) -> None:
        self.made: list[tuple[str, Path]] = []
        self.synced: dict[Path, bytes] = {}
        self._before = before
        fsync, replace, unlink = os.fsync, os.replace, os.unlink

        def sync(descriptor: int) -> None:
            path = Path(f"/proc/self/fd/{descriptor}").readlink()
            is_directory = stat.S_ISDIR(os.fstat(descriptor).st_mode)
            self._about_to("sync directory" if is_directory else "sync", path)
            if not is_directory:
                self.synced[path] = path.read_bytes()
            fsync(descriptor)

        def put(source: str | Path, target: str | Path) -> None:
            self._about_to("replace", Path(target))
            self.synced[Path(target)] = self.synced.pop(Path(source), b"never synced")
            replace(source, target)

        def remove(path: str | Path, **more: int) -> None:
            self._about_to("remove", Path(path))
            unlink(path, **more)

        monkeypatch.setattr(os, "fsync", sync)
        monkeypatch.setattr(os, "replace", put)
        monkeypatch.setattr(os, "unlink", remove)

    def _about_to(self, what: str, path: Path) -> None:
        self._before(what, path)
        self.made.append((what, path))

    def index(self, what: str, path: Path) -> int:
        """Where the first such call stands in the order; fails the test where there is none."""
        assert (what, path) in self.made, f"no {what} of {path} in {self.made}"
        return self.made.index((what, path))

    def check_durable(self, path: Path) -> None:
        """The file was put there whole: all of it synced before the rename, the folder synced after it."""
        put = self.index("replace", path)
        assert self.synced[path] == path.read_bytes(), f"not all of {path} had reached the disk"
        assert ("sync directory", path.parent) in self.made[put:], f"the name {path} may be lost"
