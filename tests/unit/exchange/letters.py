"""Công văn mẫu của kiểm thử liên thông: issued and handled through the documents' own use cases."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select, text

from app.core import clock, outbox
from app.core.db import session
from app.core.records import post_principal
from app.core.text import fold
from app.documents import service as documents
from app.documents.models import Document
from app.documents.service import Assignment, DraftContent, Registration
from app.exchange.models import Delivery, Package
from app.org.models import Agency, AgencySuccessor
from app.storage.service import Upload, store_upload
from tests.paper import pdf
from tests.world import Who, World

SUBJECT = "Về việc phòng, chống ngập mùa mưa"


def upload(name: str) -> Upload:
    """Tệp đã tải lên, mỗi tên một nội dung."""
    return Upload(hashlib.sha256(name.encode()).hexdigest(), 1024 + len(name), "pdf", name, page_count=1)


def draft(
    world: World,
    to: Iterable[int],
    *,
    paper: Sequence[str] = (),
    urgency: int = 0,
) -> Document:
    """Sở Xây dựng soạn, duyệt xong một công văn, chờ phát hành."""
    content = _content(to, world.director, paper=paper, urgency=urgency)
    drafter = world.specialist.actor
    made = documents.create_draft(drafter, content, upload("cong-van.pdf"), [upload("phu-luc.pdf")])
    documents.submit(drafter, made.id, None)
    documents.endorse(world.head.actor, made.id, None, "")
    return documents.approve(world.director.actor, made.id, None)


def _content(
    to: Iterable[int],
    approver: Who,
    *,
    paper: Sequence[str] = (),
    urgency: int = 0,
    in_reply_to_id: int | None = None,
) -> DraftContent:
    return DraftContent(
        document_type="Công văn",
        subject=SUBJECT,
        urgency=urgency,
        recipient_ids=tuple(to),
        other_recipients=tuple(paper),
        approver_post_id=approver.post_id,
        in_reply_to_id=in_reply_to_id,
    )


def answer_from_ward(world: World, question: Document) -> Document:
    """UBND phường trả lời một văn bản đã vào sổ của mình, phát hành về nơi hỏi."""
    content = _content([question.issuer_agency_id or 0], world.ward_chairman, in_reply_to_id=question.id)
    made = documents.create_draft(world.ward_specialist.actor, content, upload("tra-loi.pdf"))
    documents.submit(world.ward_specialist.actor, made.id, None)
    documents.approve(world.ward_chairman.actor, made.id, None)
    return documents.issue(world.ward_clerk.actor, made.id, None, world.registers["ward_outgoing"])


def issue(world: World, to: Iterable[int], **kwargs: object) -> Document:
    """Sở Xây dựng phát hành một công văn đến các cơ quan này."""
    made = draft(world, to, **kwargs)  # type: ignore[arg-type]
    return documents.issue(world.clerk.actor, made.id, None, world.registers["dept_outgoing"])


def dispatch() -> None:
    """Tiến trình nền chạy đến khi không còn việc đến lượt."""
    for _ in range(50):
        if not outbox.dispatch():
            return


def delivery(document: Document, agency_id: int) -> Delivery:
    """Việc gửi một văn bản đến một cơ quan, đọc lại từ cơ sở dữ liệu."""
    session.expire_all()
    return session.scalars(
        select(Delivery)
        .join(Package)
        .where(
            Package.document_id == document.id,
            Package.business_type == 0,
            Delivery.recipient_agency_id == agency_id,
        )
    ).one()


def arrived(document: Document, agency_id: int) -> Document:
    """Văn bản đến tại nơi nhận."""
    token = session.scalars(
        select(Package.token).where(Package.document_id == document.id, Package.business_type == 0)
    ).one()
    return session.scalars(
        select(Document).where(Document.agency_id == agency_id, Document.package_token == token)
    ).one()


def register(world: World, received: Document, *, by: Who, book: str) -> Document:
    """Văn thư nơi nhận vào sổ."""
    registration = Registration(
        register_id=world.registers[book],
        reference=received.reference,
        issued_on=received.issued_on,
        issuer_name=received.issuer_name,
        document_type=received.document_type,
        subject=received.subject,
    )
    return documents.register_incoming(by.actor, received.id, None, registration)


def forward(received: Document, *, by: Who, to: Who) -> Document:
    """Chuyển thẳng cho người xử lý."""
    return documents.route(by.actor, received.id, None, post_principal(to.post_id), Assignment("Xử lý", None))


def add_agency(name: str, *, closed_on: date | None = None, opens_on: date = date(2025, 1, 1)) -> Agency:
    """Thêm một cơ quan vào thành phố."""
    last = session.scalar(select(Agency.id).order_by(Agency.id.desc()).limit(1)) or 0
    agency = Agency(
        code=f"H29.9.{last}",
        name=name,
        short_name=name,
        abbreviation="UBND",
        kind="ward",
        sort=last,
        search_key=fold(name),
        valid_from=opens_on,
        valid_to=closed_on,
    )
    session.add(agency)
    session.commit()
    return agency


def add_successor(closed: Agency, successor: Agency) -> None:
    """Ghi cơ quan kế thừa."""
    session.add(AgencySuccessor(agency_id=closed.id, successor_id=successor.id, since=clock.today()))
    session.commit()


def events_of(kind: int, record_id: int) -> list[str]:
    """Tên các sự kiện đã ghi của một hồ sơ."""
    rows = session.execute(
        text("SELECT event FROM audit_entry WHERE kind = :kind AND record_id = :record ORDER BY id"),
        {"kind": int(kind), "record": record_id},
    )
    return [r.event for r in rows]


def notices_to(principal: int) -> list[str]:
    """Lời các thông báo gửi một danh nghĩa."""
    rows = session.execute(
        text("SELECT words FROM notice WHERE principals @> ARRAY[CAST(:p AS bigint)] ORDER BY id"),
        {"p": principal},
    )
    return [r.words for r in rows]


def issue_real(world: World, to: Iterable[int], *, annex: bool = False) -> Document:
    """Như :func:`issue`, với tệp PDF thật trong kho."""
    content = _content(to, world.director)
    made = documents.create_draft(
        world.specialist.actor,
        content,
        store_upload(io.BytesIO(pdf("Nội dung công văn")), "cong-van.pdf"),
        [store_upload(io.BytesIO(pdf("Phụ lục")), "phu-luc.pdf")] if annex else [],
    )
    documents.submit(world.specialist.actor, made.id, None)
    documents.endorse(world.head.actor, made.id, None, "")
    documents.approve(world.director.actor, made.id, None)
    return documents.issue(world.clerk.actor, made.id, None, world.registers["dept_outgoing"])
