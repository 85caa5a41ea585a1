"""Bút phê ghi trên giấy: entered for the leader with its photo, shown to him to object. It never asks for his PIN."""

from __future__ import annotations

from app.core import clock
from app.core.actor import Actor
from app.core.errors import Violation, Violations
from app.core.permissions import Role
from app.core.records import (
    RecordKind,
    close_access,
    grant_access,
    office_principal,
    post_principal,
    registry_principal,
)
from app.core.use_case import use_case
from app.documents import policy
from app.documents.models import Direction, Document, DocumentFile, FileRole, Note, NoteKind
from app.documents.service.course import Assignment, assign, due_change, tell
from app.documents.service.loading import for_change
from app.documents.workflow import INCOMING
from app.org import queries as org
from app.storage import service as storage
from app.storage.service import Upload


@use_case
def enter_note(
    actor: Actor,
    document_id: int,
    version: int | None,
    leader_post_id: int,
    assignment: Assignment,
    photo: Upload | None,
) -> Document:
    """Nhập bút phê giấy: the leader's handwritten note becomes his instruction, with who entered it and its photo."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "enter_note")
    leader = org.post(leader_post_id, document.agency_id)
    if Role.LEADER not in leader.roles or leader.person_id is None:
        raise Violations(
            [Violation("leader", "Người bút phê phải là lãnh đạo đang giữ vị trí. Hãy chọn lại.")]
        )
    if photo is None:
        raise Violations([Violation("photo", "Chưa có ảnh bút phê. Hãy chọn ảnh chụp hoặc bản quét.")])
    if assignment.lead is None:
        raise Violations([Violation("lead", "Chưa chọn đơn vị hoặc người chủ trì.")])
    file = _photo(actor, document, photo)
    document.notes.append(
        Note(
            document_id=document.id,
            kind=NoteKind.INSTRUCTION.value,
            text=assignment.text,
            post_id=leader.id,
            person_id=leader.person_id,
            at=clock.now(),
            entered_by_id=actor.person_id,
            photo=file,
        )
    )
    changes = due_change(document, assignment)
    close_access(RecordKind.INCOMING, document.id)
    assign(actor, document, assignment)
    _show_to(document, leader.id)
    return INCOMING.move(
        actor,
        document,
        "enter_note",
        to_post_id=leader.id,
        note=assignment.text,
        package_token=document.package_token,
        changes=changes,
    )


def _photo(actor: Actor, document: Document, photo: Upload) -> DocumentFile:
    position = max((f.position for f in document.files), default=0) + 1
    stored = storage.keep(actor, photo)
    file = DocumentFile(stored=stored, role=FileRole.NOTE.value, name=photo.name, position=position)
    document.files.append(file)
    return file


def _show_to(document: Document, post_id: int) -> None:
    grant_access(
        RecordKind.INCOMING,
        document.id,
        [post_principal(post_id)],
        reason="noted",
        sort_at=document.sort_at,
    )
    tell(document, [post_principal(post_id)], "Bút phê giấy của anh/chị đã được nhập, mời xem lại")


@use_case
def object_to_note(actor: Actor, document_id: int, version: int | None, reason: str) -> Document:
    """Không đồng ý với bút phê nhập thay: the registry and the office are told, and correct the assignment."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "object_to_note")
    note = next(n for n in reversed(document.notes) if policy.may_object(actor, n))
    note.objected_at, note.objection = clock.now(), reason
    told = [registry_principal(document.agency_id), office_principal(document.agency_id)]
    tell(document, told, "Lãnh đạo không đồng ý với bút phê nhập thay")
    return INCOMING.move(
        actor.acting_as(note.post_id), document, "object_to_note", note_id=note.id, reason=reason
    )
