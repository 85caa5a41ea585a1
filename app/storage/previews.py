"""Ảnh trang: derived from the file and rebuildable, so kept beside the store without ceremony."""

from __future__ import annotations

import os
import secrets
import threading
from pathlib import Path

from app.core.errors import Busy
from app.storage import jail
from app.storage.refusals import because

DPI = 100
_WAIT_SECONDS = 8
_drawing = threading.BoundedSemaphore(2)  # pages drawn at once in one process while somebody waits


class PreviewCache:
    """Thư mục ảnh trang: ``<root>/aa/<sha256>/<page>.webp``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def place(self, sha256: str, number: int) -> Path:
        """Đường dẫn ảnh một trang, whether drawn or not."""
        return self.root / sha256[:2] / sha256 / f"{int(number)}.webp"

    def has(self, sha256: str, number: int) -> bool:
        """Đã vẽ chưa; a file torn by a crash counts as not drawn."""
        try:
            with self.place(sha256, number).open("rb") as stream:
                head = stream.read(12)
                return (
                    head[8:] == b"WEBP"
                    and os.fstat(stream.fileno()).st_size == int.from_bytes(head[4:8], "little") + 8
                )
        except FileNotFoundError:
            return False

    def put(self, sha256: str, number: int, image: bytes) -> None:
        """Ghi ảnh một trang."""
        target = self.place(sha256, number)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = target.with_name(f".{secrets.token_hex(8)}")
        temporary.write_bytes(image)
        temporary.replace(target)


def draw(file: int, kind: str, first: int, last: int, *, is_waited_for: bool = False) -> list[bytes]:
    """Vẽ các trang trong buồng cách ly; may stop short of ``last`` when time runs out.

    :param is_waited_for: a person waits: few at once, and a quick answer when there are too many.
    """
    if not is_waited_for:
        return _draw(file, kind, first, last)
    if not _drawing.acquire(timeout=_WAIT_SECONDS):
        raise Busy(
            "Nhiều người đang xem tệp cùng lúc nên trang này chưa vẽ xong. Vui lòng đợi vài giây rồi mở lại."
        )
    try:
        return _draw(file, kind, first, last)
    finally:
        _drawing.release()


def _draw(file: int, kind: str, first: int, last: int) -> list[bytes]:
    try:
        drawn = jail.shared().call("pages", file, kind=kind, first=first, last=last, dpi=DPI).payloads
    except jail.JailError as problem:
        raise because(problem.reason) from problem
    return [image for image in drawn[: last - first + 1] if image[:4] == b"RIFF" and image[8:12] == b"WEBP"]
