"""Giấy mời: an outgoing document of the convening agency, and the incoming document it becomes at the invited ones."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, Violation, Violations, WrongState
from app.core.permissions import Role
from app.core.use_case import use_case
from app.documents import service as documents
from app.documents.models import Document, OutgoingState
from app.documents.policy import Permission as DocumentPermission
from app.documents.service import DraftContent
from app.documents.service.composing import Composition
from app.meetings import labels
from app.meetings.models import Invitee, Meeting, MeetingParty, MeetingState
from app.meetings.service.calling import call_now, create
from app.meetings.service.letters import invitation_values, invitee_in_words
from app.meetings.service.loading import for_change
from app.meetings.service.plans import Details, Guests, Schedule
from app.meetings.workflow import MEETING
from app.org import queries as org
from app.org.models import Post
from app.storage.models import StoredFile
from app.storage.service import Upload

INVITATION = "Giấy mời"  # as the Decree names this type of document


@use_case
def draft_invitation(actor: Actor, meeting_id: int, *, version: int | None, signer_post_id: int) -> Meeting:
    """Trình giấy mời: drafts the document in the Decree's form with the papers attached, and submits it.

    From then on it goes the way of every outgoing document; issuing it calls the meeting. One that was returned to its
    drafter is drawn again from the meeting as it is now.

    :param signer_post_id: the leader of the convening agency who signs.
    """
    meeting = for_change(actor, meeting_id, version)
    MEETING.check(actor, meeting, "draft_invitation")
    signer = leader(meeting, signer_post_id)
    content = DraftContent(
        document_type=INVITATION,
        subject=f"Giấy mời {meeting.title[:1].lower()}{meeting.title[1:]}"[:500],
        urgency=0,
        recipient_ids=tuple(
            dict.fromkeys(i.agency_id for i in meeting.invitees if i.agency_id != meeting.agency_id)
        ),
        other_recipients=tuple(
            invitee_in_words(i) for i in meeting.invitees if i.agency_id == meeting.agency_id
        ),
        approver_post_id=signer.id,
        reply_by=clock.local(meeting.answer_by).date() if meeting.answer_by else None,
        composition=Composition("giay-moi", invitation_values(meeting)),
    )
    papers = [_as_upload(p.stored, p.name) for p in meeting.papers if p.is_current and p.rights == "all"]
    document = draft_and_submit(actor, meeting.invitation, content, papers)
    meeting.invitation_document_id = document.id
    MEETING.move(
        actor, meeting, "draft_invitation", document_id=document.id, note=f"Trình {invitee_name(signer)} ký"
    )
    return meeting


def invitee_name(post: Post) -> str:
    """Tên người giữ vị trí, hoặc chức vụ khi còn trống."""
    return post.person.full_name if post.person else post.title


def leader(meeting: Meeting, post_id: int) -> Post:
    """Lãnh đạo ký văn bản của cuộc họp."""
    signer = org.post(post_id, meeting.agency_id)
    if Role.LEADER not in signer.roles:
        raise Violations([Violation("signer", "Người ký phải là lãnh đạo cơ quan. Hãy chọn lại.")])
    return signer


def draft_and_submit(
    actor: Actor, known: Document | None, content: DraftContent, papers: Sequence[Upload]
) -> Document:
    """Soạn và trình văn bản của cuộc họp; a draft that came back to the actor is written anew and goes again."""
    if not actor.can(DocumentPermission.OUTGOING_DRAFT):
        raise NotAllowed(
            "Vị trí việc làm của anh/chị không soạn văn bản đi. Hãy đề nghị thư ký, văn thư trình."
        )
    if known is not None and known.state == OutgoingState.DRAFT and actor.holds(known.drafter_post_id):
        gone = [f.id for f in known.files]
        documents.edit_draft(actor, known.id, None, content, None, papers, gone)
        return documents.submit(actor, known.id, None)
    if known is not None and known.state == OutgoingState.DRAFT:
        raise WrongState("Dự thảo đang ở người soạn thảo. Hãy đề nghị người đó trình lại hoặc hủy dự thảo.")
    document = documents.create_draft(actor, content, None, papers)
    return documents.submit(actor, document.id, None)


def _as_upload(stored: StoredFile, name: str) -> Upload:
    return Upload(stored.sha256, stored.size, stored.kind, name, stored.page_count)


@use_case
def create_and_draft_invitation(
    actor: Actor,
    details: Details,
    schedule: Schedule,
    guests: Guests,
    uploads: tuple[Upload, ...] = (),
    *,
    signer_post_id: int,
) -> Meeting:
    """Soạn cuộc họp và trình giấy mời trong một lần."""
    meeting = create(actor, details, schedule, guests, uploads)
    return draft_invitation(actor, meeting.id, version=meeting.version, signer_post_id=signer_post_id)


@use_case
def call_by_issue(actor: Actor, document_id: int) -> Meeting | None:
    """Giấy mời đã phát hành là đã mời: the issuing clerk's act calls the meeting, in the same transaction.

    :returns: the meeting, or ``None`` when the document invites to none.
    :raises WrongState: the meeting was cancelled, or its hour has passed; such an invitation must not go out.
    """
    meeting = session.scalar(
        select(Meeting).where(Meeting.invitation_document_id == document_id).with_for_update()
    )
    if meeting is None:
        return None
    if meeting.state == MeetingState.CANCELLED:
        raise WrongState("Cuộc họp của giấy mời này đã hủy. Hãy trả lại hoặc hủy dự thảo giấy mời.")
    if meeting.state == MeetingState.DRAFT:
        if meeting.starts_at <= clock.now():
            raise WrongState("Giờ họp ghi trong giấy mời đã qua. Hãy đề nghị soạn lại giấy mời theo giờ mới.")
        call_now(actor, meeting)
    return meeting


@use_case
def link_arrival(actor: Actor, source_document_id: int, agency_id: int, document_id: int) -> None:
    """Giấy mời tới cơ quan được mời: its own incoming document stands for the invitation there."""
    meeting_id = session.scalar(
        select(Meeting.id).where(Meeting.invitation_document_id == source_document_id)
    )
    if meeting_id is None:
        return
    session.execute(
        update(MeetingParty)
        .where(MeetingParty.meeting_id == meeting_id, MeetingParty.agency_id == agency_id)
        .values(document_id=document_id)
    )


@use_case
def settle_invitation(actor: Actor, meeting_id: int, agency_id: int) -> Document | None:
    """Kết thúc văn bản giấy mời ở cơ quan được mời, once every invitation of that agency is answered."""
    document_id = session.scalar(
        select(MeetingParty.document_id).where(
            MeetingParty.meeting_id == meeting_id,
            MeetingParty.agency_id == agency_id,
            MeetingParty.document_id.is_not(None),
        )
    )
    if document_id is None:
        return None
    answers = session.scalars(
        select(Invitee)
        .where(
            Invitee.meeting_id == meeting_id, Invitee.agency_id == agency_id, Invitee.withdrawn_at.is_(None)
        )
        .options(joinedload(Invitee.post).joinedload(Post.person), joinedload(Invitee.agency))
        .order_by(Invitee.position, Invitee.id)
    ).all()
    if not answers or any(i.answer is None for i in answers):
        return None
    return documents.settle(
        actor, document_id, "Đã trả lời giấy mời. " + "; ".join(_told(i) for i in answers) + "."
    )


def _told(invitee: Invitee) -> str:
    words = f"{invitee.shown_name}: {labels.ANSWERS[invitee.answer or '']}"
    people = ", ".join(a.name for a in invitee.attendees)
    return f"{words} ({people})" if people else words


@use_case
def settle_registered(actor: Actor, document_id: int) -> Document | None:
    """Kết thúc giấy mời vào sổ sau khi đã trả lời: the answer came before the clerk's number."""
    party = session.execute(
        select(MeetingParty.meeting_id, MeetingParty.agency_id).where(MeetingParty.document_id == document_id)
    ).first()
    return settle_invitation(actor, party.meeting_id, party.agency_id) if party is not None else None
