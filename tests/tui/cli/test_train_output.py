"""What a training without a screen writes, and when."""

from __future__ import annotations

import io

from lstm_engine.protocol.messages import Epochs, TrainingStarted
from tests.support.fake_engine import RUN
from tui.cli.train_output import LineOutput, Received
from tui.cli.train_progress import TrainProgress


def test_lines_come_now_and_then() -> None:
    now = 0.0
    stream = io.StringIO()
    output = LineOutput(stream, clock=lambda: now)
    for second in range(-8, 12):  # the run is opened, with the epochs that it has, long before it is trained
        now = float(second)
        if second == 0:
            started = TrainingStarted(run=RUN, directory="/runs", epoch=0, target=12)
            output.show(Received(b"", started, TrainProgress(target=12)))
        event = Epochs(first_epoch=second, seconds=1, train_loss=[0.5], predictions={}, parameters={})
        output.show(Received(b"", event, TrainProgress(epoch=second, target=12)))
    assert [line.split(",")[0] for line in stream.getvalue().splitlines()] == [
        f"run {RUN}: training from epoch 0 to 12",
        "epoch 5 of 12",
        "epoch 10 of 12",
    ]
