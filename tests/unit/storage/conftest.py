"""Kho tệp tạm cho từng kiểm thử; the jail is shared, because starting one is the slow part."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.storage import jail, service
from app.storage.kinds import ATTACHMENT, Kind
from app.storage.refusals import FileRefused

Send = Callable[..., service.Upload]
Refuse = Callable[..., FileRefused]


@pytest.fixture(scope="session", autouse=True)
def _close_jail() -> Iterator[None]:
    yield
    jail.shared().close()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Thư mục kho, empty."""
    monkeypatch.setattr(service, "_storage", None)
    service.open_storage(tmp_path / "kho")
    return tmp_path / "kho"


@pytest.fixture
def send(root: Path) -> Send:
    """Tải một tệp lên."""

    def run(
        data: bytes, name: str, *, kinds: frozenset[Kind] = ATTACHMENT, limit: int = 100_000_000
    ) -> service.Upload:
        return service.store_upload(io.BytesIO(data), name, kinds=kinds, limit=limit)

    return run


@pytest.fixture
def refuse(root: Path, send: Send) -> Refuse:
    """Tải một tệp lên và chờ bị từ chối: the refusal has a sentence, and nothing of the file stays."""

    def run(data: bytes, name: str, **options: object) -> FileRefused:
        with pytest.raises(FileRefused) as caught:
            send(data, name, **options)
        assert caught.value.sentence.count(".") >= 2, "what, why, what next"
        assert files_under(root) == []
        return caught.value

    return run


def files_under(root: Path) -> list[str]:
    """All files of the store but the lock of the sweeper."""
    return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file() and p.name != ".sweep")
