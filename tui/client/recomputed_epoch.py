"""A process that computes an epoch of a model of prices again, from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.forecast.recomputation import Recomputation, prepared
from lstm_engine.text import printable
from lstm_engine.weight_history.history import Snapshot

_ERRORS = "errors.log"


async def recomputed_epoch(run: Path, epoch: int, tell: Callable[[int, int], None]) -> Mapping[int, Snapshot]:
    """The parameters at that epoch, and those at the one before it where it came by; nothing in the run is written.

    Where it is cancelled, the process is gone, and all that it wrote.

    Args:
        epoch: completed ones. tell: given how many epochs of how many are computed, as that is known.

    Raises:
        UserError: it cannot be computed again; one sentence says why.
    """
    try:
        # A thread that is cancelled may still write into it.
        with tempfile.TemporaryDirectory(prefix="lstm-tui-", ignore_cleanup_errors=True) as folder:
            asked = await asyncio.to_thread(prepared, run, epoch, Path(folder))
            await _carried_out(asked, tell)
            return await asyncio.to_thread(asked.result)
    except OSError as error:
        place = printable(str(error.filename or tempfile.gettempdir()))
        raise UserError(
            f"epoch {epoch:,} cannot be computed again: {place} cannot be used ({error.strerror})"
        ) from error


async def _carried_out(asked: Recomputation, tell: Callable[[int, int], None]) -> None:
    first, count = asked.start.done, asked.epoch - asked.start.done
    tell(0, count)
    nowhere, errors = asyncio.subprocess.DEVNULL, asked.folder / _ERRORS
    with errors.open("xb") as log:
        process = await asyncio.create_subprocess_exec(
            *asked.command,
            stdin=nowhere,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            env=asked.environment,
            cwd=asked.folder,
            start_new_session=True,
        )
    try:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        async for line in process.stdout:
            if line.strip().isdigit():
                tell(int(line) - first, count)
        status = await process.wait()
    finally:
        if process.returncode is None:  # there is nothing that it could save
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if status:
        said = errors.read_text(errors="replace").strip().splitlines()
        why = printable(said[-1]) if said and status > 0 else _ended_by(status)
        raise UserError(f"epoch {asked.epoch:,} cannot be computed again: {why}")


def _ended_by(status: int) -> str:
    if status < 0:
        return f"its process was ended by {signal.Signals(-status).name}"
    return f"its process ended with status {status}"
