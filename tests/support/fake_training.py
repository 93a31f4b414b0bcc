"""A script that tells of a training as the hook does, without PyTorch, of two steps an epoch.

    fake_training.py [--epochs N] [--hold] [--deaf | --mute] [--status N]

It saves at the end of each epoch. --hold: behind the first it waits until it is told to stop, or a file `go` lies in
the run's folder. --deaf: it listens on no socket. --mute: what it is told there it
does not do. It goes on from LSTM_TUI_CKPT, to LSTM_TUI_EPOCHS.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import socket
import sys
import time
from pathlib import Path


class Training:
    """One fit of two steps an epoch."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.run = Path(os.environ["LSTM_TUI_RUN"])
        self.file = os.open(self.run / "events.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.letterbox = socket.socket(socket.AF_UNIX)
        self.letterbox.settimeout(0.01)
        if not options.deaf:
            address = os.environ["LSTM_TUI_SOCKET"]
            with contextlib.suppress(FileNotFoundError):
                Path(address).unlink()
            self.letterbox.bind(address)
            self.letterbox.listen()

    def tell(self, kind: str, **what: object) -> None:
        line = json.dumps({"type": kind, "at": time.time(), **what})
        os.write(self.file, b"\n" + line.encode() + b"\n")

    def save(self, epoch: int, step: int, **more: object) -> None:
        path = self.run / "checkpoints" / f"step={step}.ckpt"
        path.write_text(str(epoch + 1))
        self.tell("checkpoint_written", path=str(path), epoch=epoch, step=step, by="lstm-tui", exact=True, **more)

    def held(self, step: int) -> bool:
        """Whether it is to stop."""
        while not (self.run / "go").exists():
            if self.options.deaf or self.options.mute:
                time.sleep(0.01)
                continue
            try:
                line, _ = self.letterbox.accept()
            except TimeoutError:
                continue
            with line, line.makefile() as commands:
                said = commands.readline()
            if not said:  # an engine that starts knocks at every socket to find dead ones
                continue
            command = json.loads(said)
            if command["type"] == "stop_fit":
                self.save(step // 2 - 1, step, id=command["id"])
                self.tell("stopping", step=step, id=command["id"])
                return True
            self.tell("refused", command=command["type"], reason="it is none", id=command["id"])
        return False

    def fit(self) -> None:
        resumed = os.environ.get("LSTM_TUI_CKPT")
        first = int(Path(resumed).read_text()) if resumed else 0
        last = int(os.environ.get("LSTM_TUI_EPOCHS", self.options.epochs))
        opened = {"trainer": "lightning", "version": "2.6.6", "torch": "2.13.0", "model": "Net", "pid": os.getpid()}
        self.tell("fit_opened", fit=0, stage="fit", resumed_from=resumed, **opened)
        self.tell("fit_started", epoch=first, step=first * 2, max_epochs=last, batches=2)
        reason, epoch = "finished", first
        try:
            while epoch < last:
                step = epoch * 2
                loss = [1 / (step + 1), 1 / (step + 2)]
                self.tell("steps", first=step + 1, step=step + 2, epoch=epoch, batch=1, loss=loss, seconds=0.1)
                self.tell("epoch_ended", epoch=epoch, step=step + 2, metrics={"val_loss": loss[-1]})
                self.save(epoch, step + 2)
                epoch += 1
                if self.options.hold and epoch == first + 1 and self.held(step + 2):
                    reason = "stopped"
                    break
        except KeyboardInterrupt:
            reason = "interrupted"
        self.tell("fit_ended", fit=0, reason=reason, epoch=epoch, step=epoch * 2)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--hold", action="store_true")
    parser.add_argument("--deaf", action="store_true")
    parser.add_argument("--mute", action="store_true")
    parser.add_argument("--status", type=int, default=0)
    options = parser.parse_args()
    print("training")
    Training(options).fit()
    print("done")
    sys.exit(options.status)


if __name__ == "__main__":
    main()
