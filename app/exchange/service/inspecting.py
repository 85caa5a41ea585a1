"""Đọc gói tin edXML: the jail says what is inside, here it becomes words; no database is needed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.core import limits
from app.core.text import clean_line
from app.exchange import labels
from app.exchange.models import BusinessType
from app.storage import jail

_CHUNK = 1024 * 1024


class PackageRefused(Exception):
    """Gói tin không đọc được. ``code`` is for tests and logs, the sentence for people."""

    def __init__(self, code: str, detail: str = "") -> None:
        known = code if code in labels.PACKAGE_REFUSALS else "crash"
        self.code = known
        self.sentence = labels.PACKAGE_REFUSALS[known].replace(
            "{detail}", clean_line(detail)[:200] or "không rõ"
        )
        super().__init__(self.sentence)


def read_package(file: int, *, shared: jail.Jail | None = None) -> dict[str, Any]:
    """Đọc một gói tin đang mở: the jail's own words, checked for their shape only.

    :raises PackageRefused: not a package, hostile, or beyond the limits.
    """
    try:
        value = (shared or jail.shared()).call("edxml", file).value
    except jail.JailError as problem:
        raise PackageRefused(problem.reason, problem.detail if problem.reason != "crash" else "") from problem
    if not isinstance(value, dict) or value.get("kind") not in ("document", "status"):
        raise PackageRefused("crash")
    return value


def read_part(file: int, index: int) -> bytes:
    """Nội dung một tệp đính kèm của gói tin."""
    try:
        answer = jail.shared().call("edxml_part", file, index=index)
        return answer.payloads[0]
    except jail.JailError as problem:
        raise PackageRefused(problem.reason, problem.detail) from problem
    except IndexError as problem:
        raise PackageRefused("crash") from problem


def inspect_file(name: str) -> dict[str, Any]:
    """Xem một tệp gói tin: one object, also when it cannot be read."""
    about: dict[str, Any] = {"file": name}
    try:
        with Path(name).open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            about |= {"ok": False, "size": size}
            if size > limits.PACKAGE_BYTES:
                raise PackageRefused("too_large")
            about["sha256"] = _digest(stream.fileno(), size)
            value = read_package(stream.fileno())
    except OSError as problem:
        return about | {"ok": False, "error": _unopened(problem), "error_code": "file"}
    except PackageRefused as refused:
        return about | {"error": refused.sentence, "error_code": refused.code}
    return about | {"ok": True} | describe(value)


def describe(value: Mapping[str, Any]) -> dict[str, Any]:
    """Gói tin bằng lời: codes with their names, what was tolerated as sentences."""
    told: dict[str, Any] = {"kind": value["kind"], "namespace": value["namespace"]}
    if value["kind"] == "document":
        business = dict(value["business"])
        kind = BusinessType(business["type"])
        told |= {"business_type": kind.value, "business_name": labels.BUSINESS[kind]}
        value = {**value, "business": business, "other": _with_urgency(value["other"])}
    else:
        status = dict(value["status"])
        told |= {
            "status_code": status["code"],
            "status_name": labels.STATUS_NAMES.get(status["code"], "Không rõ"),
        }
    rest = {k: v for k, v in value.items() if k not in ("kind", "namespace", "notes", "attachments")}
    return told | rest | {"attachments": value["attachments"], "tolerated": tolerated(value)}


def tolerated(value: Mapping[str, Any]) -> list[str]:
    """Những điều đã châm chước khi đọc, mỗi điều một câu."""
    return [
        labels.PACKAGE_NOTES.get(code, code).replace("{detail}", detail) for code, detail in value["notes"]
    ]


def _with_urgency(other: Mapping[str, Any]) -> dict[str, Any]:
    name = labels.PRIORITIES.get(other.get("priority", -1))
    return {**other, "priority_name": name} if name else dict(other)


def _digest(file: int, size: int) -> str:
    digest, at = hashlib.sha256(), 0
    while at < size and (chunk := os.pread(file, _CHUNK, at)):
        digest.update(chunk)
        at += len(chunk)
    return digest.hexdigest()


def _unopened(problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError):
        return "Không tìm thấy tệp. Hãy kiểm tra lại đường dẫn."
    if isinstance(problem, IsADirectoryError):
        return "Đây là thư mục, không phải tệp. Hãy chỉ ra từng tệp gói tin."
    return f"Không mở được tệp: {problem.strerror or type(problem).__name__}."
