"""Programs that stand by and do one piece of work at a time, so that several can take turns in one run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType


def serve(work: Callable[[int], float]) -> None:
    """Does `work` on every number that comes in on standard input, and answers with what it returns.

    Standard output is moved aside first: Lightning prints there.
    """
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        print(work(int(line)), file=answers, flush=True)


class Program:
    """`python -m MODULE ARGUMENTS`, one of ours that serves; ended when the `with` block is left."""

    def __init__(self, module: str, *arguments: str, log: Path) -> None:
        """log: the file that its standard error goes to."""
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._log = log

    def __enter__(self) -> Program:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def wait_until_ready(self) -> None:
        """Until it stands by; to be called once, first of all."""
        self._answer()

    def does(self, number: int) -> float:
        """What it answers to a number."""
        assert self._process.stdin is not None
        print(number, file=self._process.stdin, flush=True)
        return float(self._answer().rsplit(maxsplit=1)[-1])

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the program ended: {self._log.read_text(errors='replace')[-2000:]}")
        return line
