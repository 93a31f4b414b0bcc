"""The engine's command loop: one command after another, each answered by events."""

from __future__ import annotations

import logging
import secrets
import traceback
from functools import singledispatchmethod
from pathlib import Path
from typing import TypeAlias

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.protocol import messages
from lstm_engine.protocol.channel import Inbox, Outbox
from lstm_engine.run.config import LARGEST_SEED, check_epochs, validated
from lstm_engine.service.active_run import ActiveRun, Diverged, Finished, Interrupted
from lstm_engine.service.engine_ready import engine_ready
from lstm_engine.service.out_of_range import divergence, out_of_range
from lstm_engine.service.run_saver import Unsaved
from lstm_engine.service.saving_options import SavingOptions
from lstm_engine.service.starts.branching import branch_at
from lstm_engine.service.starts.opened import Base, Opened
from lstm_engine.service.starts.opening import open_checkpoint, open_run
from lstm_engine.service.storage_problem import storage_problem
from lstm_engine.service.take_up import take_up
from lstm_engine.service.untrained_run import UntrainedRun
from lstm_engine.store.directory import check_free, find_run
from lstm_engine.store.holding.held_folder import FolderGoneError
from lstm_engine.store.holding.lock import InUseError
from lstm_engine.store.writer import STORAGE_ERRORS
from lstm_engine.text import printable

log = logging.getLogger(__name__)

#: Seconds between attempts to save while the disk is full or gone.
RETRY_EVERY = 1.0

Run: TypeAlias = UntrainedRun | ActiveRun


class Engine:
    """Holds one run and carries out commands until Quit."""

    def __init__(self, options: SavingOptions, inbox: Inbox, outbox: Outbox) -> None:
        self._options = options
        self._inbox = inbox
        self._outbox = outbox
        self._run: Run | None = None
        # A Trainer was stopped at an epoch's end, so that the command that came in can be carried out.
        self._in_mid_run = False

    def serve(self) -> None:
        """Carries out commands; returns after Quit, everything saved that can be."""
        self._outbox.put(engine_ready())
        signal = None
        while signal is None:
            signal = self._step()
        self._stop(signal)

    def _step(self) -> str | None:
        """Carries out the next command; the name of the signal, or nothing, once it is time to end."""
        unsaved = self._run if isinstance(self._run, ActiveRun) and self._run.unsaved is not None else None
        if self._outbox.is_deserted and not self._inbox:
            if unsaved is None:
                return ""
            if unsaved.is_gone:
                self._carry_out(messages.Save())
                return ""
        command = self._inbox.get(None if unsaved is None else RETRY_EVERY)
        if isinstance(command, messages.Quit):
            return command.signal
        if command is not None:
            self._carry_out(command)
        elif unsaved is not None:
            self._go_on_if_saved(unsaved)
        return None

    def _carry_out(self, command: messages.Command) -> None:
        in_mid_run, self._in_mid_run = self._in_mid_run, False
        try:
            self._do(command)
            return
        except InUseError as error:
            self._refuse(command, str(error), error.run)
        except UserError as error:
            self._refuse(command, str(error))
        except STORAGE_ERRORS as error:
            self._refuse(command, storage_problem(error))
        if in_mid_run:  # a command that is refused changes nothing
            self._carry_out(messages.Train())

    def _refuse(self, command: messages.Command, reason: str, run: str | None = None) -> None:
        kind = str(command.__struct_config__.tag)
        refused = messages.Refused(command=kind, reason=printable(reason), elsewhere=run)
        self._outbox.refuse(refused, self._inbox.asker)

    @singledispatchmethod
    def _do(self, command: messages.Command) -> None:
        raise UserError(f"{type(command).__name__} is not a command of this engine")

    @_do.register
    def _(self, command: messages.NewRun) -> None:
        if command.name is not None:
            check_free(command.name, self._options.checkpoints)
        self._replace_run(UntrainedRun(validated(command.config), command.name))

    @_do.register
    def _(self, command: messages.OpenRun) -> None:
        try:
            self._open(command)
        except (UserError, *STORAGE_ERRORS):
            raise
        except Exception as error:  # whatever is in there, the active run must not go down with it
            log.exception("%s could not be opened", command.source)
            what = f"{type(error).__name__}: {error}"
            raise UserError(f"{command.source} cannot be opened ({what}): expected a run or a checkpoint") from error

    def _open(self, command: messages.OpenRun) -> None:
        path, options = Path(command.source), self._options
        if path.suffix == ".ckpt" or path.is_file():
            if self._run is not None and self._run.base is not None and self._run.base.path == path.resolve():
                self._run.announce(self._outbox)
                return
            opened = open_checkpoint(path, options.checkpoints, command.config, options.keep, self._outbox.notice)
        else:
            directory = find_run(options.checkpoints, command.source)
            if self._run is not None and self._run.directory == directory:
                self._run.announce(self._outbox)
                return
            opened = open_run(directory, options.keep, self._outbox.notice)
        self._replace_run(_activated(opened))

    @_do.register
    def _(self, command: messages.Reseed) -> None:
        seed = secrets.randbelow(LARGEST_SEED + 1) if command.seed is None else command.seed
        config = validated(msgspec.structs.replace(self._held().config, seed=seed))
        self._replace_run(UntrainedRun(config))

    @_do.register
    def _(self, command: messages.Branch) -> None:
        run, options = self._held(), self._options
        if run.directory is None:
            raise UserError("there is nothing to branch from yet: train first")
        epochs = None if command.epochs is None else check_epochs(command.epochs)
        opened = branch_at(run.directory, run.config, command, options.keep, self._inbox, self._outbox.progress)
        self._replace_run(_activated(opened))
        if epochs is not None:
            self._train(self._held().epoch + epochs)

    @_do.register
    def _(self, command: messages.Train) -> None:
        run = self._held()
        self._train(run.target if command.epochs is None else run.epoch + check_epochs(command.epochs))

    @_do.register
    def _(self, command: messages.AddEpochs) -> None:
        run = self._held()
        self._train(max(run.target, run.epoch) + check_epochs(command.epochs))

    @_do.register
    def _(self, _: messages.Pause) -> None:
        run = self._held()
        if run.epoch < run.target:
            self._outbox.put(messages.Paused(epoch=run.epoch, target=run.target))

    @_do.register
    def _(self, _: messages.Save) -> None:
        run = self._held()
        if isinstance(run, ActiveRun) and run.is_gone:
            self._save_anew(run)
        elif run.base is None:
            raise UserError("there is nothing to save yet: train first")
        else:
            run.keep_base(self._outbox)

    def _save_anew(self, run: ActiveRun) -> None:
        """Goes over to a new run of what is in memory, where the directory of this one is gone."""
        anew = _activated(run.saved_anew(self._options))
        run.close()
        self._hold(anew)
        anew.announce(self._outbox)
        self._outbox.notice(
            f"the folder of run {run.directory.name} is gone: what was in memory is saved as run "
            f"{anew.directory.name}, at epoch {anew.epoch}"
        )

    def _held(self) -> Run:
        if self._run is None:
            raise UserError("there is no run yet: expected new_run or open_run first")
        return self._run

    def _replace_run(self, run: Run) -> None:
        """Gives back the run that is held, and holds `run`."""
        if isinstance(self._run, ActiveRun):
            if isinstance(unsaved := self._run.save_again(self._outbox), Unsaved):
                problem = storage_problem(unsaved.problem)
                self._outbox.notice(f"what was trained since the last checkpoint is lost: {problem}")
            self._run.close()
        is_news = self._run is None or self._run.config.data != run.config.data
        self._hold(run)
        run.announce(self._outbox)
        if is_news and (warning := out_of_range(run.config.data)):
            self._outbox.notice(warning)

    def _active(self) -> ActiveRun:
        """The run that is held, on disk from here on. Raises OSError, sqlite3.Error where it cannot be put there."""
        run = self._held()
        if isinstance(run, UntrainedRun):
            run = ActiveRun.create(run, self._options)
            self._hold(run)
        return run

    def _hold(self, run: Run) -> None:
        self._run = run
        take_up(run.directory, self._options.on_hangup, self._outbox)

    def _train(self, target: int) -> None:
        run = self._held()
        if isinstance(run, ActiveRun) and isinstance(unsaved := run.save_again(self._outbox), Unsaved):
            self._wait_for_room(run, unsaved)
            return
        if target <= run.epoch:
            raise UserError(f"epoch {run.epoch} of {target} is reached already: add epochs to go on")
        try:
            run = self._active()
            outcome = run.train(target, self._options.save_every, self._inbox, self._outbox)
        except STORAGE_ERRORS:
            run.fall_back()
            raise
        except Exception as error:  # whatever Lightning or torch raises, the user gets a sentence and the log
            log.exception("training failed")
            self._fail(run, f"{type(error).__name__}: {error}", traceback.format_exc())
            return
        match outcome:
            case Finished(base):
                self._outbox.put(run.finished_event(base))
            case Diverged():
                self._fail(run, divergence(run.config.data), "")
            case Unsaved():
                self._wait_for_room(run, outcome)
            case Interrupted():
                self._in_mid_run = True

    def _fail(self, run: Run, cause: str, detail: str) -> None:
        failed_in = run.epoch
        run.fall_back()
        checkpoint = run.base.path.name if run.base else None
        self._outbox.put(messages.Failed(epoch=failed_in, cause=cause, detail=detail, checkpoint=checkpoint))

    def _wait_for_room(self, run: ActiveRun, unsaved: Unsaved) -> None:
        cause = storage_problem(unsaved.problem)
        if isinstance(unsaved.problem, FolderGoneError):
            self._outbox.put(messages.Paused(epoch=run.epoch, target=run.target, cause=cause, folder_gone=True))
            return
        cause += "; nothing saved before is damaged, and training goes on once it can save"
        self._outbox.put(messages.Paused(epoch=run.epoch, target=run.target, cause=cause))

    def _go_on_if_saved(self, run: ActiveRun) -> None:
        base = run.save_again(self._outbox)
        if not isinstance(base, Base):
            return
        if run.epoch < run.target:
            self._carry_out(messages.Train())
        else:
            self._outbox.put(run.finished_event(base))

    def _stop(self, signal: str) -> None:
        run = self._run
        if not isinstance(run, ActiveRun):
            self._outbox.put(messages.Stopped(run=None, directory=None, epoch=0, checkpoint=None, signal=signal))
            return
        run.save_again(self._outbox)
        try:
            run.check_saved()
        except OSError as error:
            problem = printable(storage_problem(error))
            stopped = messages.Stopped(
                run=None, directory=None, epoch=0, checkpoint=None, signal=signal, problem=problem
            )
        else:
            stopped = messages.Stopped(
                run=run.directory.name,
                directory=str(run.directory),
                epoch=run.base.epoch if run.base else 0,
                checkpoint=run.base.path.name if run.base else None,
                signal=signal,
            )
        self._outbox.put(stopped)
        run.close()


def _activated(opened: Opened) -> ActiveRun:
    """The run that was opened; its directory is given back where no model can be made of it."""
    try:
        return ActiveRun(UntrainedRun(opened.config), opened)
    except BaseException:
        opened.writer.close()
        raise
