"""Nhận, giữ, đọc và vẽ tệp. Bytes first, then the row: the caller's use case commits it with the record that owns the file."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.text import nfc
from app.core.use_case import use_case
from app.storage import inspection, jail, queries
from app.storage.backends import ORPHAN_AGE, BlobStore, DiskStore, Readable
from app.storage.inspection import SecretRefused
from app.storage.kinds import ATTACHMENT, WITH_TEXT, Kind
from app.storage.models import FileText, StoredFile, TextState
from app.storage.names import clean_filename, ending_of
from app.storage.previews import PreviewCache, draw
from app.storage.refusals import FileRefused, because

log = logging.getLogger("office.storage")

_SWEEP_BATCH = 500


@dataclass(frozen=True)
class Storage:
    """Kho tệp của bản cài đặt: where bytes lie and where page images are kept."""

    blobs: BlobStore
    previews: PreviewCache


_storage: Storage | None = None


def open_storage(root: Path) -> Storage:
    """Mở kho tệp dưới một thư mục (``STORAGE_DIR``); called once at the start of web, worker and command line."""
    global _storage  # noqa: PLW0603 - one store per process, chosen at its start
    _storage = Storage(DiskStore(root), PreviewCache(root / "previews"))
    return _storage


def storage() -> Storage:
    """Kho tệp đang dùng."""
    if _storage is None:
        raise RuntimeError("open_storage() first")
    return _storage


@dataclass(frozen=True)
class Upload:
    """Tệp vừa nhận: its bytes are durable, its row is not yet there. ``name`` is for display only."""

    sha256: str
    size: int
    kind: str
    name: str
    page_count: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def to_claim(self) -> dict[str, Any]:
        """Giá trị để ký và gửi kèm biểu mẫu, so that a form shown again need not upload again."""
        return asdict(self)

    @classmethod
    def from_claim(cls, claim: dict[str, Any]) -> Upload:
        """Từ giá trị đã ký (the caller has checked the signature)."""
        return cls(**claim)


def store_upload(
    stream: Readable,
    filename: str | None,
    *,
    kinds: frozenset[Kind] = ATTACHMENT,
    limit: int = limits.FILE_BYTES,
) -> Upload:
    """Nhận một tệp: to disk, checked in the jail, kept under its hash. No row, no transaction: see :func:`keep`.

    :param kinds: what this field takes.
    :raises FileRefused: empty, too large, hostile, locked, secret, or of another kind; nothing of it stays.
    """
    name = clean_filename(filename)
    inspection.check_name(name, kinds)
    with storage().blobs.receive(stream, limit=limit) as incoming:
        if incoming.size == 0:
            raise because("empty")
        try:
            found = inspection.check_content(incoming.fileno(), name, kinds)
        except SecretRefused:
            log.warning("secret refused", extra={"sha256": incoming.sha256, "door": "upload"})
            incoming.discard(wipe=True)
            raise
        except FileRefused as refused:
            log.info("upload refused", extra={"sha256": incoming.sha256, "code": refused.code})
            raise
        incoming.keep()
    return Upload(
        incoming.sha256, incoming.size, found.kind, _named(name, found.kind), found.page_count, found.facts
    )


def store_made(data: bytes, name: str, kind: Kind, *, page_count: int | None = None) -> Upload:
    """Lưu một tệp do chính hệ thống tạo (a letter, minutes, a stamped copy): our own bytes, so no inspection."""
    with storage().blobs.receive(io.BytesIO(data), limit=len(data)) as incoming:
        incoming.keep()
    return Upload(incoming.sha256, incoming.size, kind, _named(clean_filename(name), kind), page_count)


def _named(name: str, kind: Kind) -> str:
    """A name whose ending tells the content."""
    ending = ending_of(name)
    if ending in kind.extensions:
        return name
    stem = name[: -len(ending) - 1] if ending else name
    return f"{stem}.{kind.extensions[0]}"


@use_case
def keep(actor: Actor, upload: Upload) -> StoredFile:
    """Ghi nhận tệp đã lưu; the same content is one row. Call it inside the use case that makes the owner's row."""
    kind = Kind(upload.kind)
    session.execute(
        insert(StoredFile)
        .values(
            sha256=upload.sha256,
            size=upload.size,
            kind=kind.value,
            media_type=kind.media_type,
            page_count=upload.page_count,
            text_state=(TextState.PENDING if kind in WITH_TEXT else TextState.NONE).value,
            facts=upload.facts,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["sha256"])
    )
    return session.execute(select(StoredFile).where(StoredFile.sha256 == upload.sha256)).scalar_one()


def extract(actor: Actor, stored_file_id: int) -> TextState:
    """Đọc chữ của tệp và lưu lại. May run any number of times; the reading happens outside every transaction."""
    task = _reading(actor, stored_file_id)
    if task.text_state != TextState.PENDING:
        return TextState(task.text_state)
    try:
        content, is_truncated = _read(task)
    except FileRefused as refused:
        log.warning("text not read", extra={"sha256": task.sha256, "code": refused.code})
        return _save_text(actor, stored_file_id, None, is_truncated=False)
    return _save_text(actor, stored_file_id, content, is_truncated=is_truncated)


@dataclass(frozen=True)
class _Reading:
    sha256: str
    size: int
    kind: str
    page_count: int | None
    text_state: str


@use_case
def _reading(actor: Actor, stored_file_id: int) -> _Reading:
    """What there is to read, as plain values, so that the transaction can end before the jail begins."""
    row = queries.stored_file(stored_file_id)
    return _Reading(row.sha256, row.size, row.kind, row.page_count, row.text_state)


def _read(task: _Reading) -> tuple[str, bool]:
    """The text in as many turns of the jail as its limits ask for."""
    parts: list[str] = []
    room, following = limits.TEXT_CHARS, 1
    with storage().blobs.open(task.sha256, task.size) as stream:
        while True:
            try:
                answer = jail.shared().call(
                    "text", stream.fileno(), kind=task.kind, chars=room, first=following
                )
                content = answer.payloads[0].decode("utf-8", "replace")[:room]
                is_cut, after = bool(answer.value["cut"]), answer.value["next"]
            except jail.JailError as problem:
                raise because(problem.reason) from problem
            except (IndexError, KeyError, TypeError) as problem:
                raise because("crash") from problem
            parts.append(content)
            room -= len(content) + 1
            if not isinstance(after, int) or after <= following:
                return "\f".join(parts), is_cut
            if room <= 0:
                return "\f".join(parts), True
            following = after


@use_case
def _save_text(actor: Actor, stored_file_id: int, content: str | None, *, is_truncated: bool) -> TextState:
    clean = None if content is None else nfc(content).replace("\x00", "").strip()
    state = TextState.FAILED if clean is None else TextState.DONE if clean else TextState.EMPTY
    if clean:
        row = {"content": clean, "chars": len(clean), "is_truncated": is_truncated}
        session.execute(
            insert(FileText)
            .values(stored_file_id=stored_file_id, **row)
            .on_conflict_do_update(index_elements=["stored_file_id"], set_=row)
        )
    session.execute(update(StoredFile).where(StoredFile.id == stored_file_id).values(text_state=state.value))
    return state


def make_previews(actor: Actor, stored_file_id: int, *, pages: int = limits.PREVIEW_PAGES) -> int:
    """Vẽ sẵn ảnh các trang đầu. May run any number of times.

    :returns: how many page images there are now.
    """
    task = _reading(actor, stored_file_id)
    wanted = min(task.page_count or 0, pages, limits.PREVIEW_PAGES)
    cache = storage().previews
    number = 1
    while number <= wanted:
        if cache.has(task.sha256, number):
            number += 1
            continue
        with storage().blobs.open(task.sha256, task.size) as stream:
            images = draw(stream.fileno(), task.kind, number, wanted)
        for image in images:
            cache.put(task.sha256, number, image)
            number += 1
        if not images:
            break
    return number - 1


def page_image(file: StoredFile, number: int) -> Path:
    """Ảnh một trang, drawn now when it has not been.

    :raises NotFound: no such page.
    :raises Busy: many people want pages drawn at this moment.
    """
    if not file.has_pages or not 1 <= number <= (file.page_count or 0):
        raise NotFound
    cache = storage().previews
    if not cache.has(file.sha256, number):
        with storage().blobs.open(file.sha256, file.size) as stream:
            images = draw(stream.fileno(), file.kind, number, number, is_waited_for=True)
        if not images:
            raise NotFound
        cache.put(file.sha256, number, images[0])
    return cache.place(file.sha256, number)


def sweep(actor: Actor) -> dict[str, int]:
    """Dọn tệp mồ côi: bytes older than a day that no row names (an upload whose form was never sent)."""
    blobs, counts = storage().blobs, {"seen": 0, "removed": 0}
    for hashes in _in_batches(blobs.orphans(ORPHAN_AGE)):
        named = _known(actor, hashes)
        counts["seen"] += len(hashes)
        counts["removed"] += sum(blobs.remove(sha256, ORPHAN_AGE) for sha256 in hashes if sha256 not in named)
    return counts


@use_case
def _known(actor: Actor, hashes: list[str]) -> set[str]:
    return queries.known(hashes)


def _in_batches(hashes: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for sha256 in hashes:
        batch.append(sha256)
        if len(batch) == _SWEEP_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
