"""Giấy mời là văn bản đi: trình, ký, phát hành là mời; ở cơ quan được mời nó đến, được trả lời và kết thúc."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.core.actor import SYSTEM
from app.core.db import session
from app.core.errors import NotFound, Violations, WrongState
from app.documents import service as documents
from app.documents.models import Document
from app.documents.service import Registration
from app.exchange import service as exchange
from app.exchange.models import Package
from app.meetings import queries, service
from app.meetings.models import Answer, Meeting, MeetingParty, MeetingState
from app.meetings.service import Guests
from app.storage.service import storage
from tests.unit.meetings.making import TITLE, draft, guests, invitee, schedule
from tests.world import World


def submitted(world: World, **changes) -> Meeting:
    """Cuộc họp có giấy mời đang trình."""
    meeting = draft(world, **changes)
    return service.draft_invitation(
        world.secretary.actor, meeting.id, version=meeting.version, signer_post_id=world.vice_chairman.post_id
    )


def signed(world: World, meeting: Meeting) -> Document:
    """Giấy mời đã được ký, chờ phát hành."""
    document_id = meeting.invitation_document_id
    assert document_id is not None
    documents.endorse(world.office_chief.actor, document_id, None, "")
    return documents.approve(world.vice_chairman.actor, document_id, None)


def issued(world: World, meeting: Meeting) -> Document:
    """Giấy mời đã phát hành và đã chuyển."""
    document = signed(world, meeting)
    documents.issue(world.city_clerk.actor, document.id, None, world.registers["city_outgoing"])
    package = session.scalar(select(Package).where(Package.document_id == document.id))
    if package is not None:
        exchange.carry(package.id)
    session.expire_all()
    return document


def arrived(world: World, meeting: Meeting, key: str) -> Document:
    """Giấy mời ở cơ quan được mời."""
    found = session.scalar(
        select(Document)
        .join(MeetingParty, MeetingParty.document_id == Document.id)
        .where(MeetingParty.meeting_id == meeting.id, MeetingParty.agency_id == world.agencies[key])
    )
    assert found is not None
    return found


def test_the_letter_states_what_the_rule_asks_for(world: World) -> None:
    meeting = draft(world)
    content = service.letter_pdf(service.invitation_letter(meeting, world_post(world)))
    text = " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
    for words in (
        "GIẤY MỜI",
        "trân trọng kính mời",
        TITLE,
        "Chủ trì: Trịnh Gia Khánh, Phó Chủ tịch UBND Thành phố",
        "14 giờ 00 phút, Thứ Năm, ngày 26 tháng 11 năm 2026",
        "Sở Xây dựng (02 người)",
        "Đầu mối liên hệ: Phan Thảo My",
        "KT. CHỦ TỊCH",
    ):
        assert words in text, words


def world_post(world: World):
    from app.org import queries as org

    return org.post(world.vice_chairman.post_id, world.agencies["city"])


def test_submitting_drafts_the_document_with_its_recipients(world: World) -> None:
    meeting = submitted(world)
    document = session.get_one(Document, meeting.invitation_document_id)
    assert (meeting.state, document.state, document.document_type) == (
        MeetingState.DRAFT,
        "in_review",
        "Giấy mời",
    )
    assert {r.agency_id for r in document.recipients} == {
        world.agencies["dept"], world.agencies["ward"], world.agencies["dept2"], None,
    }  # fmt: skip
    assert [f.role for f in document.files] == ["main"]
    assert document.endorser_post_id == world.office_chief.post_id
    with pytest.raises(Violations, match="đang trình duyệt"):
        service.draft_invitation(
            world.secretary.actor, meeting.id, version=None, signer_post_id=world.vice_chairman.post_id
        )


def test_only_a_leader_signs(world: World) -> None:
    meeting = draft(world)
    with pytest.raises(Violations, match="phải là lãnh đạo"):
        service.draft_invitation(
            world.secretary.actor, meeting.id, version=None, signer_post_id=world.city_head.post_id
        )


def test_issuing_is_calling(world: World) -> None:
    meeting = submitted(world)
    document = issued(world, meeting)
    assert document.reference.endswith("/GM-UBND-VP") or "/GM-" in document.reference
    main = next(f for f in document.files if f.role == "main")
    with storage().blobs.open(main.stored.sha256, main.stored.size) as stream:
        words = " ".join("".join(p.extract_text() for p in PdfReader(stream).pages).split())
    assert document.reference in words
    assert "trân trọng kính mời" in words
    assert meeting.state == MeetingState.CALLED
    assert queries.waiting(world.director.actor, limit=9)[0].meeting_id == meeting.id


def test_a_returned_letter_is_drawn_anew(world: World) -> None:
    meeting = submitted(world)
    first = meeting.invitation_document_id
    documents.return_draft(world.office_chief.actor, first, None, "Sửa địa điểm")
    session.expire_all()
    service.draft_invitation(
        world.secretary.actor, meeting.id, version=None, signer_post_id=world.chairman.post_id
    )
    document = session.get_one(Document, first)
    assert meeting.invitation_document_id == first
    assert (document.state, document.approver_post_id) == ("in_review", world.chairman.post_id)
    assert len(document.files) == 1


def test_an_invitation_to_a_cancelled_meeting_does_not_go_out(world: World) -> None:
    meeting = submitted(world)
    document = signed(world, meeting)
    service.cancel(world.secretary.actor, meeting.id, version=None, reason="Hoãn")
    with pytest.raises(WrongState, match="đã hủy"):
        documents.issue(world.city_clerk.actor, document.id, None, world.registers["city_outgoing"])


def test_the_leaders_answer_closes_the_letter_that_arrived(world: World) -> None:
    meeting = submitted(world, guests=Guests(agencies=((world.agencies["dept"], 2),)))
    issued(world, meeting)
    letter = arrived(world, meeting, "dept")
    documents.register_incoming(
        world.clerk.actor,
        letter.id,
        None,
        Registration(
            world.registers["dept_incoming"], letter.reference, letter.issued_on, letter.issuer_name,
            "Giấy mời", letter.subject,
        ),
    )  # fmt: skip
    item = invitee(meeting, world, "dept")
    service.answer(
        world.director.actor, meeting.id, item.id, version=item.version, answer=Answer.ATTEND,
        people=[service.Named(world.head.post_id)],
    )  # fmt: skip
    session.expire_all()
    assert letter.state == "done"
    assert letter.result == "Đã trả lời giấy mời. Sở Xây dựng: Tham dự (Đoàn Văn Bách)."
    assert [e.id for e in queries.entries(world.head.actor, meeting.starts_at.date(), 1, own=True)] == [
        meeting.id
    ]


def test_a_letter_registered_after_the_answer_is_closed_then(world: World) -> None:
    meeting = submitted(world, guests=Guests(agencies=((world.agencies["dept"], 2),)))
    issued(world, meeting)
    item = invitee(meeting, world, "dept")
    service.answer(world.director.actor, meeting.id, item.id, version=None, answer=Answer.ATTEND, myself=True)
    letter = arrived(world, meeting, "dept")
    assert letter.state == "waiting"
    documents.register_incoming(
        world.clerk.actor,
        letter.id,
        None,
        Registration(
            world.registers["dept_incoming"], letter.reference, letter.issued_on, letter.issuer_name,
            "Giấy mời", letter.subject,
        ),
    )  # fmt: skip
    service.settle_registered(SYSTEM, letter.id)
    session.expire_all()
    assert letter.state == "done"


def test_one_of_two_invitations_answered_leaves_the_letter_open(world: World) -> None:
    meeting = submitted(world, guests=guests(world), schedule=schedule())
    issued(world, meeting)
    item = invitee(meeting, world, "dept")
    assert service.settle_invitation(SYSTEM, meeting.id, item.agency_id) is None


def test_a_stranger_knows_of_no_meeting_to_invite_to(world: World) -> None:
    meeting = draft(world)
    with pytest.raises(NotFound):
        service.draft_invitation(
            world.director.actor, meeting.id, version=None, signer_post_id=world.vice_chairman.post_id
        )
