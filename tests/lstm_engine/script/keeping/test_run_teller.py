"""The pulse and the summary of a script's run."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.script.keeping.event_writer import EventWriter
from lstm_engine.script.keeping.run_teller import RunTeller
from lstm_engine.script.vocabulary.fit_events import FitOpened, FitStarted, Steps
from lstm_engine.store.directory import SUMMARY, read_summary
from lstm_engine.store.holding.pulse import PULSE, read_pulse


def steps(step: int, epoch: int) -> Steps:
    return Steps(first=step, step=step, epoch=epoch, batch=0, loss=(1 / step,))


def test_it_tells_how_far_and_how_fast(tmp_path: Path) -> None:
    now = [0.0]
    events, teller = EventWriter(tmp_path), RunTeller(tmp_path, lambda: now[0])
    teller.look()
    assert read_pulse(tmp_path) is not None
    events.tell(FitOpened(fit=0, stage="fit", trainer="lightning", version="2", torch="2", model="Net", pid=1))
    events.tell(FitStarted(epoch=0, step=0, max_epochs=9))
    for second in range(1, 6):
        now[0] = second
        events.tell(steps(second * 20, second))
        teller.look()
    pulse, summary = read_pulse(tmp_path), read_summary(tmp_path)
    assert pulse is not None
    assert summary is not None
    assert (pulse.epoch, pulse.target, pulse.state, pulse.train_loss) == (5, 9, "training", 0.01)
    assert (pulse.per_second, pulse.steps_per_second) == (1.0, 20.0)
    assert (summary.model, summary.state) == ("Net", "training")
    events.tell(FitStarted(epoch=0, step=0, max_epochs=2))  # the script's second fit
    teller.look()
    told = read_pulse(tmp_path)
    assert told is not None
    assert (told.epoch, told.steps_per_second) == (0, None)
    teller.end()
    assert not (tmp_path / PULSE).exists()


def test_what_could_not_be_written_is_written_later(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    teller = RunTeller(run)
    run.rename(tmp_path / "away")
    teller.look()
    assert not (tmp_path / "away" / SUMMARY).exists()
    (tmp_path / "away").rename(run)
    teller.look()
    assert read_summary(run) is not None
