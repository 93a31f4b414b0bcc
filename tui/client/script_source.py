"""What a board is told of a script's training on this machine, or in a shared folder: by the files of its run.

The files are looked at twenty times a second: the training waits for nobody, and a late comer reads all of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.script.going_on import CheckpointGoneError, branch_script, checkpoint_of, resume_script, set_epochs
from lstm_engine.script.letterbox import put_in_letterbox
from lstm_engine.script.vocabulary.commands import Command
from lstm_engine.store.holding.lock import held_elsewhere
from lstm_engine.text import printable
from tui.client.logs.script_log import ScriptLog
from tui.state.told import Restart, Restarted, Told

#: Seconds between two looks.
_EVERY = 0.05
#: How often the newest checkpoint is tried: between finding and holding it the training may have replaced it.
_TRIES = 5


class ScriptSource:
    """One script's run, and the runs that are branched off from it here.

    steers: commands reach it from this host.
    """

    def __init__(self, directory: Path, every: float = _EVERY) -> None:
        """every: seconds between two looks."""
        self._every = every
        self._runs = {directory.name: ScriptLog(directory.name, directory)}
        self._problems: list[Told] = []
        self._sending: set[asyncio.Task[None]] = set()
        self.steers = held_elsewhere(directory) is None

    async def follow(self, tell: Callable[[Sequence[Told]], None]) -> None:
        """Tell everything from the beginning and then what is new, until cancelled."""
        while True:
            for run in tuple(self._runs.values()):
                while told := await asyncio.to_thread(run.look):
                    tell([told])
            if self._problems:
                problems, self._problems = self._problems, []
                tell(problems)
            await asyncio.sleep(self._every)

    def send(self, run: str, command: Command) -> None:
        """Pass the command on; what went wrong is told."""
        sending = asyncio.get_running_loop().create_task(self._send(run, command))
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)

    async def _send(self, run: str, command: Command) -> None:
        try:
            await asyncio.to_thread(put_in_letterbox, self._runs[run].directory, command)
        except UserError as error:
            self._problems.append(Told(run, problem=str(error)))

    async def restart(self, run: str, restart: Restart) -> Restarted:
        """Start a process that goes on. Raises UserError where it cannot."""
        return await asyncio.to_thread(self._restart, self._runs[run].directory, restart)

    def _restart(self, run: Path, restart: Restart) -> Restarted:
        path, instead = Path(restart.checkpoint) if restart.checkpoint else None, ""
        for left in reversed(range(_TRIES)):
            try:
                return self._begun(run, restart, path, instead)
            except CheckpointGoneError:
                if not (restart.newest and left):
                    raise
                if path is not None:
                    instead = f", the newest now that {printable(path.name)} is gone"
                    path = None
        raise AssertionError("the last try returns or raises")

    def _begun(self, run: Path, restart: Restart, path: Path | None, instead: str) -> Restarted:
        checkpoint = checkpoint_of(run, path)
        max_epochs = set_epochs(run, checkpoint) if restart.max_epochs is None else restart.max_epochs
        if not restart.branch:
            launched = resume_script(run, checkpoint, max_epochs)
            return Restarted(f"{run.name} goes on from step {checkpoint.step} in process {launched.script}")
        branch, launched = branch_script(run, checkpoint, max_epochs)
        self._runs[branch.name] = ScriptLog(branch.name, branch)
        where = f"at step {checkpoint.step}{instead}, in process {launched.script}"
        return Restarted(f"{branch.name} branches off {where}", branch.name)
