"""What a worker does with a member; its program is that of the test, which trains nothing."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lstm_engine.forecast.inputs import PRICES, SETTINGS
from lstm_engine.queue import member_task
from lstm_engine.queue.member_task import MemberOutcome, MemberTask, train_member, version
from lstm_engine.queue.queue_folder import QueueFolder
from lstm_engine.queue.run_archive import packed, unpacked
from lstm_engine.weight_history.history import WEIGHT_HISTORY
from tests.support.queues import made_queue

#: Notes what it was given in the run's folder; then as it is told.
PROGRAM = """
import pathlib, sys
root, run, inputs, _, note = sys.argv[1:]
folder = pathlib.Path(root) / run
folder.mkdir(exist_ok=True)
(folder / "given").write_text(f"{sorted(path.name for path in pathlib.Path(inputs).iterdir())} {note}")
print('{"epoch":1,"epochs":3,"loss":0.5}', flush=True)
"""


@dataclasses.dataclass
class Home:
    is_stopping: bool = False
    stops_when_told: bool = False
    prices: bytes = b"prices"
    put_aside: bytes = b""
    told: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def put(self, archive: bytes) -> None:
        self.put_aside = archive

    def tell(self, told: dict[str, Any]) -> None:
        self.told.append(told)
        self.is_stopping = self.stops_when_told


@pytest.fixture
def queue(tmp_path: Path) -> QueueFolder:
    return made_queue(tmp_path)


def carries_out(monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    monkeypatch.setattr(member_task, "_PROGRAM", (sys.executable, "-c", PROGRAM + more))


def task(queue: QueueFolder, **changed: Any) -> MemberTask:
    settings = msgspec.json.encode(queue.members[0].settings)
    asked = MemberTask(
        version=version(), queue=str(queue.path), token=queue.token, run="luck-1", settings=settings, note="#luck"
    )
    return msgspec.structs.replace(asked, **changed)


def test_on_the_same_disk_the_run_is_trained_where_it_is_wanted(
    queue: QueueFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    carries_out(monkeypatch)
    home = Home()
    assert train_member(task(queue), home) == MemberOutcome(state="done")
    assert (queue.path.parent / "luck-1" / "given").read_text() == f"{[PRICES, SETTINGS]} #luck"
    assert home.told == [{"epoch": 1, "epochs": 3, "loss": 0.5}]
    assert home.put_aside == b""


def test_on_another_disk_it_comes_home_as_an_archive_and_nothing_is_left(
    queue: QueueFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    carries_out(monkeypatch)
    outcome = train_member(task(queue, token="another"), Home())  # noqa: S106
    assert outcome.state == "done"
    assert outcome.archive
    assert not (queue.path.parent / "luck-1").exists()
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("kept_by", ["the one before", "the queue"])
def test_on_another_disk_it_goes_on_from_what_was_put_aside(
    kept_by: str, queue: QueueFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run = tmp_path / "before"
    run.mkdir()
    (run / "begun").write_text("so far")
    carries_out(monkeypatch, "\nassert (folder / 'begun').read_text() == 'so far'")
    home, archive = Home(), packed(run)
    if kept_by == "the one before":
        home.put(archive)
        archive = b""
    assert train_member(task(queue, token="another", archive=archive), home).state == "done"  # noqa: S106


def test_a_long_training_on_another_disk_is_put_aside_now_and_then(
    queue: QueueFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(member_task, "_ASIDE_EVERY", 0.0)
    history = f"(folder / {WEIGHT_HISTORY!r}).write_text('of every epoch')"
    carries_out(monkeypatch, f"\n{history}\nprint('{{}}', flush=True)")
    home = Home()
    train_member(task(queue, token="another"), home)  # noqa: S106
    unpacked(home.put_aside, queue.path.parent / "aside")
    assert [path.name for path in (queue.path.parent / "aside").iterdir()] == ["given"]


def test_who_is_told_to_stop_has_the_run_saved(queue: QueueFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    carries_out(monkeypatch, "\nassert sys.stdin.read() == ''; sys.exit(130)")
    assert train_member(task(queue), Home(stops_when_told=True)) == MemberOutcome(state="stopped")
    carries_out(monkeypatch, "\nraise AssertionError")
    assert train_member(task(queue), Home(is_stopping=True)) == MemberOutcome(state="stopped")


def test_a_failure_has_its_cause(queue: QueueFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    carries_out(monkeypatch, "\nsys.stderr.write('first\\nit diverged\\n'); sys.exit(1)")
    assert train_member(task(queue), Home()) == MemberOutcome(state="failed", cause="it diverged")
    carries_out(monkeypatch, "\nsys.exit(7)")
    assert train_member(task(queue), Home()).cause == "its process ended with status 7"


def test_another_version_is_refused(queue: QueueFolder) -> None:
    outcome = train_member(task(queue, version="9.9 (1)"), Home())
    assert outcome.state == "failed"
    assert outcome.cause == f"this worker has lstm-tui {version()}, and the sweep was begun by 9.9 (1)"
    assert not (queue.path.parent / "luck-1").exists()


def test_an_error_here_ends_the_process(queue: QueueFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(Home):
        def tell(self, told: dict[str, Any]) -> None:
            super().tell(told)
            raise OSError("nobody at home")

    carries_out(monkeypatch, "\nsys.stdin.read(); (folder / 'saved').touch()")
    with pytest.raises(OSError, match="nobody at home"):
        train_member(task(queue), Gone())
    assert (queue.path.parent / "luck-1" / "saved").exists()
