"""`lstm-tui train --detach`: begins a training, and leaves it running."""

from __future__ import annotations

from typing import TextIO

import msgspec

from lstm_engine.protocol.attendance import Detach, Detached
from lstm_engine.protocol.messages import (
    Command,
    Event,
    Failed,
    Refused,
    RunFinished,
    RunOpened,
    Stopped,
    TrainingStarted,
)
from lstm_engine.text import printable
from tui.cli.exit_status import BAD_INPUT, DONE, FAILED
from tui.cli.standard_streams import say
from tui.cli.train_progress import TrainProgress, advanced, at_target_sentence, died_sentence, train_command
from tui.client.connection import ProtocolError
from tui.client.engine_process import EngineProcess
from tui.options import TrainOptions, continue_command
from tui.text.sentences import trains_on


async def detach(engine: EngineProcess, opening: Command, options: TrainOptions, stream: TextIO) -> int:
    """Have the engine open and train the run, leave it, and print which it is; the exit status.

    Raises:
        OSError: the output cannot be written.
    """
    engine.send(opening)
    started: TrainingStarted | None = None
    progress = TrainProgress()
    try:
        async for event in engine.events():
            progress = advanced(progress, event)
            if isinstance(event, TrainingStarted):
                started = event
            is_over = isinstance(event, RunFinished)  # before the engine could answer
            if started is not None and (is_over or isinstance(event, Detached)):
                stream.write(_report(started, engine.pid, options, is_over=is_over))
                stream.flush()
                engine.close_input()
                return DONE
            status = _answered(engine, event, options)
            if status is not None:
                engine.close_input()
                return status
    except ProtocolError as error:
        say(str(error))
        return FAILED
    say(died_sentence(await engine.wait(), progress, options))
    return FAILED


def _answered(engine: EngineProcess, event: Event, options: TrainOptions) -> int | None:
    """Answers an event; the exit status where there is nothing to wait for any more."""
    match event:
        case RunOpened():
            command = train_command(event, options.epochs)
            if command is None:
                say(at_target_sentence(event))
                return DONE
            engine.send(command)
        case TrainingStarted():
            engine.send(Detach())
        case Refused():
            say(event.reason)
            return BAD_INPUT
        case Failed():
            say(f"training failed in epoch {event.epoch}: {event.cause}")
            return FAILED
        case Stopped():
            say("the engine was ended before training began")
            return FAILED
    return None


def _report(event: TrainingStarted, pid: int, options: TrainOptions, *, is_over: bool) -> str:
    if options.json:
        told = {"run": event.run, "directory": event.directory, "pid": pid}
        return msgspec.json.encode(told).decode() + "\n"
    if is_over:
        command = continue_command("resume", event.run, event.directory, options.engine.checkpoints)
        return printable(f"run {event.run} is finished at epoch {event.target}; open it with: {command}") + "\n"
    command = continue_command("attach", event.run, event.directory, options.engine.checkpoints)
    return printable(trains_on(event.run, event.target, command)) + "\n"
