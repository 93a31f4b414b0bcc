"""A run's heart beat: written for those who look on, and told from one that has stopped."""

from __future__ import annotations

import errno
import os
import shutil
import time
from pathlib import Path

import msgspec
import pytest

from lstm_engine.store.holding import pulse as pulses
from lstm_engine.store.holding.pulse import PULSE, STILL, Pulse, PulseFile, is_beating, read_pulse
from tests.support.disk_calls import DiskCalls

TOLD = Pulse(epoch=120, target=2000, state="training", train_loss=0.25, per_second=510.5, watchers=2, beat=7)


class Clock:
    """Both clocks of a host, `ahead` seconds ahead of the folder server's."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, ahead: float = 0.0) -> None:
        self.server = time.time()
        self.ahead = ahead
        self._boot = self.server - 1000
        monkeypatch.setattr(pulses.time, "time", lambda: self.server + self.ahead)
        monkeypatch.setattr(pulses.time, "monotonic", lambda: self.server - self._boot)

    def beats(self, directory: Path) -> None:
        """There is a beat now."""
        file = PulseFile(directory)
        file.write(TOLD)
        os.utime(directory / PULSE, (self.server, self.server))
        os.close(file._folder)


def test_what_is_told_is_read(tmp_path: Path) -> None:
    file = PulseFile(tmp_path)
    assert read_pulse(tmp_path) is None
    for beat in (1, 2):
        told = msgspec.structs.replace(TOLD, beat=beat)
        file.write(told)
        assert read_pulse(tmp_path) == told
    assert [path.name for path in tmp_path.iterdir()] == [PULSE]
    file.close()
    assert list(tmp_path.iterdir()) == []


def test_it_never_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = DiskCalls(monkeypatch)
    file = PulseFile(tmp_path)
    file.write(TOLD)
    file.close()
    assert not [what for what, _ in calls.made if "sync" in what]


def test_others_may_read_it_as_they_may_read_the_run(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        PulseFile(tmp_path).write(TOLD)
    finally:
        os.umask(before)
    assert (tmp_path / PULSE).stat().st_mode & 0o777 == 0o640


def test_a_folder_that_is_gone_does_not_come_back(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    file = PulseFile(run)
    file.write(TOLD)
    shutil.rmtree(run)
    with pytest.raises(FileNotFoundError):
        file.write(TOLD)
    assert not run.exists()
    run.mkdir()
    with pytest.raises(FileNotFoundError):
        file.write(TOLD)
    file.close()
    assert list(run.iterdir()) == []


def test_a_folder_that_is_renamed_takes_it_along(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    file = PulseFile(run)
    run.rename(tmp_path / "other")
    file.write(TOLD)
    assert read_pulse(tmp_path / "other") == TOLD
    file.close()
    assert read_pulse(tmp_path / "other") is None


def test_the_pulse_of_who_came_after_stays(tmp_path: Path) -> None:
    first, second = PulseFile(tmp_path), PulseFile(tmp_path)
    first.write(TOLD)
    second.write(msgspec.structs.replace(TOLD, epoch=121))
    first.close()
    assert read_pulse(tmp_path) == msgspec.structs.replace(TOLD, epoch=121)


def test_on_a_full_disk_the_heart_is_seen_to_beat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = PulseFile(tmp_path)
    file.write(TOLD)
    os.utime(tmp_path / PULSE, (1, 1))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(pulses.os, "fdopen", full)
    with pytest.raises(OSError, match="No space"):
        file.write(TOLD)
    assert [path.name for path in tmp_path.iterdir()] == [PULSE]
    assert (tmp_path / PULSE).stat().st_mtime > 1_000_000
    assert read_pulse(tmp_path) == TOLD


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"epoch": 1}',
        b'{"epoch": -1, "target": 2, "state": "training"}',
        b'{"epoch": 1, "target": 1e300, "state": "training"}',
        b'{"epoch": 1, "target": 9007199254740993, "state": "training"}',
        b'{"epoch": 1, "target": 2, "state": "asleep"}',
        b'{"epoch": 1, "target": 2, "state": "training", "watchers": -2}',
        b'{"epoch": 1, "target": 2, "state": "training", "per_second": -1}',
        b'{"epoch": 1, "target": 2, "state": "training", "updated": "\\u001b[31m"}',
    ],
)
def test_what_no_heart_of_ours_tells_is_none(tmp_path: Path, told: bytes) -> None:
    (tmp_path / PULSE).write_bytes(told)
    assert read_pulse(tmp_path) is None
    assert not is_beating(tmp_path)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_none_at_once(tmp_path: Path, make: object) -> None:
    make(tmp_path / PULSE)  # type: ignore[operator]
    assert read_pulse(tmp_path) is None
    assert not is_beating(tmp_path)


# --- life ------------------------------------------------------------------------------------------------------------


def test_a_heart_stops_a_while_after_its_last_beat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    assert not is_beating(tmp_path)
    clock.beats(tmp_path)
    assert is_beating(tmp_path)
    clock.server += STILL - 1
    assert is_beating(tmp_path)
    clock.server += 2
    assert not is_beating(tmp_path)
    clock.beats(tmp_path)
    assert is_beating(tmp_path)


@pytest.mark.parametrize("ahead", [-86_400.0, 86_400.0])
def test_a_beat_that_is_seen_is_life_whatever_the_clocks_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: float
) -> None:
    clock = Clock(monkeypatch, ahead)
    clock.beats(tmp_path)
    assert is_beating(tmp_path) == (ahead < 0)
    clock.server += 1
    clock.beats(tmp_path)
    for _ in range(3):
        assert is_beating(tmp_path)
        clock.server += STILL / 2 - 1
    clock.server += 5
    assert not is_beating(tmp_path)


@pytest.mark.parametrize("ahead", [-86_400.0, 0.0, 86_400.0])
def test_a_heart_that_is_not_seen_to_beat_for_so_long_has_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: float
) -> None:
    clock = Clock(monkeypatch, ahead)
    clock.beats(tmp_path)
    is_beating(tmp_path)
    clock.server += STILL + 1
    assert not is_beating(tmp_path)


def test_a_run_that_was_given_back_and_taken_again_is_seen_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    clock.beats(tmp_path)
    assert is_beating(tmp_path)
    (tmp_path / PULSE).unlink()
    assert not is_beating(tmp_path)
    clock.beats(tmp_path)
    clock.server += STILL + 1
    assert not is_beating(tmp_path)
