"""Đọc chữ của một tệp ngoài kho: inspected and parsed in the jail like an upload, and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core import limits
from app.core.errors import DomainError, InputRejected
from app.core.text import nfc
from app.storage import inspection, jail
from app.storage.kinds import Kind
from app.storage.refusals import because
from app.storage.service import Upload, storage

READABLE = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.TEXT, Kind.CSV})
_NO_TEXT = (
    "Tệp không có lớp chữ (bản chụp chưa nhận dạng) nên không đọc được. "
    "Hãy nhận dạng chữ (OCR) rồi thử lại, hoặc nhập tay."
)


@dataclass(frozen=True)
class FileContent:
    """Nội dung đọc được: kind, text, and the tables of an office file as rows of cells."""

    kind: Kind
    text: str
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()


def read_open_file(file: int, name: str, *, kinds: frozenset[Kind] = READABLE) -> FileContent:
    """Đọc chữ của một tệp đang mở.

    :raises FileRefused: hostile, locked, secret, of another kind, or without any text.
    """
    inspection.check_name(name, kinds)
    found = inspection.check_content(file, name, kinds)
    text = _text(file, found.kind)
    tables = _tables(file, found.kind) if found.kind in (Kind.DOCX, Kind.XLSX) else ()
    if not text.strip():
        raise InputRejected(_NO_TEXT)
    return FileContent(found.kind, text, tables)


def read_upload(upload: Upload) -> FileContent:
    """Đọc chữ của tệp vừa nhận, before any row names it.

    :raises InputRejected: it has no text, or cannot be read.
    """
    kind = Kind(upload.kind)
    if kind not in READABLE:
        raise InputRejected(_NO_TEXT)
    with storage().blobs.open(upload.sha256, upload.size) as stream:
        text = _text(stream.fileno(), kind)
        tables = _tables(stream.fileno(), kind) if kind in (Kind.DOCX, Kind.XLSX) else ()
    if not text.strip():
        raise InputRejected(_NO_TEXT)
    return FileContent(kind, text, tables)


def answer_for_path(name: str, read: Callable[[FileContent], dict[str, Any]]) -> dict[str, Any]:
    """Một tệp, một câu trả lời: ``{"file": …, **read(content)}``, or with ``error`` why it could not be read."""
    try:
        with Path(name).open("rb") as stream:
            return {"file": name, **read(read_open_file(stream.fileno(), Path(name).name))}
    except FileNotFoundError:
        return {"file": name, "error": "Không có tệp này. Hãy kiểm tra lại đường dẫn."}
    except (OSError, ValueError):
        return {"file": name, "error": "Không mở được tệp. Hãy kiểm tra quyền đọc và đường dẫn."}
    except DomainError as problem:
        return {"file": name, "error": problem.sentence}


def _text(file: int, kind: Kind) -> str:
    parts: list[str] = []
    room, following = limits.TEXT_CHARS, 1
    while room > 0:
        try:
            answer = jail.shared().call("text", file, kind=kind.value, chars=room, first=following)
            content = answer.payloads[0].decode("utf-8", "replace")[:room]
            after = answer.value["next"]
        except jail.JailError as problem:
            raise because(problem.reason) from problem
        except (IndexError, KeyError, TypeError) as problem:
            raise because("crash") from problem
        parts.append(content)
        room -= len(content) + 1
        if not isinstance(after, int) or after <= following:
            break
        following = after
    return nfc("\f".join(parts)).replace("\x00", "")


def _tables(file: int, kind: Kind) -> tuple[tuple[tuple[str, ...], ...], ...]:
    try:
        value = jail.shared().call("tables", file, kind=kind.value).value
        return tuple(
            tuple(tuple(nfc(str(cell)).replace("\x00", "") for cell in row) for row in table)
            for table in value["tables"]
        )
    except jail.JailError as problem:
        raise because(problem.reason) from problem
    except (KeyError, TypeError) as problem:
        raise because("crash") from problem
