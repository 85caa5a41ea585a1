"""Ai được xem cuộc họp: the facts of a meeting, and the rows of sight that follow from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app.core.db import session
from app.core.records import (
    RecordAccess,
    RecordKind,
    close_access,
    grant_access,
    leadership_principal,
    office_principal,
    post_principal,
    registry_principal,
    revoke_access,
)
from app.meetings.models import Attendee, Invitee, Meeting, MeetingParty, MeetingState, PartyRole
from app.search import service as search

_KIND = RecordKind.MEETING
Facts = dict[tuple[int, str], bool]


def facts(meeting: Meeting) -> Facts:
    """Danh nghĩa và lý do được xem → còn chờ trả lời hay không. Before the call only the convening side knows."""
    found: Facts = {
        (post_principal(meeting.chair_post_id), "chair"): False,
        (post_principal(meeting.secretary_post_id), "secretary"): False,
        (post_principal(meeting.contact_post_id), "contact"): False,
        (office_principal(meeting.agency_id), "office"): False,
    }
    if meeting.called_at is None:
        return found
    found[leadership_principal(meeting.agency_id), "leadership"] = False
    for invitee in meeting.invitees:
        waits = meeting.state == MeetingState.CALLED and invitee.answer is None
        found.update(dict.fromkeys(invited(invitee), waits))
        if not invitee.is_agency:
            found[office_principal(invitee.agency_id), "office"] = False
        found.update(dict.fromkeys(sent(invitee.attendees), False))
    return found


def invited(invitee: Invitee) -> list[tuple[int, str]]:
    """Danh nghĩa phải trả lời một lời mời."""
    if invitee.post_id is not None:
        return [(post_principal(invitee.post_id), "invited")]
    if invitee.is_outside:
        return []  # no account: he has his personal address
    sides = (registry_principal, leadership_principal, office_principal)
    return [(side(invitee.agency_id), "agency") for side in sides]


def sent(attendees: Iterable[Attendee]) -> list[tuple[int, str]]:
    """Danh nghĩa của những người được cử đi."""
    return [(post_principal(a.post_id), "attendee") for a in attendees if a.post_id is not None]


def sync(meeting: Meeting) -> None:
    """Ghi lại quyền xem và các cơ quan tham gia theo sự việc hiện tại; ``doctor`` calls it too."""
    session.flush()
    session.expire(meeting, ["invitees"])
    wanted = facts(meeting)
    have = {
        (r.principal_id, r.reason): (r.open, r.sort_at)
        for r in session.execute(
            select(
                RecordAccess.principal_id, RecordAccess.reason, RecordAccess.open, RecordAccess.sort_at
            ).where(RecordAccess.kind == int(_KIND), RecordAccess.record_id == meeting.id)
        )
    }
    lost, gained = defaultdict(list), defaultdict(list)
    for principal, reason in have.keys() - wanted.keys():
        lost[reason].append(principal)
    for (principal, reason), is_open in wanted.items():
        if have.get((principal, reason)) != (is_open, meeting.starts_at):
            gained[reason, is_open].append(principal)
    for reason, principals in lost.items():
        revoke_access(_KIND, meeting.id, principals, reason=reason)
    for (reason, is_open), principals in gained.items():
        grant_access(_KIND, meeting.id, principals, reason=reason, sort_at=meeting.starts_at, is_open=is_open)
    _sync_parties(meeting)
    index(meeting)


def _sync_parties(meeting: Meeting) -> None:
    wanted = {i.agency_id: PartyRole.INVITED for i in meeting.invitees} if meeting.called_at else {}
    wanted[meeting.agency_id] = PartyRole.HOST
    session.execute(
        delete(MeetingParty).where(
            MeetingParty.meeting_id == meeting.id, MeetingParty.agency_id.not_in(list(wanted))
        )
    )
    session.execute(
        insert(MeetingParty)
        .values([{"meeting_id": meeting.id, "agency_id": a, "role": r.value} for a, r in wanted.items()])
        .on_conflict_do_nothing()
    )


def answered(meeting: Meeting, invitee: Invitee, before: Iterable[int]) -> None:
    """Sau một lời đáp: the invitation waits no more, those sent see the meeting, those sent no longer do not.

    The same end as :func:`sync`, without reading the other invitees.

    :param before: posts that had been sent before this answer.
    """
    for principal, reason in invited(invitee):
        close_access(_KIND, meeting.id, [principal], reason=reason)
    now = {a.post_id for a in invitee.attendees if a.post_id is not None}
    grant_access(
        _KIND,
        meeting.id,
        [post_principal(p) for p in now],
        reason="attendee",
        sort_at=meeting.starts_at,
    )
    session.flush()
    others = set(
        session.scalars(
            select(Attendee.post_id)
            .join(Invitee)
            .where(
                Invitee.meeting_id == meeting.id,
                Invitee.withdrawn_at.is_(None),
                Attendee.post_id.is_not(None),
            )
        )
    )
    gone = set(before) - others
    if gone:
        revoke_access(_KIND, meeting.id, [post_principal(p) for p in gone], reason="attendee")


def index(meeting: Meeting) -> None:
    """Cập nhật mục tìm kiếm của cuộc họp."""
    agencies = {meeting.agency_id, *(i.agency_id for i in meeting.invitees if meeting.called_at)}
    search.index(
        _KIND,
        meeting.id,
        agency_ids=sorted(agencies),
        title=meeting.title,
        body=f"{meeting.location} {meeting.requirements} " + " ".join(a.title for a in meeting.agenda),
        reference="",
        sort_at=meeting.starts_at,
    )
