"""The engine process: commands on standard input, events on standard output, one JSON object a line.

    python -m lstm_engine --checkpoints DIR [--save-every SECONDS] [--keep N] [--shared] [--on-end COMMAND]
        [--patience SECONDS]

The end of standard input means Quit, so that a dashboard that dies, or whose link drops, leaves a saved run behind.
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
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from lstm_engine.protocol.watchdog import PATIENCE, start_watchdog


def main() -> NoReturn:
    """Serves commands until Quit, then exits."""
    options = _options()
    _open_what_is_closed()
    start_watchdog(options.patience)
    umask = -1 if options.shared else os.umask(0o077)  # SQLite's journals, too, are made by it
    write_events = _take_standard_output()
    load_libraries()
    from lstm_engine.protocol.channel import Inbox, Outbox
    from lstm_engine.protocol.messages import Quit
    from lstm_engine.service.engine import Engine
    from lstm_engine.service.hooks.on_end import OnEnd
    from lstm_engine.service.saving_options import SavingOptions

    inbox = Inbox()
    on_end = OnEnd(options.on_end, umask)
    outbox = Outbox(write_events, on_broken=lambda: inbox.put(Quit()), hear=on_end.hear)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda came, _: inbox.put(Quit(signal=signal.Signals(came).name)))
    inbox.read(open(0, "rb", closefd=False), outbox)  # noqa: SIM115 - for as long as the process
    status = 1
    try:
        Engine(SavingOptions(options.checkpoints, options.save_every, options.keep), inbox, outbox).serve()
        status = 0
    except BaseException:  # a defect of ours: the dashboard shows the log, and the run on disk is whole
        traceback.print_exc()
    outbox.close(timeout=5.0)  # a reader that is gone is noticed at once; this is for one that is slow
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
    parser.add_argument("--shared", action="store_true")
    parser.add_argument("--on-end", type=shlex.split, default=[], metavar="COMMAND")
    parser.add_argument("--patience", type=float, default=PATIENCE)
    return parser.parse_args()


def _open_what_is_closed() -> None:
    """Standard input, output and error are there, or else the first files that are opened would be in their place."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _take_standard_output() -> Callable[[bytes], None]:
    """Moves file descriptor 1 aside and points 1 at standard error: no library's print can break the stream."""
    stream = os.dup(1)
    os.dup2(2, 1)

    def write(data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(stream, view) :]

    return write


def load_libraries() -> None:
    """Imports PyTorch and Lightning, and sets up what a process must set up once for them."""
    from lstm_engine.service import logs
    from lstm_engine.service.environment import clear_environment

    ignored = clear_environment(os.environ)
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
