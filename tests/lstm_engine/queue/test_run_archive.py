from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.queue.run_archive import packed, unpacked
from lstm_engine.store.holding.lock import LOCK
from lstm_engine.store.holding.owner import OWNER


def archive_of(name: str, data: bytes = b"x", kind: bytes = tarfile.REGTYPE) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size, info.type, info.linkname = len(data) if kind == tarfile.REGTYPE else 0, kind, "/etc/passwd"
        archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def test_files_come_back_for_their_user_alone_and_nobody_holds_them(tmp_path: Path) -> None:
    run, home = tmp_path / "run", tmp_path / "home"
    (run / "checkpoints").mkdir(parents=True)
    (run / "checkpoints" / "one.ckpt").write_bytes(b"1" * 1000)
    for name in ("events.jsonl", LOCK, OWNER):
        (run / name).write_text(name)
    (run / "link").symlink_to("/etc/passwd")
    home.mkdir()
    (home / "old").write_text("of before")
    unpacked(packed(run), home)
    assert sorted(path.relative_to(home).as_posix() for path in home.rglob("*")) == [
        "checkpoints",
        "checkpoints/one.ckpt",
        "events.jsonl",
    ]
    assert (home / "checkpoints" / "one.ckpt").read_bytes() == b"1" * 1000
    assert {path.stat().st_mode & 0o777 for path in home.rglob("*") if path.is_file()} == {0o600}
    assert home.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "archive",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no archive at all", id="other"),
        pytest.param(archive_of("run", b"x" * 5000)[:60], id="cut"),
        pytest.param(archive_of("../outside"), id="outside"),
        pytest.param(archive_of("/tmp/outside"), id="absolute"),  # noqa: S108
        pytest.param(archive_of("link", kind=tarfile.SYMTYPE), id="link"),
        pytest.param(archive_of("device", kind=tarfile.CHRTYPE), id="device"),
    ],
)
def test_what_is_no_run_s_files_is_refused_and_what_is_there_stays(archive: bytes, tmp_path: Path) -> None:
    home = tmp_path / "runs" / "home"
    home.mkdir(parents=True)
    (home / "old").write_text("of before")
    with pytest.raises(UserError, match="what came back of a run"):
        unpacked(archive, home)
    assert [path.name for path in (tmp_path / "runs").rglob("*")] == ["home", "old"]
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_engine.queue.run_archive.LARGEST", 999)
    with pytest.raises(UserError, match="holds more than files of its folder"):
        unpacked(archive_of("large", b"0" * 1000), tmp_path / "home")
