"""Từ ngữ của tra cứu."""

from __future__ import annotations

from app.core.records import RecordKind

KINDS = {
    RecordKind.INCOMING: "Văn bản đến",
    RecordKind.OUTGOING: "Văn bản đi",
    RecordKind.DIRECTIVE: "Nhiệm vụ",
    RecordKind.MEETING: "Cuộc họp",
    RecordKind.DOSSIER: "Hồ sơ công việc",
}
