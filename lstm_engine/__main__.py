"""The engine process: commands on standard input, events on standard output, one JSON object a line.

    python -m lstm_engine --checkpoints DIR [--save-every SECONDS] [--keep N] [--on-hangup continue|stop] [--shared]
                          [--on-end COMMAND] [--tensorboard] [--patience SECONDS]

Whoever else of the same user comes attends by a socket, which `owner.json` in the run's folder names. The end of
standard input is a client that has left: where nobody else attends, what trains goes on to its target, everything is
saved, and the engine ends.
What it writes is for its user alone, whatever the umask; `--shared` leaves that to the umask.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import shlex
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from lstm_engine.protocol.watchdog import PATIENCE, start_watchdog

if TYPE_CHECKING:
    from lstm_engine.protocol.audience import Audience
    from lstm_engine.protocol.message import Message


def main() -> NoReturn:
    """Serves commands until Quit, then exits."""
    options = _options()
    _open_what_is_closed()
    watchdog = start_watchdog(options.patience)
    umask = -1 if options.shared else os.umask(0o077)  # SQLite's journals, too, are made by it
    stream, write_events = _take_standard_output()
    load_libraries()
    from lstm_engine.protocol.audience import Audience
    from lstm_engine.protocol.channel import Inbox
    from lstm_engine.protocol.client_queue import ClientQueue
    from lstm_engine.protocol.messages import Quit
    from lstm_engine.service.engine import Engine
    from lstm_engine.service.heart import Heart, told_by
    from lstm_engine.service.hooks.on_end import OnEnd
    from lstm_engine.service.hooks.tensorboard_files import TensorboardFiles
    from lstm_engine.service.logs import log_events
    from lstm_engine.service.saving_options import SavingOptions

    inbox = Inbox()
    on_end = OnEnd(options.on_end, umask)
    event_files = TensorboardFiles(lambda problem: audience.notice(problem))

    def hear(event: Message) -> None:
        on_end.hear(event)
        if options.tensorboard:
            event_files.hear(event)

    audience = Audience(inbox, watchdog.stand_down, watchdog.expect_the_end, hear=hear)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda came, _: inbox.put(Quit(signal=signal.Signals(came).name)))
    starter = ClientQueue(
        write_events, on_broken=lambda: audience.forget(starter), end=lambda: os.close(stream), owns=False
    )
    audience.join(starter)
    commands = open(0, "rb", closefd=False)  # noqa: SIM115 - for as long as the process
    threading.Thread(target=audience.hear, args=(starter, commands), name="commands", daemon=True).start()
    log_events(audience)
    close = _listen(audience)
    heart = Heart(lambda: told_by(audience))
    heart.start()
    saving = SavingOptions(options.checkpoints, options.save_every, options.keep, options.on_hangup)
    status = 1
    try:
        Engine(saving, inbox, audience).serve()
        status = 0
    except BaseException:  # a defect of ours: the dashboard shows the log, and the run on disk is whole
        traceback.print_exc()
    close()
    event_files.close()
    heart.stop()
    audience.close(timeout=5.0)  # a reader that is gone is noticed at once; this is for one that is slow
    on_end.close()
    if sys.stderr is not None:
        sys.stderr.flush()
    # Tearing PyTorch down takes a tenth of a second that the user would wait for; everything is on disk. It would
    # also trip over the thread that waits for commands.
    os._exit(status)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lstm_engine")
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--save-every", type=float, default=1.0)
    parser.add_argument("--keep", type=int, default=5)
    parser.add_argument("--on-hangup", choices=["continue", "stop"])
    parser.add_argument("--shared", action="store_true")
    parser.add_argument("--on-end", type=shlex.split, default=[], metavar="COMMAND")
    parser.add_argument("--tensorboard", action="store_true")
    parser.add_argument("--patience", type=float, default=PATIENCE)
    return parser.parse_args()


def _open_what_is_closed() -> None:
    """Standard input, output and error are there, or else the first files that are opened would be in their place."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _take_standard_output() -> tuple[int, Callable[[bytes], None]]:
    """Moves file descriptor 1 aside and points 1 at standard error: no library's print can break the stream."""
    stream = os.dup(1)
    os.dup2(2, 1)

    def write(data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(stream, view) :]

    return stream, write


def _listen(audience: Audience) -> Callable[[], None]:
    """Lets others in; returns what ends that. Where that cannot be done, it says so, and who started it is served."""
    from lstm_engine.errors import UserError
    from lstm_engine.protocol.listener import Listener
    from lstm_engine.protocol.runtime_folder import runtime_folder
    from lstm_engine.store.holding.owner import set_address

    try:
        listener = Listener(runtime_folder(os.environ), audience)
    except (UserError, OSError) as error:
        audience.notice(f"no other terminal can look in: {error}")
        return lambda: None
    set_address(str(listener.path))
    return listener.close


def load_libraries() -> None:
    """Imports PyTorch and Lightning, and sets up what a process must set up once for them."""
    from lstm_engine.service import logs
    from lstm_engine.service.environment import clear_environment

    ignored = clear_environment(os.environ)
    import lstm_engine.torch_without_compiler  # noqa: F401 - ahead of all that imports PyTorch

    # isort: split
    import torch

    # One thread: the tensors have one to a few thousand elements, and more threads only wait for each other.
    torch.set_num_threads(1)
    import lightning  # noqa: F401 - its import sets up logging, which the next line sets right

    logs.set_up()
    if ignored:
        logging.getLogger(__name__).warning("ignored, as the Trainer is this program's own: %s", ", ".join(ignored))
    # Without this the collector walks through all of PyTorch's objects now and then: stalls of 190 ms.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
