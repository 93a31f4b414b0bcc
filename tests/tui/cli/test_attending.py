"""`lstm-tui attach` and `lstm-tui stop`: which run is meant, and how its engine ends."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from lstm_engine.errors import UserError
from lstm_engine.protocol.audience import Audience
from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.listener import Listener
from lstm_engine.protocol.message import PROTOCOL
from lstm_engine.protocol.messages import Event, Quit, Stopped
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.holding.owner import OWNER, Owner
from tests.support.run_folders import make_run
from tests.support.script import READY, checkpoint
from tui.cli.attending import attended, stop

HERE = socket.gethostname()
SPEAKS = msgspec.structs.replace(READY, protocol=PROTOCOL)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "runs"


@pytest.fixture
def locks() -> Iterator[list[RunLock]]:
    taken: list[RunLock] = []
    yield taken
    for lock in taken:
        lock.release()


def hold(directory: Path, locks: list[RunLock], owner: Owner | None = None) -> None:
    locks.append(RunLock(directory))
    locks[-1].hold()
    if owner is not None:
        (directory / OWNER).write_bytes(msgspec.json.encode(owner))


def test_a_run_is_attached_to_by_its_name_or_its_folder(root: Path, locks: list[RunLock]) -> None:
    run = make_run(root, "calm-lake", state="training")
    hold(run, locks)
    assert attended(root, "calm-lake") == "calm-lake"
    assert attended(root, str(run)) == str(run)


def test_one_that_nobody_has_is_not_attached_to_and_the_way_to_open_it_is_said(root: Path) -> None:
    make_run(root, "calm-lake", state="training")
    with pytest.raises(UserError) as error:
        attended(root, "calm-lake")
    command = f"lstm-tui resume calm-lake --checkpoints {root}"
    assert str(error.value) == f"run calm-lake is not open anywhere: `{command}` opens it"
    with pytest.raises(UserError, match="no run 'lost'"):
        attended(root, "lost")


def test_without_a_name_it_is_the_one_that_trains_or_the_list(root: Path, locks: list[RunLock]) -> None:
    with pytest.raises(UserError, match="no run trains in"):
        attended(root, None)
    for name in ("calm-lake", "bold-hill", "deep-sea"):
        make_run(root, name, state="training")
    with pytest.raises(UserError, match=f"`lstm-tui runs --checkpoints {root}` lists them all"):
        attended(root, None)
    hold(root / "bold-hill", locks)
    assert attended(root, None) == "bold-hill"
    hold(root / "deep-sea", locks)
    assert attended(root, None) is None


class ServedRun:
    """A run with an engine that ends with the given words once it is asked to."""

    def __init__(self, run: Path, folder: Path, locks: list[RunLock], *last_words: Event) -> None:
        inbox = Inbox()
        audience = Audience(inbox)
        audience.put(SPEAKS)
        listener = Listener(folder, audience)
        hold(run, locks, Owner(7, HERE, str(listener.path)))
        self.asked: list[object] = []

        def serve() -> None:
            self.asked.append(inbox.get(timeout=60))
            for event in last_words:
                audience.put(event)
            listener.close()
            audience.close(timeout=60)

        self.thread = threading.Thread(target=serve, daemon=True)
        self.thread.start()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sockets"
    made.mkdir(mode=0o700)
    return made


def stopped(run: Path | None, problem: str = "") -> Stopped:
    if run is None:
        return Stopped(run=None, directory=None, epoch=0, checkpoint=None, problem=problem)
    return Stopped(run=run.name, directory=str(run), epoch=5, checkpoint=checkpoint(5))


def test_stop_says_where_the_run_is_saved_and_how_to_go_on(
    root: Path, folder: Path, locks: list[RunLock], capsys: pytest.CaptureFixture[str]
) -> None:
    run = make_run(root, "calm-lake", state="training")
    served = ServedRun(run, folder, locks, stopped(run))
    assert stop(root, "calm-lake") == 0
    assert served.asked == [Quit()]
    assert capsys.readouterr().out == (
        f"run calm-lake is saved at epoch 5\ncontinue with: lstm-tui resume calm-lake --checkpoints {root}\n"
    )


@pytest.mark.parametrize(
    ("problem", "status", "words"),
    [
        ("the disk is full", 1, "the disk is full; nothing is saved there"),
        ("", 0, "nothing was trained: there is nothing to save"),
    ],
)
def test_stop_says_where_nothing_is_saved(
    root: Path, folder: Path, locks: list[RunLock], capsys: pytest.CaptureFixture[str], problem: str, status: int,
    words: str
) -> None:  # fmt: skip
    run = make_run(root, "calm-lake", state="training")
    ServedRun(run, folder, locks, stopped(None, problem))
    assert stop(root, "calm-lake") == status
    captured = capsys.readouterr()
    assert (captured.out, captured.err.removeprefix("lstm-tui: ").strip()) == ("", words)


def test_an_engine_that_ends_without_a_last_word_is_said_to(
    root: Path, folder: Path, locks: list[RunLock], capsys: pytest.CaptureFixture[str]
) -> None:
    run = make_run(root, "calm-lake", state="training")
    ServedRun(run, folder, locks)
    assert stop(root, "calm-lake") == 1
    assert "the engine of run calm-lake ended without a word: the run stands at its" in capsys.readouterr().err


def test_an_engine_that_does_not_end_is_said_to_and_is_not_waited_for(
    root: Path, folder: Path, locks: list[RunLock], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.cli.attending._PATIENCE", 0.1)
    run = make_run(root, "calm-lake", state="training")
    audience = Audience(Inbox())
    audience.put(SPEAKS)
    listener = Listener(folder, audience)
    hold(run, locks, Owner(7, HERE, str(listener.path)))
    assert stop(root, "calm-lake") == 1
    assert "run calm-lake has not ended within 0.1 s" in capsys.readouterr().err
    listener.close()


def test_stop_of_what_nobody_has_or_nobody_can_reach_says_so(
    root: Path, locks: list[RunLock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.client.reach._PATIENCE", 0.0)
    run = make_run(root, "calm-lake", state="training")
    with pytest.raises(UserError, match="run calm-lake is not open anywhere: there is nothing to stop"):
        stop(root, "calm-lake")
    hold(run, locks, Owner(7, "far"))
    with pytest.raises(UserError, match="run calm-lake is held by process 7 on far"):
        stop(root, "calm-lake")
