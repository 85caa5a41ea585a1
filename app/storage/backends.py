"""Nơi giữ byte: blobs named by their SHA-256, written so that what was acknowledged survives a power cut.

Order of a write: temporary file on the same file system → fsync → rename to its hash → fsync of every folder on the
way → only then the caller commits the row. Blobs never change. What no row names is swept after a day.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Protocol, Self

from app.core.errors import DomainError
from app.storage.refusals import TooLarge

_CHUNK = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
ORPHAN_AGE = timedelta(hours=24)


class Readable(Protocol):
    """What an upload is read from: a web form's file or a mail part as well as a file."""

    def read(self, size: int = -1, /) -> bytes: ...


class StorageFull(DomainError):
    """No room left on the disk."""

    status = 507

    def __init__(self) -> None:
        super().__init__(
            "Hết dung lượng lưu trữ nên tệp chưa được lưu. Vui lòng báo quản trị hệ thống rồi tải lên lại."
        )


class BlobDamaged(DomainError):
    """A stored file is missing, or is no longer what was stored."""

    status = 500

    def __init__(self, sha256: str) -> None:
        super().__init__(
            "Tệp lưu trên máy chủ bị thiếu hoặc hỏng. Vui lòng báo quản trị hệ thống để khôi phục từ bản sao lưu."
        )
        self.sha256 = sha256


class Incoming(Protocol):
    """Tệp đang nhận: in a temporary place until kept; leaving the ``with`` block without keeping removes it."""

    sha256: str
    size: int

    def fileno(self) -> int:
        """An open descriptor to inspect."""

    def keep(self) -> None:
        """Durable under its hash when this returns."""

    def discard(self, *, wipe: bool = False) -> None:
        """Gone; ``wipe`` overwrites the bytes first."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class BlobStore(Protocol):
    """Kho byte: small, so that an object store fits behind it as well as a disk."""

    def receive(self, stream: Readable, *, limit: int) -> Incoming:
        """Đọc một tệp vào chỗ tạm, hashing on the way; memory stays flat."""

    def open(self, sha256: str, size: int) -> BinaryIO:
        """Mở một tệp đã lưu; its size is checked."""

    def path(self, sha256: str, size: int) -> Path | None:
        """Đường dẫn trên máy này, where there is one."""

    def orphans(self, older_than: timedelta) -> Iterator[str]:
        """Hash của các tệp cũ hơn một khoảng, whether rows name them or not."""

    def remove(self, sha256: str, older_than: timedelta) -> bool:
        """Xóa, unless it was written again meanwhile."""


class Disk:
    """The few calls on which durability hangs; tests record them and let them fail."""

    def create(self, path: Path) -> int:
        return os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600)

    def write(self, fd: int, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]

    def sync(self, fd: int) -> None:
        os.fsync(fd)

    def rename(self, source: Path, target: Path) -> None:
        source.rename(target)

    def make_folder(self, path: Path) -> None:
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)

    def sync_folder(self, path: Path) -> None:
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)


class DiskStore:
    """Kho byte trên đĩa: ``<root>/aa/bb/<sha256>``, temporary files in ``<root>/incoming``."""

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self.root = root
        self.disk = disk or Disk()
        self._temporary = root / "incoming"
        for folder in (root, self._temporary):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def receive(self, stream: Readable, *, limit: int) -> DiskIncoming:
        """Đọc một tệp vào chỗ tạm.

        :raises TooLarge: one byte over ``limit``; nothing stays.
        :raises StorageFull: no room.
        """
        incoming = DiskIncoming(self, self._temporary / secrets.token_hex(16))
        try:
            incoming.fill(stream, limit)
        except BaseException:
            incoming.discard()
            raise
        return incoming

    def open(self, sha256: str, size: int) -> BinaryIO:
        """Mở một tệp đã lưu.

        :raises BlobDamaged: missing, or not of the size that was stored.
        """
        try:
            stream = self._place(sha256).open("rb")
        except FileNotFoundError:
            raise BlobDamaged(sha256) from None
        if os.fstat(stream.fileno()).st_size != size:
            stream.close()
            raise BlobDamaged(sha256)
        return stream

    def path(self, sha256: str, size: int) -> Path | None:
        """Đường dẫn tệp đã lưu, checked like :meth:`open`."""
        self.open(sha256, size).close()
        return self._place(sha256)

    def orphans(self, older_than: timedelta) -> Iterator[str]:
        """Các tệp cũ hơn ``older_than``; temporary files of that age are removed on the way."""
        before = time.time() - older_than.total_seconds()
        for entry in os.scandir(self._temporary):
            if entry.stat().st_mtime < before:
                self.disk.remove(Path(entry.path))
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            with suppress(FileNotFoundError):
                if _SHA256.fullmatch(path.name) and path.stat().st_mtime < before:
                    yield path.name

    def remove(self, sha256: str, older_than: timedelta) -> bool:
        """Xóa một tệp; not when it has been stored anew since it was listed."""
        path = self._place(sha256)
        with self._lock(fcntl.LOCK_EX):
            try:
                if path.stat().st_mtime >= time.time() - older_than.total_seconds():
                    return False
            except FileNotFoundError:
                return False
            self.disk.remove(path)
        return True

    def adopt(self, temporary: Path, sha256: str) -> None:
        """Đưa tệp tạm (already synced) về đúng chỗ. Always renames: an older copy may not be durable yet, or be damaged."""
        target = self._place(sha256)
        with self._lock(fcntl.LOCK_SH):
            for folder in (target.parent.parent, target.parent):
                self.disk.make_folder(folder)
            self.disk.rename(temporary, target)
            # All three, also when they were there before: another process may have made them and not synced yet.
            for folder in (target.parent, target.parent.parent, self.root):
                self.disk.sync_folder(folder)

    def _place(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    @contextmanager
    def _lock(self, mode: int) -> Iterator[None]:
        """Keeps sweeping and storing apart: many may store at once, the sweeper works alone."""
        fd = os.open(self.root / ".sweep", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, mode)
            yield
        finally:
            os.close(fd)


class DiskIncoming:
    """Tệp đang nhận trên đĩa."""

    def __init__(self, store: DiskStore, path: Path) -> None:
        self.size = 0
        self.sha256 = ""
        self._store = store
        self._path = path
        self._fd: int | None = store.disk.create(path)

    def fill(self, stream: Readable, limit: int) -> None:
        """Read to the end, writing and hashing piece by piece."""
        digest = hashlib.sha256()
        while chunk := stream.read(_CHUNK):
            self.size += len(chunk)
            if self.size > limit:
                raise TooLarge(limit)
            digest.update(chunk)
            with _full_disk():
                self._store.disk.write(self.fileno(), chunk)
        self.sha256 = digest.hexdigest()

    def fileno(self) -> int:
        """The open descriptor."""
        if self._fd is None:
            raise ValueError("no longer open")
        return self._fd

    def keep(self) -> None:
        """Giữ lại: durable under its hash when this returns; a failed fsync is an error, never an answer."""
        with _full_disk():
            self._store.disk.sync(self.fileno())
            self._store.adopt(self._path, self.sha256)
        self._close()

    def discard(self, *, wipe: bool = False) -> None:
        """Bỏ đi."""
        if self._fd is None:
            return
        try:
            if wipe:
                os.lseek(self._fd, 0, os.SEEK_SET)
                for at in range(0, self.size, _CHUNK):
                    self._store.disk.write(self._fd, bytes(min(_CHUNK, self.size - at)))
                self._store.disk.sync(self._fd)
        finally:
            self._store.disk.remove(self._path)
            self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def _close(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


@contextmanager
def _full_disk() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from problem
        raise


def verified(stream: BinaryIO, sha256: str) -> Iterator[bytes]:
    """Đọc và đối chiếu hash: the last piece is handed out only when the whole agrees.

    :raises BlobDamaged: the bytes are not those that were stored.
    """
    digest, held = hashlib.sha256(), b""
    with stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            if held:
                yield held
            held = chunk
    if digest.hexdigest() != sha256:
        raise BlobDamaged(sha256)
    if held:
        yield held
