"""What each command does, and behind which step."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lstm_engine.hook.lstm_tui_hook.steering import steering as module
from lstm_engine.hook.lstm_tui_hook.steering.command import Command
from lstm_engine.hook.lstm_tui_hook.steering.steering import Steering


class _Meeting:
    """Hands out what it is given, behind the next batch and in a pause."""

    def __init__(self) -> None:
        self.batch: list[Command] = []
        self.pause: list[list[Command]] = []
        self.several, self.open = False, True

    def behind_batch(self, _: Any) -> list[Command]:
        found, self.batch = self.batch, []
        return found

    def in_pause(self, trainer: Any) -> list[Command]:
        if not self.pause:
            trainer.received_sigterm = True
            return []
        return self.pause.pop(0)


class Desk:
    """A steering with everything around it made for the test."""

    def __init__(self, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.watched: list[Any] = []
        self.saved: list[Path] = []
        self.in_the_way = False
        self.meeting = _Meeting()
        self.checkpoints = SimpleNamespace(by="", id=None)
        steps = SimpleNamespace(tell=lambda _: None, go_on=lambda: None)
        loop = SimpleNamespace(min_epochs=3, max_epochs=9, epoch_loop=SimpleNamespace(min_steps=None, max_steps=-1))
        self.trainer: Any = SimpleNamespace(
            current_epoch=1,
            global_step=7,
            world_size=1,
            global_rank=0,
            should_stop=False,
            received_sigterm=False,
            optimizers=[],
            lr_scheduler_configs=[],
            fit_loop=loop,
            max_epochs=9,
            max_steps=-1,
            num_training_batches=10,
            accumulate_grad_batches=1,
            save_checkpoint=self.save,
        )
        monkeypatch.setattr(module, "_something_in_the_way", lambda _: self.in_the_way)
        self.steering = Steering(
            lambda kind, **fields: self.told.append((kind, fields)),
            str(run),
            self.meeting,  # type: ignore[arg-type]
            self.checkpoints,  # type: ignore[arg-type]
            steps,  # type: ignore[arg-type]
            lambda **said: self.watched.append(said),
        )

    def save(self, path: Path) -> None:
        path.write_text(self.checkpoints.by)
        self.saved.append(path)

    def batch(self, *commands: Command) -> list[str]:
        """What was told behind a batch with these commands."""
        self.meeting.batch = list(commands)
        self.told.clear()
        self.steering.behind_batch(self.trainer, 3)
        return [kind for kind, _ in self.told]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def command(kind: str, **fields: Any) -> Command:
    return Command(kind, f"id of {kind}", fields)


def test_a_save_waits_for_a_step_from_which_it_is_exact(desk: Desk) -> None:
    desk.in_the_way = True
    desk.batch(command("save_checkpoint"))
    assert desk.saved == []
    desk.in_the_way = False
    desk.batch()
    (path,) = desk.saved
    assert path.name == "step=7.ckpt"
    assert path.read_text() == "lstm-tui"
    assert path.stat().st_mode & 0o777 == 0o600
    assert (desk.checkpoints.by, desk.checkpoints.id) == ("", None)
    desk.batch()
    assert len(desk.saved) == 1


def test_a_save_waits_no_longer_than_the_epoch_s_end(desk: Desk) -> None:
    desk.in_the_way = True
    desk.batch(command("save_checkpoint"))
    desk.steering.behind_epoch(desk.trainer)
    assert len(desk.saved) == 1


def test_a_stop_saves_before_it_stops_whatever_the_script_s_least_is(desk: Desk) -> None:
    desk.batch(command("stop_fit"))
    assert len(desk.saved) == 1
    assert desk.trainer.should_stop
    assert desk.trainer.fit_loop.min_epochs in (0, None)


def test_what_cannot_be_saved_is_refused_and_stops_nothing(desk: Desk) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    desk.trainer.save_checkpoint = full
    desk.batch(command("stop_fit"))
    refusals = [fields for kind, fields in desk.told if kind == "refused"]
    assert [fields["id"] for fields in refusals] == ["id of stop_fit"]
    assert "No space left on device" in str(refusals)
    assert not desk.trainer.should_stop


def test_a_pause_holds_behind_the_step_until_it_is_to_go_on(desk: Desk) -> None:
    desk.meeting.pause = [[], [command("scale_lr", factor=2.0)], [command("go")], [command("never heard")]]
    kinds = desk.batch(command("pause", at_epoch=False))
    assert kinds[0] == "paused"
    assert "refused" in kinds  # there is no optimiser: it is heard in a pause, too
    assert kinds[-1] == "going"
    assert desk.meeting.pause == [[command("never heard")]]


def test_a_pause_at_an_epoch_waits_for_its_end(desk: Desk) -> None:
    desk.meeting.pause = [[command("go")]]
    assert "paused" not in desk.batch(command("pause", at_epoch=True))
    desk.told.clear()
    desk.steering.behind_epoch(desk.trainer)
    assert desk.told[0][0] == "paused"


def test_a_process_that_is_to_end_leaves_its_pause(desk: Desk) -> None:
    assert "paused" in desk.batch(command("pause", at_epoch=False))
    assert desk.trainer.received_sigterm


def test_a_target_is_moved_and_told(desk: Desk) -> None:
    desk.batch(command("set_target", max_epochs=12, max_steps=None))
    assert desk.trainer.fit_loop.max_epochs == 12
    assert [fields["id"] for _, fields in desk.told] == ["id of set_target"]


def test_layers_are_watched_for_as_long_as_is_said(desk: Desk) -> None:
    desk.batch(command("watch_layers", seconds=2.0, updates=True, gates=False, sample=0))
    assert desk.watched == [{"seconds": 2.0, "updates": True, "gates": False, "sample": 0}]


def test_what_was_said_wrongly_is_refused(desk: Desk) -> None:
    desk.batch(Command("exec", "7", problem="this hook does not know it"))
    assert [(kind, fields["id"]) for kind, fields in desk.told] == [("refused", "7")]


def test_what_the_end_of_the_fit_leaves_undone_is_refused(desk: Desk) -> None:
    desk.in_the_way = True
    desk.batch(command("save_checkpoint"), command("pause", at_epoch=True))
    desk.told.clear()
    desk.steering.end()
    assert {fields["id"] for kind, fields in desk.told if kind == "refused"} == {
        "id of save_checkpoint",
        "id of pause",
    }
