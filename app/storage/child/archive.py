"""Tệp nén: a ZIP is judged by its tables before anything is unpacked.

Checked from the raw bytes: number of entries, size of the tables, names, links, sizes and ratio, entries lying over
each other (a bomb of 42 KB), and that the two places a name stands in agree.
"""

from __future__ import annotations

import re
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.core import limits
from app.storage.child.findings import RefusedError
from app.storage.child.source import Source

_END, _END64, _LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_LOCAL = struct.Struct("<4s5H3L2H")
_TABLE_BYTES_PER_ENTRY = 1_024
_SMALL = 10 * limits.MB  # below this an unpacked size is no danger, whatever the ratio
_CHUNK = 256 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass
class Budget:
    """Phần còn được giải nén, shared by an archive and those inside it."""

    bytes_left: int = limits.ARCHIVE_UNPACKED_BYTES
    entries_left: int = limits.ARCHIVE_ENTRIES
    cpu_until: float = field(default_factory=lambda: time.process_time() + 0.8 * limits.JAIL_CPU_SECONDS)

    def spend(self, size: int, entries: int) -> None:
        """Trừ vào phần còn lại."""
        self.bytes_left -= size
        self.entries_left -= entries
        if self.entries_left < 0:
            raise RefusedError("too_many_entries", f"{limits.ARCHIVE_ENTRIES:,}".replace(",", "."))
        if self.bytes_left < 0:
            raise RefusedError("bomb")

    def check_time(self) -> None:
        """A file that needs longer than its share is refused with a sentence instead of a kill."""
        if time.process_time() > self.cpu_until:
            raise RefusedError("too_complex")


class Archive:
    """Một tệp ZIP đã kiểm tra bảng mục lục."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self.budget = budget
        self._check_tables(source, budget)
        try:
            self._zip = zipfile.ZipFile(source.stream())
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            struct.error,
            UnicodeError,
            NotImplementedError,
        ) as problem:
            raise RefusedError("broken") from problem
        self.entries = self._zip.infolist()
        self._by_name = {entry.filename: entry for entry in self.entries}
        self._check_entries(source)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    @property
    def names(self) -> list[str]:
        """Tên các thành phần, as stored."""
        return [entry.filename for entry in self.entries if not entry.is_dir()]

    def size(self, name: str) -> int:
        """Độ dài sau giải nén, as declared; reading never goes beyond it."""
        return self._by_name[name].file_size

    def chunks(self, name: str, cap: int = limits.ARCHIVE_UNPACKED_BYTES) -> Iterator[bytes]:
        """Giải nén dần một thành phần; stops with a refusal past ``cap``."""
        size = 0
        try:
            with self._zip.open(self._by_name[name]) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    if size > cap:
                        raise RefusedError("bomb")
                    self.budget.check_time()
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as problem:
            raise RefusedError("broken") from problem

    def read(self, name: str, cap: int) -> bytes:
        """Toàn bộ một thành phần, up to ``cap`` bytes."""
        return b"".join(self.chunks(name, cap))

    def first(self, name: str, count: int) -> bytes:
        """Các byte đầu của một thành phần."""
        return next(self.chunks(name), b"")[:count]

    @staticmethod
    def _check_tables(source: Source, budget: Budget) -> None:
        """Count of entries and length of the table, read from the end record before the table is loaded."""
        buffer = source.buffer()
        at = buffer.rfind(_END, max(0, source.size - 66_000))
        if at < 0 or at + 22 > source.size:
            raise RefusedError("broken")
        count, table = struct.unpack_from("<HL", buffer, at + 10)
        locator = buffer.find(_LOCATOR64, max(0, at - 20), at)
        if locator >= 0:
            end64 = buffer.rfind(_END64, 0, locator)
            if end64 < 0 or end64 + 56 > source.size:
                raise RefusedError("broken")
            count, table = struct.unpack_from("<QQ", buffer, end64 + 32)
        budget.spend(0, count)
        if table > source.size or table > (count + 1) * _TABLE_BYTES_PER_ENTRY:
            raise RefusedError("broken")

    def _check_entries(self, source: Source) -> None:
        packed = unpacked = 0
        for entry in self.entries:
            _check_name(entry.orig_filename)
            _check_name(entry.filename)
            _check_type(entry)
            if entry.file_size > _SMALL and entry.file_size > limits.ARCHIVE_RATIO * max(
                1, entry.compress_size
            ):
                raise RefusedError("bomb")
            packed += entry.compress_size
            unpacked += entry.file_size
        if packed > source.size or (unpacked > _SMALL and unpacked > limits.ARCHIVE_RATIO * source.size):
            raise RefusedError("bomb")
        self.budget.spend(unpacked, 0)
        if len(self._by_name) != len(self.entries):
            raise RefusedError("inconsistent")
        self._check_places(source)

    def _check_places(self, source: Source) -> None:
        """Each entry where the table says, under the name the table says, and none over another."""
        buffer, end = source.buffer(), 0
        for entry in sorted(self.entries, key=lambda e: e.header_offset):
            at = entry.header_offset
            if at < end or at + _LOCAL.size > source.size:
                raise RefusedError("inconsistent")
            mark, _v, flags, _m, _t, _d, _crc, _size, _full, name_length, extra = _LOCAL.unpack_from(
                buffer, at
            )
            name = buffer[at + _LOCAL.size : at + _LOCAL.size + name_length]
            if mark != b"PK\x03\x04" or _decoded_name(name, flags) != entry.orig_filename:
                raise RefusedError("inconsistent")
            end = at + _LOCAL.size + name_length + extra + entry.compress_size
        if end > source.size:
            raise RefusedError("broken")


def _decoded_name(name: bytes, flags: int) -> str | None:
    try:
        return name.decode("utf-8" if flags & 0x800 else "cp437")
    except UnicodeDecodeError:
        return None


def _check_name(name: str) -> None:
    parts = re.split(r"[/\\]", name)
    if (
        name.startswith(("/", "\\"))
        or _DRIVE.match(name)
        or ".." in parts
        or "\x00" in name
        or len(name) > 500
    ):
        raise RefusedError("bad_entry_name", name[:80])


def _check_type(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x41:
        raise RefusedError("password")
    mode = entry.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise RefusedError("symlink", entry.filename[:80])
    if entry.compress_type not in _METHODS:
        raise RefusedError("other_archive")
