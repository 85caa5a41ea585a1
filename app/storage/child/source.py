"""Nguồn byte: a handed-over file or a member taken out of an archive, as a stream and as a buffer."""

from __future__ import annotations

import io
import mmap
import os
from dataclasses import dataclass
from typing import IO


@dataclass
class Source:
    """Tệp đang đọc. Exactly one of ``file`` and ``data`` is set."""

    size: int
    file: int | None = None
    data: bytes | None = None

    @classmethod
    def of_file(cls, file: int) -> Source:
        """Từ một tệp đang mở."""
        return cls(os.fstat(file).st_size, file=file)

    @classmethod
    def of_bytes(cls, data: bytes) -> Source:
        """Từ một thành phần đã giải nén."""
        return cls(len(data), data=data)

    def stream(self) -> IO[bytes]:
        """Dòng byte từ đầu tệp."""
        if self.data is not None:
            return io.BytesIO(self.data)
        stream = open(self.file, "rb", closefd=False)  # type: ignore[arg-type]  # noqa: SIM115 - lives as long as the child
        stream.seek(0)
        return stream

    def buffer(self) -> bytes | mmap.mmap:
        """Toàn bộ byte; a file is mapped (copy on write, because PDFium's binding wants a writable buffer), not read."""
        if self.data is not None:
            return self.data
        return mmap.mmap(self.file, 0, access=mmap.ACCESS_COPY)  # type: ignore[arg-type]

    def first(self, count: int) -> bytes:
        """Các byte đầu."""
        return self.data[:count] if self.data is not None else os.pread(self.file, count, 0)  # type: ignore[arg-type]
