"""The engine's command loop: one command after another, each answered by events."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import sqlite3
import traceback
from functools import singledispatchmethod
from pathlib import Path

import lightning
import msgspec
import torch

from lstm_engine.errors import UserError
from lstm_engine.protocol import messages as events
from lstm_engine.protocol.channel import Inbox, Outbox
from lstm_engine.run.config import LARGEST_SEED, check_epochs, validated
from lstm_engine.service.active_run import BenchOptions, BenchRun, Outcome
from lstm_engine.service.branching import branch_at
from lstm_engine.service.logs import log_to
from lstm_engine.service.opened import Opened
from lstm_engine.service.opening import open_checkpoint, open_run
from lstm_engine.store import directory as runs
from lstm_engine.store.writer import STORAGE_ERRORS
from lstm_engine.text import printable

log = logging.getLogger(__name__)

#: Seconds between attempts to save while the disk is full or gone.
RETRY_EVERY = 1.0


class Engine:
    """Holds one run and carries out commands until Quit."""

    def __init__(self, options: BenchOptions, inbox: Inbox, outbox: Outbox) -> None:
        self._options = options
        self._inbox = inbox
        self._outbox = outbox
        self._run: BenchRun | None = None
        # A Trainer was stopped at an epoch's end, so that the command that came in can be carried out.
        self._in_mid_run = False

    def serve(self) -> None:
        """Carries out commands; returns after Quit, everything saved that can be."""
        self._outbox.put(
            events.EngineReady(
                pid=os.getpid(),
                host=socket.gethostname(),
                torch=str(torch.__version__),
                lightning=lightning.__version__,
            )
        )
        while True:
            waiting = self._run is not None and self._run.unsaved is not None
            command = self._inbox.get(RETRY_EVERY if waiting else None)
            if command is None:
                self._go_on_if_saved()
            elif isinstance(command, events.Quit):
                break
            else:
                self._carry_out(command)
        self._stop()

    def _carry_out(self, command: events.Command) -> None:
        in_mid_run, self._in_mid_run = self._in_mid_run, False
        try:
            self._do(command)
            return
        except UserError as error:
            self._refuse(command, str(error))
        except STORAGE_ERRORS as error:
            self._refuse(command, told(error))
        if in_mid_run:  # a command that is refused changes nothing
            self._carry_out(events.Train())

    def _refuse(self, command: events.Command, reason: str) -> None:
        kind = str(command.__struct_config__.tag)
        self._outbox.put(events.Refused(command=kind, reason=printable(reason)))

    @singledispatchmethod
    def _do(self, command: events.Command) -> None:
        raise UserError(f"{type(command).__name__} is not a command of this engine")

    @_do.register
    def _(self, command: events.NewRun) -> None:
        self._bring(BenchRun(validated(command.config), self._options))

    @_do.register
    def _(self, command: events.OpenRun) -> None:
        try:
            self._open(command)
        except (UserError, *STORAGE_ERRORS):
            raise
        except Exception as error:  # whatever is in there, the run on the bench must not go down with it
            log.exception("%s could not be opened", command.source)
            what = f"{type(error).__name__}: {error}"
            raise UserError(f"{command.source} cannot be opened ({what}): expected a run or a checkpoint") from error

    def _open(self, command: events.OpenRun) -> None:
        path, options = Path(command.source), self._options
        if path.suffix == ".ckpt" or path.is_file():
            if self._run is not None and self._run.base is not None and self._run.base.path == path.resolve():
                self._run.announce(self._outbox)
                return
            opened = open_checkpoint(path, options.checkpoints, command.config, options.keep, self._outbox.notice)
        else:
            directory = runs.find(options.checkpoints, command.source)
            if self._run is not None and self._run.writer is not None and self._run.writer.directory == directory:
                self._run.announce(self._outbox)
                return
            opened = open_run(directory, options.keep, self._outbox.notice)
        self._bring(self._benched(opened))

    @_do.register
    def _(self, command: events.Reseed) -> None:
        seed = secrets.randbelow(LARGEST_SEED + 1) if command.seed is None else command.seed
        config = validated(msgspec.structs.replace(self._held().config, seed=seed))
        self._bring(BenchRun(config, self._options))

    @_do.register
    def _(self, command: events.Branch) -> None:
        run, options = self._held(), self._options
        if run.writer is None:
            raise UserError("there is nothing to branch from yet: train first")
        epochs = None if command.epochs is None else check_epochs(command.epochs)
        opened = branch_at(run.writer.directory, run.config, command, options.keep, self._inbox, self._outbox.progress)
        self._bring(self._benched(opened))
        if epochs is not None:
            self._train(self._held().epoch + epochs)

    @_do.register
    def _(self, command: events.Train) -> None:
        run = self._held()
        self._train(run.target if command.epochs is None else run.epoch + check_epochs(command.epochs))

    @_do.register
    def _(self, command: events.AddEpochs) -> None:
        run = self._held()
        self._train(max(run.target, run.epoch) + check_epochs(command.epochs))

    @_do.register
    def _(self, _: events.Pause) -> None:
        run = self._held()
        if run.epoch < run.target:
            self._outbox.put(events.Paused(epoch=run.epoch, target=run.target))

    @_do.register
    def _(self, _: events.Save) -> None:
        run = self._held()
        if run.base is None:
            raise UserError("there is nothing to save yet: train first")
        run.keep_base(self._outbox)

    def _held(self) -> BenchRun:
        if self._run is None:
            raise UserError("there is no run yet: expected new_run or open_run first")
        return self._run

    def _benched(self, opened: Opened) -> BenchRun:
        """The run that was opened; its directory is given back where it cannot be put on the bench."""
        try:
            return BenchRun(opened.config, self._options, opened)
        except BaseException:
            opened.writer.close()
            raise

    def _bring(self, run: BenchRun) -> None:
        """Puts `run` on the bench in place of the one that is there."""
        if self._run is not None:
            if (problem := self._run.save_again(self._outbox)) is not None:
                self._outbox.notice(f"what was trained since the last checkpoint is lost: {told(problem)}")
            self._run.close()
        self._run = run
        log_to(run.writer.directory if run.writer else None)
        run.announce(self._outbox)

    def _train(self, target: int) -> None:
        run = self._held()
        if run.unsaved is not None and (problem := run.save_again(self._outbox)) is not None:
            self._wait_for_room(run, problem)
            return
        if target <= run.epoch:
            raise UserError(f"epoch {run.epoch} of {target} is reached already: add epochs to go on")
        try:
            outcome = run.train(target, self._inbox, self._outbox)
        except STORAGE_ERRORS:
            run.fall_back()
            raise
        except Exception as error:  # whatever Lightning or torch raises, the user gets a sentence and the log
            log.exception("training failed")
            self._fail(run, f"{type(error).__name__}: {error}", traceback.format_exc())
            return
        if outcome is Outcome.FINISHED:
            self._outbox.put(run.finished_event())
        elif outcome is Outcome.DIVERGED:
            self._fail(run, DIVERGED, "")
        elif run.unsaved is not None:
            self._wait_for_room(run, run.unsaved.problem)
        else:
            self._in_mid_run = True

    def _fail(self, run: BenchRun, cause: str, detail: str) -> None:
        failed_in = run.epoch
        run.fall_back()
        checkpoint = run.base.path.name if run.base else None
        self._outbox.put(events.Failed(epoch=failed_in, cause=cause, detail=detail, checkpoint=checkpoint))

    def _wait_for_room(self, run: BenchRun, problem: Exception) -> None:
        cause = f"{told(problem)}; nothing saved before is damaged, and training goes on once it can save"
        self._outbox.put(events.Paused(epoch=run.epoch, target=run.target, cause=cause))

    def _go_on_if_saved(self) -> None:
        run = self._held()
        if run.save_again(self._outbox) is not None:
            return
        if run.epoch < run.target:
            self._carry_out(events.Train())
        else:
            self._outbox.put(run.finished_event())

    def _stop(self) -> None:
        run = self._run
        if run is not None:
            run.save_again(self._outbox)
        self._outbox.put(
            events.Stopped(
                run=run.writer.directory.name if run and run.writer else None,
                directory=str(run.writer.directory) if run and run.writer else None,
                epoch=run.base.epoch if run and run.base else 0,
                checkpoint=run.base.path.name if run and run.base else None,
            )
        )
        if run is not None:
            run.close()


DIVERGED = (
    "the loss is no longer a finite number: the learning rate is too large for this data; reseed, or start a run with "
    "a smaller one"
)


def told(error: Exception) -> str:
    """A storage error as a sentence."""
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"could not write: {error.strerror or error}{where}"
    if isinstance(error, sqlite3.Error):
        return f"could not write the history: {error}"
    return str(error)
