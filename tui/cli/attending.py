"""`lstm-tui attach` and `lstm-tui stop`: for a run that some process of this host trains."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.protocol.messages import Quit, Stopped
from lstm_engine.text import printable
from tui.cli.exit_status import DONE, FAILED
from tui.cli.standard_streams import say
from tui.client.attached_engine import AttachedEngine
from tui.client.connection import ProtocolError
from tui.client.reach import OutOfReach, reach
from tui.options import continue_command
from tui.text.sentences import lost

#: Seconds that an engine gets to save and end.
_PATIENCE = 60.0


def attended(checkpoints: Path, source: str | None) -> str | None:
    """The run to attach to: the one that `source` names, or the only one that trains; None where several do.

    Raises:
        UserError: no process of this host has it, or none trains.
    """
    import lstm_engine.single_thread_numpy  # noqa: F401 - the training has the other cores
    from lstm_engine.listing.entries import entries
    from lstm_engine.script.living import living_script
    from lstm_engine.store.directory import find_run, listing_command
    from lstm_engine.store.holding.lock import in_use
    from lstm_engine.store.script_record import is_script_run

    if source is not None:
        directory = find_run(checkpoints, source)
        if not in_use(directory) and not (is_script_run(directory) and living_script(directory)):
            command = continue_command("resume", directory.name, str(directory), checkpoints)
            raise UserError(f"run {printable(directory.name)} is not open anywhere: `{command}` opens it")
        return source
    running = [entry.run for entry in entries(checkpoints) if entry.state == "running"]
    if not running:
        place, command = printable(str(checkpoints)), printable(listing_command(checkpoints))
        raise UserError(f"no run trains in {place}: `{command}` lists them all")
    return running[0] if len(running) == 1 else None


def stop(checkpoints: Path, source: str) -> int:
    """Have the engine that holds the run save and end; the exit status.

    Raises:
        UserError: no process of this host has it, or it cannot be attended.
    """
    from tui.cli.arguments import script_run

    if (script := script_run(checkpoints, source)) is not None:
        from tui.cli.script.stopping import stop_script

        return stop_script(script, checkpoints, sys.stdout)
    return asyncio.run(_stop(checkpoints, source))


async def _stop(checkpoints: Path, source: str) -> int:
    from lstm_engine.store.directory import find_run

    directory = find_run(checkpoints, source)
    found = await reach(directory)
    if found is None:
        raise UserError(f"run {printable(directory.name)} is not open anywhere: there is nothing to stop")
    if isinstance(found, OutOfReach):
        raise UserError(printable(found.reason))
    name = printable(directory.name)
    try:
        stopped = await _ended(found)
    except TimeoutError:
        say(f"run {name} has not ended within {_PATIENCE:g} s: it is asked to, and saves when it can")
        return FAILED
    except ProtocolError as error:
        raise UserError(printable(str(error))) from error
    if stopped is None:
        say(f"the engine of run {name} ended without a word: the run stands at its last checkpoint")
        return FAILED
    if stopped.problem or stopped.run is None:
        say(lost(printable(stopped.problem)) if stopped.problem else "nothing was trained: there is nothing to save")
        return FAILED if stopped.problem else DONE
    command = continue_command("resume", stopped.run, stopped.directory, checkpoints)
    sys.stdout.write(printable(f"run {stopped.run} is saved at epoch {stopped.epoch}") + "\n")
    sys.stdout.write(f"continue with: {command}\n")
    return DONE


async def _ended(engine: AttachedEngine) -> Stopped | None:
    """The last word of the engine, once it is asked to end; None where it ends without one.

    Raises:
        TimeoutError: it does not end in time.
        ProtocolError: it talks nonsense.
    """
    engine.send(Quit())
    stopped = None
    try:
        async with asyncio.timeout(_PATIENCE):
            async for event in engine.events():
                stopped = event if isinstance(event, Stopped) else stopped
            await engine.wait()
    finally:
        engine.close_input()
    return stopped
