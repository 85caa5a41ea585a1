"""Trang văn bản đi: mở, soạn, duyệt, phát hành."""

from __future__ import annotations

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import session
from app.documents.models import Document
from tests.paper import docx, upload
from tests.world import World


def events(document_id: int) -> list[str]:
    return list(
        session.scalars(
            select(AuditEntry.event)
            .where(AuditEntry.kind == 2, AuditEntry.record_id == document_id)
            .order_by(AuditEntry.id)
        )
    )


def drafted(world: World) -> Document:
    world.specialist.client.post(
        "/van-ban/di/moi",
        {
            "document_type": "Công văn",
            "urgency": "0",
            "subject": "V/v phòng chống bão số 9",
            "recipients": [str(world.agencies["city"]), str(world.agencies["ward"])],
            "approver": str(world.director.post_id),
            "document_file": upload(docx(), "cv.docx"),
        },
    )
    return session.scalars(
        select(Document).where(Document.direction == "outgoing").order_by(Document.id.desc())
    ).first()


def test_a_draft_travels_to_issue(world: World) -> None:
    """Soạn thảo, trình, đồng ý, phê duyệt, phát hành."""
    document = drafted(world)
    assert document.state == "draft"
    page = world.specialist.client.get(f"/van-ban/di/{document.id}")
    assert page.h1 == "V/v phòng chống bão số 9"
    world.specialist.client.post(f"/van-ban/di/{document.id}/trinh", form_at=f"/van-ban/di/{document.id}")
    session.expire_all()
    assert document.state == "in_review"
    world.head.client.get("/")
    world.head.client.post(f"/van-ban/di/{document.id}/dong-y", {"note": "Đồng ý nội dung"})
    world.director.client.get("/")
    world.director.client.post(f"/van-ban/di/{document.id}/phe-duyet", form_at=f"/van-ban/di/{document.id}")
    world.clerk.client.get("/")
    world.clerk.client.get("/van-ban/di/cho-phat-hanh")
    assert world.clerk.client.get(f"/van-ban/di/{document.id}/phat-hanh").h1 == "Phát hành văn bản"
    page = world.clerk.client.post(
        f"/van-ban/di/{document.id}/phat-hanh", {"register": str(world.registers["dept_outgoing"])}
    )
    session.expire_all()
    assert document.reference == "01/SXD-HTKT"
    assert document.state == "issued"
    page = world.clerk.client.follow(page)
    assert "01/SXD-HTKT" in page.text
    assert events(document.id) == [
        "DraftCreated",
        "DraftSubmitted",
        "DraftEndorsed",
        "DraftApproved",
        "DocumentIssued",
        "PackageSent",
    ]
