"""`lstm-tui train`: the engine without a screen.

The exit status: 0 done, 1 training failed, 2 the engine refused, 130 interrupted after saving.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from lstm_engine.protocol.attendance import Join
from lstm_engine.protocol.messages import (
    Command,
    Failed,
    NewRun,
    OpenRun,
    Paused,
    Quit,
    Refused,
    RunFinished,
    RunOpened,
    Save,
    Stopped,
)
from tui.cli.detaching import detach
from tui.cli.exit_status import BAD_INPUT, DONE, FAILED, INTERRUPTED
from tui.cli.train_output import BarOutput, JsonOutput, LineOutput, Output, Received, say
from tui.cli.train_progress import (
    TrainProgress,
    advanced,
    at_target_sentence,
    died_sentence,
    ended_sentence,
    failed_sentence,
    gone_sentence,
    interrupted_sentence,
    summary,
    train_command,
)
from tui.client.connection import ProtocolError, event_of
from tui.client.engine_process import EngineProcess
from tui.options import TrainOptions
from tui.text.sentences import lost

#: Seconds that the engine is given to save and exit once training is over, before it is killed.
_PATIENCE = 60.0

#: Seconds after which it is said what is waited for.
_SOON = 1.0

#: How many lines of a dead engine's log are shown.
_LOG_TAIL = 10

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(options: TrainOptions) -> int:
    """Train as told, on standard output; returns the exit status."""
    return asyncio.run(_run(options, sys.stdout))


async def _run(options: TrainOptions, stream: TextIO) -> int:
    try:
        engine = await EngineProcess.start(options.engine)
    except OSError as error:
        say(f"the engine cannot be started: {error}")
        return FAILED
    try:
        if options.detach:
            return await detach(engine, _opening(options), options, stream)
        return await train(engine, options, _output_for(options, stream))
    except BrokenPipeError:
        pass  # whoever read the output has had enough (`| head`)
    except OSError as error:
        say(f"the output cannot be written ({error.strerror}), so training stops here")
    await engine.stop(_PATIENCE)
    return INTERRUPTED


def _output_for(options: TrainOptions, stream: TextIO) -> Output:
    """JSON where asked for, a bar on a terminal that can redraw a line, else lines."""
    if options.json:
        return JsonOutput(stream)
    if stream.isatty() and os.environ.get("TERM") not in (None, "dumb", "unknown"):
        return BarOutput(stream)
    return LineOutput(stream)


def _opening(options: TrainOptions) -> Command:
    if options.source is None:
        return NewRun(config=options.config)
    return OpenRun(source=options.source, config=options.config)


async def train(engine: EngineProcess, options: TrainOptions, output: Output) -> int:
    """Follow the engine to the end; the exit status.

    Raises:
        OSError: the output cannot be written.
    """
    engine.send(Join(owns=True))
    engine.send(_opening(options))
    problem, at_target = None, None
    progress = TrainProgress()
    with _interrupts(engine, output, lambda: progress.ending is not None) as was_asked:
        try:
            async for received in _followed(engine):
                progress = received.progress
                output.show(received)
                if isinstance(received.event, RunOpened) and not progress.gone:
                    command = train_command(received.event, options.epochs)
                    if command is None:
                        at_target = received.event
                        break
                    engine.send(command)
                if isinstance(received.event, Paused) and progress.gone:
                    engine.send(Save())
                if progress.ending is not None:
                    break
        except ProtocolError as error:
            problem = str(error)
        finally:
            output.close()
        if isinstance(progress.ending, RunFinished | Failed) and progress.watchers > 1:
            engine.send(Join(owns=False))  # whoever looks on keeps it
            engine.close_input()
            status = DONE
        else:
            status = await _ended(engine, progress, options, output)
    if at_target is not None:
        output.remark(at_target_sentence(at_target))
        return DONE
    if problem is None and progress.ending is None:
        problem = died_sentence(status, progress, options)
    if problem is not None:
        _tell_problem(problem, engine.log)
        return FAILED
    if isinstance(progress.ending, Stopped) and not was_asked():
        say(ended_sentence(progress, progress.ending, options))
        return FAILED
    return _conclude(progress, options, output)


async def _followed(engine: EngineProcess) -> AsyncIterator[Received]:
    progress = TrainProgress()
    async for line in engine.lines():
        event = event_of(line)
        progress = advanced(progress, event)
        yield Received(line, event, progress)


async def _ended(engine: EngineProcess, progress: TrainProgress, options: TrainOptions, output: Output) -> int:
    """Have the engine end; its exit status."""
    ending = asyncio.create_task(engine.stop(_PATIENCE))
    if options.engine.on_end and isinstance(progress.ending, RunFinished | Failed):
        await _say_what_is_waited_for(ending, output)
    return await ending


async def _say_what_is_waited_for(ending: asyncio.Task[int], output: Output) -> None:
    """Everything is saved by now; where the engine does not end at once, it waits for the command of the user's."""
    done, _ = await asyncio.wait({ending}, timeout=_SOON)
    if not done:
        with suppress(OSError):
            output.remark("waiting for the command of --on-end")


@contextmanager
def _interrupts(engine: EngineProcess, output: Output, is_over: Callable[[], bool]) -> Iterator[Callable[[], bool]]:
    """Within it, Ctrl-C, SIGTERM and SIGHUP ask the engine to save and exit; ignored signals stay ignored (nohup).

    is_over: whether there is nothing left to save, and the engine is to exit anyway.

    Yields whether that has happened.
    """
    loop = asyncio.get_running_loop()
    asked = False

    def interrupt() -> None:
        nonlocal asked
        if is_over():
            with suppress(OSError):
                output.remark("still waiting for the engine to end")
            return
        text = "still saving: the engine finishes its epoch first" if asked else "interrupted: saving"
        asked = True
        engine.send(Quit())
        engine.close_input()
        with suppress(OSError):
            output.remark(text)

    caught = [number for number in _SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
    for number in caught:
        loop.add_signal_handler(number, interrupt)
    try:
        yield lambda: asked
    finally:
        for number in caught:
            loop.remove_signal_handler(number)


def _conclude(progress: TrainProgress, options: TrainOptions, output: Output) -> int:
    """Tell how it ended; the exit status."""
    if progress.gone:
        say(gone_sentence(progress, options))
        return FAILED
    match progress.ending:
        case Stopped(problem=str(problem)) if problem:
            say(lost(problem))
            return FAILED
        case RunFinished(checkpoint=checkpoint) if not Path(checkpoint).is_file():
            say(lost(f"the run's folder is gone: there is no {checkpoint}"))
            return FAILED
        case RunFinished() as finished:
            output.conclude(summary(progress, finished, options))
            return DONE
        case Refused(reason=reason):
            say(reason)
            return BAD_INPUT
        case Failed() as failed:
            say(failed_sentence(progress, failed, options))
            return FAILED
        case _:
            say(interrupted_sentence(progress, options))
            return INTERRUPTED


def _tell_problem(problem: str, log: Sequence[str]) -> None:
    for line in list(log)[-_LOG_TAIL:]:
        say(line, prefix="  engine: ")
    say(problem)
