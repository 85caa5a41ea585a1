"""Ghi tệp không mất: the calls of the store are recorded, and every disk a power cut could leave behind is looked at.

A legal disk after a cut holds all that was synced and any part of what was not: bytes may be missing or torn, entries
of folders may be missing. The same checker is shown stores that skip a step, and must catch each of them.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from app.storage import backends
from app.storage.backends import BlobDamaged, Disk, DiskStore, StorageFull, verified
from app.storage.refusals import TooLarge
from tests.unit.storage.conftest import files_under

DATA = os.urandom(300_000)
SHA256 = hashlib.sha256(DATA).hexdigest()
ACK = ("ack",)
Call = tuple[object, ...]


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several writes to a file, each of which may be lost by itself."""
    monkeypatch.setattr(backends, "_CHUNK", 64 * 1024)


class Recorder(Disk):
    """Does the calls and notes them."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._paths: dict[int, Path] = {}

    def create(self, path):
        fd = super().create(path)
        self._paths[fd] = path
        self.calls.append(("create", path))
        return fd

    def write(self, fd, data):
        super().write(fd, data)
        self.calls.append(("write", self._paths[fd], bytes(data)))

    def sync(self, fd):
        super().sync(fd)
        self.calls.append(("sync", self._paths[fd]))

    def rename(self, source, target):
        super().rename(source, target)
        self.calls.append(("rename", source, target))

    def make_folder(self, path):
        if not path.exists():
            self.calls.append(("make_folder", path))
        super().make_folder(path)

    def sync_folder(self, path):
        super().sync_folder(path)
        self.calls.append(("sync_folder", path))

    def remove(self, path):
        super().remove(path)
        self.calls.append(("remove", path))


class WithoutSync(Recorder):
    def sync(self, fd): ...


class WithoutFolderSync(Recorder):
    def sync_folder(self, path): ...


class WithoutParentSync(Recorder):
    """Syncs the folder of the file, not the folders that lead to it."""

    def sync_folder(self, path):
        if len(path.name) == 2 and len(path.parent.name) == 2:
            super().sync_folder(path)


class RenamesFirst(Recorder):
    """Syncs, but after the rename."""

    def sync(self, fd):
        self._late = fd

    def rename(self, source, target):
        super().rename(source, target)
        self._paths[self._late] = target
        super().sync(self._late)


@dataclass
class _File:
    synced: bytes = b""
    written: list[bytes] = field(default_factory=list)


class Model:
    """What the disk may hold: files, and entries of folders, each synced or not."""

    def __init__(self, calls: list[Call]) -> None:
        self.files: dict[Path, _File] = {}  # by the path a process sees
        self.entries: list[tuple[Path, Path, object, bool]] = []  # folder, name, file/"folder"/None, synced
        for call in calls:
            if call != ACK:
                getattr(self, f"_{call[0]}")(*call[1:])

    def _create(self, path):
        self.files[path] = _File()
        self._enter(path, self.files[path])

    def _write(self, path, data):
        self.files[path].written.append(data)

    def _sync(self, path):
        file = self.files[path]
        file.synced += b"".join(file.written)
        file.written.clear()

    def _rename(self, source, target):
        self.files[target] = self.files.pop(source)
        self._enter(target, self.files[target])
        self._enter(source, None)

    def _make_folder(self, path):
        self._enter(path, "folder")

    def _remove(self, path):
        self.files.pop(path, None)
        self._enter(path, None)

    def _sync_folder(self, path):
        self.entries = [
            (folder, name, what, synced or folder == path) for folder, name, what, synced in self.entries
        ]

    def _enter(self, path, what):
        self.entries.append((path.parent, path, what, False))

    def after_cut(self, chance: random.Random) -> dict[Path, object]:
        """One disk a cut may leave: path → bytes or "folder"."""
        seen: dict[Path, object] = {}
        for _folder, name, what, synced in self.entries:
            if synced or chance.random() < 0.5:
                seen.pop(name, None)
                if what is not None:
                    seen[name] = what if what == "folder" else self._bytes(what, chance)
        return seen

    @staticmethod
    def _bytes(file: _File, chance: random.Random) -> bytes:
        kept = [piece if chance.random() < 0.5 else bytes(len(piece)) for piece in file.written]
        if kept and chance.random() < 0.5:
            kept[-1] = kept[-1][: max(0, len(kept[-1]) - 512)]
        return file.synced + b"".join(kept)


def _states(calls: list[Call], seed: int, per_prefix: int = 100) -> Iterator[tuple[bool, dict[Path, object]]]:
    chance = random.Random(seed)
    for cut in range(len(calls) + 1):
        prefix = calls[:cut]
        for _ in range(per_prefix):
            yield ACK in prefix, Model(prefix).after_cut(chance)


def _faults(root: Path, calls: list[Call], seed: int = 20261123) -> list[str]:
    """All that is wrong with the disks a cut may leave."""
    final = root / SHA256[:2] / SHA256[2:4] / SHA256
    faults, looked_at, lossy = [], 0, 0
    for is_acknowledged, disk in _states(calls, seed):
        looked_at += 1
        is_there = (
            final in disk and disk.get(final.parent) == "folder" and disk.get(final.parent.parent) == "folder"
        )
        lossy += not is_there
        if is_acknowledged and not is_there:
            faults.append("acknowledged, yet gone")
        if is_there and disk[final] != DATA:
            faults.append("in place, yet torn")
    assert looked_at >= 1_000
    assert lossy, "the cut cut nothing"
    return faults


def _store(root: Path, disk: Recorder) -> list[Call]:
    store = DiskStore(root, disk)
    disk.calls.clear()
    with store.receive(io.BytesIO(DATA), limit=len(DATA)) as incoming:
        incoming.keep()
    disk.calls.append(ACK)
    return disk.calls


def test_the_order_of_calls(tmp_path: Path):
    calls = [str(call[0]) for call in _store(tmp_path, Recorder())]
    assert [c for c in calls if c != "write"] == [
        "create", "sync", "make_folder", "make_folder", "rename", "sync_folder", "sync_folder", "sync_folder", "ack",
    ]  # fmt: skip
    assert calls[1] == "write", "written before the first sync"


def test_what_was_acknowledged_survives_a_power_cut(tmp_path: Path):
    assert _faults(tmp_path, _store(tmp_path, Recorder())) == []


@pytest.mark.parametrize(
    ("sabotage", "fault"),
    [(WithoutSync, "in place, yet torn"), (WithoutFolderSync, "acknowledged, yet gone"),
     (WithoutParentSync, "acknowledged, yet gone"), (RenamesFirst, "in place, yet torn")],
)  # fmt: skip
def test_a_store_that_skips_a_step_is_caught(tmp_path: Path, sabotage: type[Recorder], fault: str):
    assert fault in _faults(tmp_path, _store(tmp_path, sabotage()))


def test_a_second_upload_of_the_same_bytes_waits_for_its_own_sync(tmp_path: Path):
    """Another process may have renamed and not synced yet: to find the file there is no promise."""
    recorder = Recorder()
    _store(tmp_path, recorder)
    calls = [str(call[0]) for call in _store(tmp_path, recorder)]
    assert calls[-5:] == ["rename", "sync_folder", "sync_folder", "sync_folder", "ack"]
    assert "sync" in calls


class Failing(Disk):
    """The n-th call of one kind fails."""

    def __init__(self, kind: str, code: int) -> None:
        self.kind, self.code, self.fired = kind, code, 0

    def _maybe(self, kind: str) -> None:
        if kind == self.kind:
            self.fired += 1
            raise OSError(self.code, os.strerror(self.code))

    def write(self, fd, data):
        self._maybe("write")
        super().write(fd, data)

    def sync(self, fd):
        self._maybe("sync")
        super().sync(fd)

    def rename(self, source, target):
        self._maybe("rename")
        super().rename(source, target)

    def make_folder(self, path):
        self._maybe("make_folder")
        super().make_folder(path)

    def sync_folder(self, path):
        self._maybe("sync_folder")
        super().sync_folder(path)


@pytest.mark.parametrize("kind", ["write", "sync", "make_folder", "rename", "sync_folder"])
@pytest.mark.parametrize(
    ("code", "error"), [(errno.ENOSPC, StorageFull), (errno.EDQUOT, StorageFull), (errno.EIO, OSError)]
)
def test_a_failing_disk_is_never_acknowledged(tmp_path: Path, kind: str, code: int, error: type[Exception]):
    disk = Failing(kind, code)
    store = DiskStore(tmp_path, disk)
    with pytest.raises(error), store.receive(io.BytesIO(DATA), limit=len(DATA)) as incoming:
        incoming.keep()
    assert disk.fired == 1
    assert [name for name in files_under(tmp_path) if name.startswith("incoming")] == []


def test_a_full_disk_answers_507_in_words():
    assert StorageFull.status == 507
    assert "Hết dung lượng" in StorageFull().sentence


def test_one_byte_too_many_leaves_nothing(tmp_path: Path):
    with pytest.raises(TooLarge):
        DiskStore(tmp_path).receive(io.BytesIO(DATA), limit=len(DATA) - 1)
    assert files_under(tmp_path) == []


def test_leaving_without_keeping_removes_the_temporary_file(tmp_path: Path):
    with DiskStore(tmp_path).receive(io.BytesIO(DATA), limit=len(DATA)) as incoming:
        assert len(files_under(tmp_path)) == 1
        assert incoming.sha256 == SHA256
    assert files_under(tmp_path) == []


@pytest.fixture
def kept(tmp_path: Path) -> DiskStore:
    store = DiskStore(tmp_path)
    with store.receive(io.BytesIO(DATA), limit=len(DATA)) as incoming:
        incoming.keep()
    return store


def test_files_are_for_the_owner_only(kept: DiskStore):
    path = kept.path(SHA256, len(DATA))
    assert path is not None
    assert [oct(p.stat().st_mode & 0o777) for p in (path, path.parent, path.parent.parent)] == [
        "0o600",
        "0o700",
        "0o700",
    ]


def test_a_changed_file_is_noticed_by_size_or_by_hash(kept: DiskStore):
    path = kept.path(SHA256, len(DATA))
    assert path is not None
    path.write_bytes(DATA[:-1] + bytes([DATA[-1] ^ 1]))
    read: list[bytes] = []
    with pytest.raises(BlobDamaged):
        read.extend(verified(kept.open(SHA256, len(DATA)), SHA256))
    assert 0 < len(b"".join(read)) < len(DATA), "the last piece is withheld"
    path.write_bytes(DATA[:-1])
    with pytest.raises(BlobDamaged):
        kept.open(SHA256, len(DATA))
    path.unlink()
    with pytest.raises(BlobDamaged):
        kept.path(SHA256, len(DATA))


def test_verified_reading_of_a_good_file(kept: DiskStore):
    assert b"".join(verified(kept.open(SHA256, len(DATA)), SHA256)) == DATA


def test_no_path_comes_from_text(kept: DiskStore):
    for name in ("../../etc/passwd", "a" * 63, "A" * 64, "", SHA256 + "\n"):
        with pytest.raises(ValueError):
            kept.open(name, 1)


def test_orphans_are_older_than_a_day(kept: DiskStore, tmp_path: Path):
    day, now = timedelta(hours=24), time.time()
    path = kept.path(SHA256, len(DATA))
    assert path is not None
    os.utime(path, (now, now - 23 * 3600))
    assert list(kept.orphans(day)) == []
    os.utime(path, (now, now - 25 * 3600))
    assert list(kept.orphans(day)) == [SHA256]
    assert kept.remove(SHA256, day)
    assert files_under(tmp_path) == []


def test_an_orphan_stored_again_meanwhile_stays(kept: DiskStore):
    day, now = timedelta(hours=24), time.time()
    path = kept.path(SHA256, len(DATA))
    assert path is not None
    os.utime(path, (now, now - 25 * 3600))
    assert list(kept.orphans(day)) == [SHA256]
    with kept.receive(io.BytesIO(DATA), limit=len(DATA)) as incoming:
        incoming.keep()
    os.utime(path, (now, now))  # the tests' clock stands still, the file system's does not
    assert not kept.remove(SHA256, day)


def test_temporary_files_of_a_crash_are_cleaned_up_after_a_day(kept: DiskStore, tmp_path: Path):
    old, young = tmp_path / "incoming" / "old", tmp_path / "incoming" / "young"
    for path, hours in ((old, 25), (young, 1)):
        path.write_bytes(b"x")
        os.utime(path, (time.time(), time.time() - hours * 3600))
    list(kept.orphans(timedelta(hours=24)))
    assert (old.exists(), young.exists()) == (False, True)
