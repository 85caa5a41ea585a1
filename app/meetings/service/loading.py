"""Lấy cuộc họp để xử lý: locked, and one the actor may know of."""

from __future__ import annotations

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, NotFound
from app.core.records import RecordKind, may_see
from app.core.use_case import load_for_change
from app.meetings import policy
from app.meetings.models import Meeting


def for_change(actor: Actor, meeting_id: int, version: int | None) -> Meeting:
    """Khóa một cuộc họp để sửa.

    :raises NotFound: none such, or the actor may not know of it.
    :raises StaleVersion: changed since the form was drawn.
    """
    _known(actor, meeting_id)
    return load_for_change(Meeting, meeting_id, version)


def shared(actor: Actor, meeting_id: int) -> Meeting:
    """Giữ cuộc họp đứng yên trong lúc trả lời: many may answer at once, nobody can move it meanwhile."""
    _known(actor, meeting_id)
    meeting = session.get(Meeting, meeting_id, with_for_update={"read": True}, populate_existing=True)
    if meeting is None:
        raise NotFound
    return meeting


def _known(actor: Actor, meeting_id: int) -> None:
    if not may_see(RecordKind.MEETING, meeting_id, policy.principals(actor)):
        raise NotFound


def require(actor: Actor, permission: policy.Permission, sentence: str) -> None:
    """Đòi một quyền không gắn với cuộc họp nào.

    :raises NotAllowed: with the sentence that says who may.
    """
    if not actor.can(permission):
        raise NotAllowed(sentence)
