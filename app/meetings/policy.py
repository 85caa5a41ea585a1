"""Quyền trong cuộc họp: permissions, who may act on a given meeting, and the limits an agency works by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.actor import Actor
from app.core.permissions import Role
from app.core.records import office_principal, post_principal
from app.directives.policy import Permission as Directives
from app.meetings.models import Invitee, Meeting, Paper


class Permission(StrEnum):
    """Quyền của gói cuộc họp."""

    AGENCY_ANSWER = "meetings:agency:answer"
    MEETING_CALL = "meetings:meeting:call"
    MEETING_READ = "meetings:meeting:read"
    PERSON_ANSWER = "meetings:person:answer"
    ROOM_MANAGE = "meetings:room:manage"
    RULE_EDIT = "meetings:rule:edit"


SCOPE = "meetings"


@dataclass(frozen=True)
class Limits:
    """Thời hạn về họp của một cơ quan, in working days, with the rule they come from."""

    invitation_days: int = 3
    papers_days: int = 3
    conclusion_days: int = 5
    source: str = "Quyết định 45/2018/QĐ-TTg"
    needs_consent: bool = True  # one invited by name asks the chair before he sends another


def holds(actor: Actor, post_id: int | None) -> bool:
    """Giữ vị trí này, hoặc thay mặt người giữ trong việc họp."""
    return post_id is not None and (
        post_id == actor.post_id
        or any(s.post_id == post_id and s.scope in ("all", SCOPE) for s in actor.stands_in)
    )


def own_posts(actor: Actor) -> tuple[int, ...]:
    """Vị trí của mình và của người mình thay mặt trong việc họp."""
    found = [actor.post_id, *(s.post_id for s in actor.stands_in if s.scope in ("all", SCOPE))]
    return tuple(dict.fromkeys(p for p in found if p is not None))


def own_principals(actor: Actor) -> tuple[int, ...]:
    """Danh nghĩa của chính mình: what stands in "Lịch của tôi"."""
    return tuple(post_principal(p) for p in own_posts(actor))


def principals(actor: Actor) -> tuple[int, ...]:
    """Mọi danh nghĩa được xem cuộc họp.

    Whoever may call meetings works for the agency's office in this matter: secretaries and clerks see the agency's
    meetings as the Chief of Office does.
    """
    found = actor.all_principals(SCOPE)
    if actor.agency_id is not None and actor.can(Permission.MEETING_CALL):
        found = (*found, office_principal(actor.agency_id))
    return tuple(dict.fromkeys(found))


def sees_agency(actor: Actor) -> bool:
    """Được xem lịch của cả cơ quan."""
    return actor.can(Permission.MEETING_CALL) or actor.can(Permission.AGENCY_ANSWER)


def is_organizer(actor: Actor, meeting: Meeting) -> bool:
    """Người tổ chức: the meeting's secretary or contact, or the convening agency's office."""
    if holds(actor, meeting.secretary_post_id) or holds(actor, meeting.contact_post_id):
        return True
    return actor.agency_id == meeting.agency_id and actor.can(Permission.MEETING_CALL)


def is_chair(actor: Actor, meeting: Meeting) -> bool:
    """Người chủ trì cuộc họp."""
    return holds(actor, meeting.chair_post_id)


def is_organizer_or_chair(actor: Actor, meeting: Meeting) -> bool:
    """Người tổ chức hoặc người chủ trì."""
    return is_organizer(actor, meeting) or is_chair(actor, meeting)


def may_assign_conclusions(actor: Actor, meeting: Meeting) -> bool:
    """Được giao nhiệm vụ theo kết luận: a leader of the convening agency, or one who stands in for him."""
    return actor.agency_id == meeting.agency_id and actor.can(Directives.ASSIGN)


def may_answer(actor: Actor, invitee: Invitee) -> bool:
    """Được trả lời lời mời này: the person himself or his agency's office; for an agency its leaders or its office."""
    if invitee.withdrawn_at is not None:
        return False
    if holds(actor, invitee.post_id):
        return True
    if actor.agency_id != invitee.agency_id:
        return False
    return actor.can(Permission.AGENCY_ANSWER if invitee.is_agency else Permission.PERSON_ANSWER)


def may_answer_some(actor: Actor, meeting: Meeting) -> bool:
    """Được trả lời ít nhất một lời mời của cuộc họp."""
    return any(may_answer(actor, i) for i in meeting.invitees)


def reads_paper(actor: Actor, meeting: Meeting, paper: Paper) -> bool:
    """Được đọc tài liệu: the convening side always; others by the paper's rights."""
    if paper.rights == "all" or is_organizer_or_chair(actor, meeting):
        return True
    if paper.rights == "chair":
        return False
    chosen = {r.invitee_id for r in paper.readers}
    return any(i.id in chosen and _belongs(actor, i) for i in meeting.invitees)


def _belongs(actor: Actor, invitee: Invitee) -> bool:
    """This invitation is the actor's: his own, one that sends him, or that of the agency he answers for."""
    if holds(actor, invitee.post_id) or any(holds(actor, a.post_id) for a in invitee.attendees):
        return True
    return invitee.is_agency and actor.agency_id == invitee.agency_id and actor.can(Permission.AGENCY_ANSWER)


def votes_for(actor: Actor, meeting: Meeting, invitee: Invitee) -> bool:
    """Được biểu quyết theo lời mời này: its member, or whoever it sends; not for those who only listen."""
    if invitee.role != "member" or invitee.is_outside:
        return False
    return holds(actor, invitee.post_id) or any(holds(actor, a.post_id) for a in invitee.attendees)


def is_leader(actor: Actor) -> bool:
    """Lãnh đạo cơ quan: "Tham dự" bấm một lần có nghĩa là chính mình đi."""
    return Role.LEADER in actor.roles
