"""Đối tượng của ma trận quyền: for each id in an address, one that is ours, one of a colleague, one of another agency.

"Ours" is agency Sở Xây dựng, division Hạ tầng kỹ thuật. What other agencies hold carries a canary that must never show.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func

from app.core import clock
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.outbox import Outbox
from app.core.records import RecordKind, post_principal, unit_principal
from app.core.working_days import due_instant
from app.directives import service as directives
from app.directives.models import (
    ClosingProposal,
    ExtensionRequest,
    LeadChangeRequest,
    ProgressReport,
    ProgressReportFile,
)
from app.directives.queries import View
from app.documents import service as documents
from app.documents.models import Document, Handling, RecipientGroup
from app.documents.service import Assignment, DraftContent, Registration
from app.exchange.models import Delivery, Inbound, Package, Partner, Request
from app.meetings import service as meetings
from app.meetings.models import Ballot, Meeting, MeetingSite, Room, RoomBlocking
from app.meetings.queries import rules
from app.notifications import service as notices
from app.notifications.models import Mail, Notice
from app.signing.models import SigningBatch, SigningKey
from app.storage.service import Upload, store_upload
from tests.paper import pdf
from tests.unit.meetings.making import schedule
from tests.world import Who, World

CANARY = "HOANGYENCOQUANKHAC"
MISSING = 999_999_937


@dataclass(frozen=True)
class Ids:
    """Ba đối tượng của một loại; ``None`` where that relation cannot exist."""

    own: int
    same: int | None
    other: int | None


Objects = dict[str, Ids]
_builders: list[Callable[[World], Objects]] = []


def builder(function: Callable[[World], Objects]) -> Callable[[World], Objects]:
    """Đăng ký một hàm dựng đối tượng; keys are ``endpoint`` or, for all endpoints of a package, ``package:argument``."""
    _builders.append(function)
    return function


def build(world: World) -> Objects:
    """Mọi đối tượng của ma trận."""
    found: Objects = {}
    for make in _builders:
        found |= make(world)
    session.commit()
    return found


def _scan(words: str) -> Upload:
    return store_upload(io.BytesIO(pdf(words)), "quet.pdf")


def _incoming(world: World, clerk: Who, leader: Who, unit: str | None, register: str, words: str) -> int:
    registration = Registration(
        world.registers[register],
        "12/CV-ABC",
        date(2026, 11, 20),
        words,
        "Công văn",
        f"Việc {words}",
        signer_name=words,
    )
    document = documents.register_paper(clerk.actor, registration, _scan(words))
    proposal = Assignment(
        f"Tham mưu {words}", unit_principal(world.units[unit]) if unit else post_principal(leader.post_id)
    )
    documents.route(clerk.actor, document.id, None, post_principal(leader.post_id), proposal)
    if unit:
        documents.agree_with_proposal(leader.actor, document.id, None)
    return document.id


@builder
def incoming(world: World) -> Objects:
    """Văn bản đến, phần việc và tệp của chúng."""
    own = _incoming(world, world.clerk, world.director, "dept_infra", "dept_incoming", "của ta")
    part = session.query(Handling).filter_by(document_id=own).one()
    documents.pass_on(
        world.head.actor,
        part.id,
        None,
        lead_post_id=world.specialist.post_id,
        support_post_ids=(),
        text="Làm",
        due_at=None,
    )
    mine = session.query(Handling).filter_by(document_id=own, parent_id=part.id).one()
    same = _incoming(world, world.clerk, world.deputy_director, "dept_plan", "dept_incoming", "của phòng bên")
    theirs = session.query(Handling).filter_by(document_id=same).one()
    other = _incoming(world, world.clerk2, world.director2, "dept2_office", "dept2_incoming", CANARY)
    alien = session.query(Handling).filter_by(document_id=other).one()
    document = Ids(own, same, other)
    handling = Ids(mine.id, theirs.id, alien.id)
    files = Ids(*(_file_of(i) for i in (own, same, other)))
    names = (
        "incoming",
        "waiting",
        "route",
        "instruct",
        "agree",
        "add_handlers",
        "give_opinion",
        "close",
        "return_to_sender",
        "processing_slip",
        "keep_paper",
        "enter_note",
        "object_to_note",
        "transfer",
        "pull_back",
        "presentation_slip",
        "star",
        "link",
        "unlink",
        "print_copy",
        "take_back",
        "change_lead",
        "ask_opinions",
    )
    return {
        **{f"documents.{n}": document for n in names},
        "documents:handling_id": handling,
        "shell:document_id": document,
        "documents:file_id": files,
    }


def _file_of(document_id: int) -> int:
    from app.documents.models import DocumentFile

    return session.query(DocumentFile).filter_by(document_id=document_id).first().id  # type: ignore[union-attr]


def _draft(author: Who, approver: Who, to: int, words: str) -> int:
    content = DraftContent("Công văn", f"V/v {words}", 0, (to,), (), approver.post_id)
    document = documents.create_draft(author.actor, content, _scan(words))
    return documents.submit(author.actor, document.id, None).id


@builder
def outgoing(world: World) -> Objects:
    """Văn bản đi đang trình trưởng đơn vị."""
    city = world.agencies["city"]
    return {
        "documents:document_id": Ids(
            _draft(world.specialist, world.director, city, "dự thảo của ta"),
            _draft(world.specialist2, world.deputy_director, city, "dự thảo phòng bên"),
            _draft(world.specialist_b, world.director2, city, CANARY),
        )
    }


@builder
def held_numbers(world: World) -> Objects:
    """Số giữ chỗ trong sổ văn bản đi."""
    own = documents.reserve_number(world.clerk.actor, world.registers["dept_outgoing"], "Giữ chỗ")
    other = documents.reserve_number(world.clerk2.actor, world.registers["dept2_outgoing"], CANARY)
    return {"documents:entry_id": Ids(own.id, None, other.id)}


@builder
def books(world: World) -> Objects:
    """Sổ và nhóm nơi nhận."""
    ours = documents.save_group(world.clerk.actor, None, "Các phường", [world.agencies["ward"]])
    theirs = documents.save_group(world.clerk2.actor, None, CANARY, [world.agencies["ward"]])
    assert isinstance(ours, RecipientGroup)
    return {
        "documents:register_id": Ids(
            world.registers["dept_outgoing"], None, world.registers["dept2_incoming"]
        ),
        "documents:group_id": Ids(ours.id, None, theirs.id),
    }


def _stuck(
    author: Who, reviewer: Who | None, leader: Who, clerk: Who, register: int, to: int, words: str
) -> int:
    document_id = _draft(author, leader, to, words)
    if reviewer:
        documents.endorse(reviewer.actor, document_id, None, "")
    documents.approve(leader.actor, document_id, None)
    documents.issue(clerk.actor, document_id, None, register)
    delivery = session.query(Delivery).join(Package).filter(Package.document_id == document_id).one()
    delivery.attempts = 1
    return delivery.id


@builder
def exchange(world: World) -> Objects:
    """Văn bản đi chưa gửi được đến một nơi nhận."""
    w, city = world, world.agencies["city"]
    ours, theirs = w.registers["dept_outgoing"], w.registers["dept2_outgoing"]
    deliveries = Ids(
        _stuck(w.specialist, w.head, w.director, w.clerk, ours, city, "chưa gửi được"),
        _stuck(w.specialist2, w.head2, w.director, w.clerk, ours, city, "chưa gửi được phòng bên"),
        _stuck(w.specialist_b, None, w.director2, w.clerk2, theirs, city, CANARY),
    )
    dept, dept2 = world.agencies["dept"], world.agencies["dept2"]
    partners = Ids(_partner(dept, "đối tác của ta"), None, _partner(dept2, CANARY))
    return {
        "exchange:token": Ids("A" * 32, None, None),  # type: ignore[arg-type]
        "exchange:index": Ids(0, None, None),
        "exchange:delivery_id": deliveries,
        "exchange:document_id": Ids(
            *(_document_of(i) for i in (deliveries.own, deliveries.same, deliveries.other))
        ),
        "exchange:partner_id": partners,
        "exchange:inbound_id": Ids(
            _apart(partners.own, dept, "của ta"), None, _apart(partners.other, dept2, CANARY)
        ),
        "exchange:request_id": Ids(_asked(dept, "của ta"), None, _asked(dept2, CANARY)),
    }


def _document_of(delivery_id: int | None) -> int:
    return session.query(Package.document_id).join(Delivery).filter(Delivery.id == delivery_id).scalar()


def _partner(agency_id: int, words: str) -> int:
    partner = Partner(
        agency_id=agency_id, name=words, installation=f"{agency_id:032d}", transport="http", url="http://127.0.0.1:9", networks="127.0.0.0/8",
        most_package_bytes=10**6, packages_per_hour=10, created_at=clock.now(),
    )  # fmt: skip
    session.add(partner)
    session.flush()
    return partner.id


def _apart(partner_id: int | None, agency_id: int, words: str) -> int:
    found = Inbound(
        partner_id=partner_id, token=f"{words}{agency_id}", kind="document", manifest_sha256="0" * 64, payload_sha256="0" * 64,
        payload_size=1, receipt={}, received_at=clock.now(), state="quarantined", state_at=clock.now(), error=words, agency_id=agency_id,
    )  # fmt: skip
    session.add(found)
    session.flush()
    return found.id


def _asked(agency_id: int, words: str) -> int:
    document = session.query(Document).filter_by(agency_id=agency_id, direction="incoming").first()
    asked = Request(
        agency_id=agency_id, document_id=document.id, business_type=1, reason=words, asked_at=clock.now()
    )
    session.add(asked)
    session.flush()
    return asked.id


@builder
def signing_objects(world: World) -> Objects:
    """Khóa ký và lượt ký."""
    w = world
    keys = [_key(who) for who in (w.specialist, w.specialist2, w.specialist_b)]
    return {
        "signing:code": Ids("KHONGCOMANAY", None, None),  # type: ignore[arg-type]
        "signing:key_id": Ids(keys[0].id, keys[1].id, keys[2].id),
        "signing:batch_id": Ids(
            _batch(w.specialist, keys[0]), _batch(w.specialist2, keys[1]), _batch(w.specialist_b, keys[2])
        ),
    }


def _key(who: Who) -> SigningKey:
    now = clock.now()
    key = SigningKey(
        agency_id=who.agency_id, person_id=who.person_id, provider="software", config={}, name=who.name, certificate=b"0",
        not_before=now, not_after=now + timedelta(days=9), created_at=now, locked_at=now,
    )  # fmt: skip
    session.add(key)
    session.flush()
    return key


def _batch(who: Who, key: SigningKey) -> int:
    now = clock.now()
    batch = SigningBatch(
        agency_id=who.agency_id, person_id=who.person_id, post_id=who.post_id, key_id=key.id, agent="-", created_at=now,
        expires_at=now + timedelta(minutes=9), closed_at=now,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    return int(batch.id)


def _notice(who: Who, words: str) -> int:
    notices.notice(
        kind=RecordKind.PACKAGE, record_id=1, words=words, principals=[post_principal(who.post_id)]
    )
    notice_id = session.query(func.max(Notice.id)).scalar()
    notices.expand(SYSTEM, notice_id)
    return int(notice_id)


def _parked_mail(who: Who, words: str) -> int:
    notices.mail(to=f"{who.username}@example.gov.vn", subject=words, body=words, key=f"matrix:{words}")
    mail = session.query(Mail).filter_by(key=f"matrix:{words}").one()
    mail.state, mail.error = "parked", words
    return mail.id


def _parked_effect(who: Who, words: str) -> int:
    row = Outbox(
        handler="notifications.subscribers.send_mail:MailQueued",
        event="MailQueued",
        kind=0,
        record_id=1,
        payload={"kind": 0, "record_id": 1, "agency_id": who.agency_id, "mail_id": 1},
        created_at=clock.now(),
        not_before=clock.now(),
        parked_at=clock.now(),
        error=words,
    )
    session.add(row)
    session.flush()
    return row.id


@builder
def watched(world: World) -> Objects:
    """Thông báo, thư và việc gửi đã dừng; a notice belongs to one person, mails and effects to an agency."""
    return {
        "notifications:notice_id": Ids(
            _notice(world.specialist, "của ta"),
            _notice(world.specialist2, "của bạn cùng cơ quan"),
            _notice(world.specialist_b, CANARY),
        ),
        "notifications:mail_id": Ids(
            _parked_mail(world.specialist, "của ta"), None, _parked_mail(world.specialist_b, CANARY)
        ),
        "notifications:outbox_id": Ids(
            _parked_effect(world.specialist, "của ta"), None, _parked_effect(world.specialist_b, CANARY)
        ),
        "notifications:name": Ids("notifications.digest", None, None),  # type: ignore[arg-type]
    }


def _directive(
    world: World, leader: Who, lead: str, unit: str, head: Who, worker: Who, words: str
) -> tuple[int, ...]:
    """Đầu việc đang làm, có báo cáo kèm tệp và một đề nghị gia hạn chờ quyết định."""
    part = directives.assign(
        leader.actor,
        content=words,
        product=words,
        leads=[world.agencies[lead]],
        due_at=due_instant(date(2026, 12, 4)),
    )
    boss = {"dept": world.director, "dept2": world.director2}[lead]
    directives.pass_on(boss.actor, part.id, unit_id=world.units[unit])
    directives.pass_on(head.actor, part.id, post_id=worker.post_id)
    directives.report(worker.actor, part.id, situation=words, files=[_scan(words)])
    directives.request_extension(worker.actor, part.id, due_at=due_instant(date(2026, 12, 18)), reason=words)
    request = session.query(ExtensionRequest).filter_by(part_id=part.id).one()
    file = (
        session.query(ProgressReportFile).join(ProgressReport).filter(ProgressReport.part_id == part.id).one()
    )
    lead_request = LeadChangeRequest(
        part_id=part.id, agency_id=part.lead_agency_id, state="requested", reason=words, requested_at=clock.now(),
        requested_by_post_id=boss.post_id, requested_by_person_id=boss.person_id,
    )  # fmt: skip
    session.add(lead_request)
    session.flush()
    letter = _draft(worker, boss, world.agencies["city"], words)
    proposal = ClosingProposal(
        part_id=part.id, agency_id=part.lead_agency_id, document_id=letter, reference="1/CV", subject=words,
        issued_at=clock.now(), post_id=worker.post_id, person_id=worker.person_id, score=1, state="proposed",
        made_at=clock.now(),
    )  # fmt: skip
    session.add(proposal)
    session.flush()
    return part.id, request.id, file.id, lead_request.id, proposal.id


@builder
def directive_parts(world: World) -> Objects:
    """Nhiệm vụ Chủ tịch giao Sở, của phòng ta và phòng bên; nhiệm vụ sở khác giao trong sở."""
    w = world
    own = _directive(w, w.chairman, "dept", "dept_infra", w.head, w.specialist, "nhiệm vụ của ta")
    same = _directive(w, w.chairman, "dept", "dept_plan", w.head2, w.specialist2, "nhiệm vụ phòng bên")
    other = _directive(w, w.director2, "dept2", "dept2_office", w.director2, w.specialist_b, CANARY)
    names = ("part_id", "request_id", "file_id", "lead_request_id", "proposal_id")
    made = {f"directives:{n}": Ids(own[i], same[i], other[i]) for i, n in enumerate(names)}
    mine, theirs = (
        directives.save_filter(who.actor, view=View.GIVEN, name=name, conditions={}).id
        for who, name in ((w.specialist, "bộ lọc của ta"), (w.specialist_b, CANARY))
    )
    year = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    ours, alien = (
        directives.save_programme(who.actor, None, title=title, **year).id
        for who, title in ((w.director, "kế hoạch của ta"), (w.director2, CANARY))
    )
    return {
        **made,
        "directives:programme_id": Ids(ours, None, alien),
        "shell:part_id": made["directives:part_id"],
        "directives:filter_id": Ids(mine, None, theirs),
    }


def _meeting(
    world: World, office: Who, chair: Who, invited: tuple[Who, ...], hour: int, words: str
) -> Meeting:
    """Cuộc họp đã mời, có một tài liệu; the first of the invited has yet to answer."""
    agenda = (meetings.AgendaLine(f"Nội dung {words}", 10),)
    details = meetings.Details(
        f"Họp {words}", "work", chair.post_id, office.post_id, requirements=words, agenda=agenda
    )
    guests = meetings.Guests(post_ids=tuple(w.post_id for w in invited))
    hours = schedule(f"{hour:02}:00", f"{hour:02}:30")
    return meetings.create_and_call(office.actor, details, hours, guests, [_scan(words)])


def _site(meeting: Meeting) -> int:
    site = MeetingSite(meeting_id=meeting.id, agency_id=meeting.agency_id, room="Phòng họp")
    session.add(site)
    session.flush()
    return site.id


def _ballot(meeting: Meeting) -> int:
    ballot = Ballot(
        meeting_id=meeting.id, title=meeting.title, options=["Đồng ý", "Không"], quorum_percent=50, opened_at=clock.now(),
        opened_by_post_id=meeting.secretary_post_id,
    )  # fmt: skip
    session.add(ballot)
    session.flush()
    return ballot.id


@builder
def meeting(world: World) -> Objects:
    """Cuộc họp, lời mời, tài liệu, phòng họp."""
    w = world
    own = _meeting(w, w.clerk, w.director, (w.specialist, w.head), 8, "của ta")
    same = _meeting(w, w.clerk, w.deputy_director, (w.specialist2, w.head2), 9, "của phòng bên")
    other = _meeting(w, w.clerk2, w.director2, (w.specialist_b,), 10, CANARY)
    found = (own, same, other)
    rooms = [
        Room(agency_id=w.agencies[a], name=n, capacity=9) for a, n in (("dept", "Phòng A"), ("dept2", CANARY))
    ]
    session.add_all(rooms)
    session.flush()
    late = clock.now() + timedelta(days=90)
    blocks = [
        RoomBlocking(
            room_id=r.id,
            starts_at=late,
            ends_at=late + timedelta(hours=1),
            reason="Sửa",
            made_by_post_id=p.post_id,
            made_at=late,
        )
        for r, p in zip(rooms, (w.clerk, w.clerk2), strict=True)
    ]
    session.add_all(blocks)
    session.flush()
    blocked = (blocks[0].id, None, blocks[1].id)
    return {
        "meetings:meeting_id": Ids(*(m.id for m in found)),
        "shell:meeting_id": Ids(*(m.id for m in found)),
        "meetings:invitee_id": Ids(*(m.invitees[0].id for m in found)),
        "meetings:paper_id": Ids(*(m.papers[0].id for m in found)),
        # whoever holds the address may open it: there is no "same" or "other"
        "meetings:token": Ids(found[0].invitees[0].link_token, None, None),  # type: ignore[arg-type]
        "meetings.door": Ids(*(m.door_token for m in found)),  # type: ignore[arg-type]
        "meetings:item_id": Ids(*(m.agenda[0].id for m in found)),
        "meetings.feed": Ids(meetings.open_feed(w.director.actor).token, None, None),  # type: ignore[arg-type]
        "meetings:blocking_id": Ids(*blocked),
        "meetings:ballot_id": Ids(*(_ballot(m) for m in found)),
        "meetings:site_id": Ids(*(_site(m) for m in found)),
        "meetings:rule_id": Ids(rules()[0].id, None, None),
        "meetings:room_id": Ids(rooms[0].id, None, rooms[1].id),
    }
