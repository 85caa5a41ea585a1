"""Soạn văn bản theo mẫu, thể thức, các bản, rút lại, giữ số."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.core.errors import Violations
from app.documents import service
from app.documents.models import Document, DocumentVersion, LedgerEntry
from app.documents.service import Composition, DraftContent
from app.documents.service.capacity import capacity_of
from app.exchange.models import Delivery
from app.org.models import Agency, Delegation, Post
from tests.paper import upload
from tests.unit.documents.format import making, samples
from tests.web.documents.test_outgoing_pages import events
from tests.world import World

BODY = "Sở Xây dựng đề nghị các đơn vị báo cáo tình hình phòng, chống bão trước ngày 25 tháng 11 năm 2026 để tổng hợp.\nTrân trọng./."


def fields(world: World, **more: object) -> dict[str, object]:
    return {
        "document_type": "Công văn",
        "urgency": "0",
        "subject": "phòng chống bão số 9",
        "recipients": [str(world.agencies["city"]), str(world.agencies["ward"])],
        "approver": str(world.director.post_id),
        "o_body": BODY,
        **more,
    }


def newest() -> Document:
    return session.scalars(
        select(Document).where(Document.direction == "outgoing").order_by(Document.id.desc())
    ).first()


def composed(world: World) -> Document:
    world.specialist.client.get("/van-ban/di/moi")
    world.specialist.client.post("/van-ban/di/moi", fields(world))
    return newest()


def versions(document: Document) -> list[DocumentVersion]:
    return list(
        session.scalars(
            select(DocumentVersion)
            .where(DocumentVersion.document_id == document.id)
            .order_by(DocumentVersion.number)
        )
    )


def test_a_draft_is_made_of_a_form_and_right_by_the_decree(world: World) -> None:
    page = world.specialist.client.get("/van-ban/di/moi")
    assert "Giấy mời" in page.text
    document = composed(world)
    assert document.composition["values"]["body"].startswith("Sở Xây dựng đề nghị")
    assert [f.stored.kind for f in document.files] == ["docx"]
    page = world.specialist.client.get(f"/van-ban/di/{document.id}")
    assert "Đúng thể thức theo Nghị định 30/2020/NĐ-CP." in page.text
    assert len(versions(document)) == 1


def test_the_issued_document_is_a_pdf_with_its_number_and_day(world: World) -> None:
    document = composed(world)
    at = f"/van-ban/di/{document.id}"
    world.specialist.client.post(f"{at}/trinh", form_at=at)
    world.head.client.get("/")
    world.head.client.post(f"{at}/dong-y", {"note": ""})
    world.director.client.get("/")
    world.director.client.post(f"{at}/phe-duyet", form_at=at)
    world.clerk.client.get(f"{at}/phat-hanh")
    world.clerk.client.post(f"{at}/phat-hanh", {"register": str(world.registers["dept_outgoing"])})
    session.expire_all()
    main = next(f for f in document.files if f.role == "main")
    assert document.state == "issued"
    assert (main.stored.kind, main.stored.page_count) == ("pdf", 1)
    assert [v.stored.kind for v in versions(document)] == ["docx", "pdf", "pdf"]


def test_an_invitation_asks_for_its_own_fields(world: World) -> None:
    client = world.specialist.client
    page = client.get("/van-ban/di/moi?mau=giay-moi")
    assert "Trân trọng kính mời" in page.text
    given = fields(world, document_type="Giấy mời", o_guests="đại diện các phòng", o_about="họp giao ban")
    page = client.post("/van-ban/di/moi?mau=giay-moi", given, expect=422)
    assert "Hãy nhập “Thời gian”." in page.text
    client.post(
        "/van-ban/di/moi?mau=giay-moi",
        {**given, "o_time": "08 giờ 00 ngày 25/11/2026", "o_venue": "phòng họp tầng 3"},
    )
    assert newest().document_type == "Giấy mời"
    assert newest().composition["form"] == "giay-moi"


def test_the_preview_is_a_picture_or_a_pdf_and_keeps_nothing(world: World) -> None:
    client = world.specialist.client
    client.get("/van-ban/di/moi")
    count = len(session.scalars(select(Document.id)).all())
    assert client.post("/van-ban/di/xem-truoc", fields(world), expect=200).response.data.startswith(
        b"\x89PNG"
    )
    assert client.post("/van-ban/di/xem-truoc?dang=pdf", fields(world), expect=200).response.data.startswith(
        b"%PDF"
    )
    client.post("/van-ban/di/xem-truoc", fields(world, o_body=""), expect=204)
    assert len(session.scalars(select(Document.id)).all()) == count


def test_faults_of_form_stand_beside_the_draft_and_are_repaired_into_a_new_version(world: World) -> None:
    spec = samples.clean(0)
    spec.formats["motto"] |= {"size": 12}
    spec.number = "Số: 5 / SXD - VP"
    client = world.specialist.client
    client.get("/van-ban/di/moi")
    client.post(
        "/van-ban/di/moi", fields(world, o_body="", document_file=upload(making.docx(spec), "cv.docx"))
    )
    document = newest()
    at = f"/van-ban/di/{document.id}"
    page = client.get(at)
    assert "cần cỡ chữ 13 đến 14; hiện cỡ chữ 12" in page.text
    assert "Phụ lục I, Phần I, Mục II, khoản 1" in page.text
    client.post(f"{at}/the-thuc", {"diem": "tieu_ngu.size"}, form_at=at)
    session.expire_all()
    page = client.get(at)
    assert 'value="tieu_ngu.size"' not in page.markup
    assert len(versions(document)) == 2
    client.post(f"{at}/the-thuc", {"diem": ""}, form_at=at)
    session.expire_all()
    page = client.get(at)
    assert "Đúng thể thức" in page.text
    compared = client.get(f"{at}/so-sanh?truoc=1&sau=3")
    assert "Số: 5 / SXD - VP" in compared.text
    assert "Số: 05/SXD-VP" in compared.text
    client.get(f"{at}/ban/1")
    client.get(f"{at}/ban/9", expect=404)
    client.post(f"{at}/ban/1/lay-lai", form_at=at)
    session.expire_all()
    assert len(versions(document)) == 4
    assert versions(document)[3].stored_file_id == versions(document)[0].stored_file_id
    world.specialist_b.client.get(f"{at}/so-sanh", expect=404)


def test_a_draft_changed_after_approval_goes_the_whole_way_again(world: World) -> None:
    document = composed(world)
    at = f"/van-ban/di/{document.id}"
    world.specialist.client.post(f"{at}/trinh", form_at=at)
    world.head.client.get("/")
    world.head.client.post(f"{at}/dong-y", {"note": ""})
    world.director.client.get("/")
    world.director.client.post(f"{at}/phe-duyet", form_at=at)
    world.specialist.client.get(f"{at}/rut-lai")
    world.specialist.client.post(f"{at}/rut-lai", {"reason": "Bổ sung nơi nhận"})
    session.expire_all()
    assert (document.state, document.signer_name) == ("draft", "")
    assert "DraftTakenBack" in events(document.id)
    world.clerk.client.get(f"{at}/phat-hanh", expect=409)


def test_who_signs_decides_by_what_authority(world: World) -> None:
    today = clock.today()

    def of(who: object) -> str | None:
        post = session.get_one(Post, who.post_id)
        found = capacity_of(post, session.get_one(Agency, post.agency_id), today)
        return found.kind if found else None

    assert (of(world.director), of(world.chairman), of(world.head), of(world.specialist)) == (
        "",
        "TM",
        "TL",
        None,
    )
    session.add(
        Delegation(
            agency_id=world.agencies["dept"], from_post_id=world.director.post_id, to_post_id=world.specialist.post_id,
            scope="documents", starts_on=today, ends_on=today, created_at=clock.now(),
        )
    )  # fmt: skip
    session.flush()
    assert of(world.specialist) == "TUQ"
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        post = session.get_one(Post, world.specialist.post_id)
        assert capacity_of(post, session.get_one(Agency, post.agency_id), clock.today()) is None


def test_a_person_without_authority_cannot_be_the_signer(world: World) -> None:
    content = DraftContent("Công văn", "thử", 0, (world.agencies["city"],), (), world.clerk.post_id)
    with pytest.raises(Violations, match="không có thẩm quyền"):
        service.create_draft(world.specialist.actor, content, None)


def test_another_package_has_a_letter_drafted(world: World) -> None:
    document = service.draft_letter(
        world.specialist.actor,
        form="cong-van",
        subject="đôn đốc thực hiện nhiệm vụ",
        values={"body": BODY},
        recipient_ids=[world.agencies["ward"]],
        is_submitted=True,
    )
    assert (document.state, document.document_type) == ("in_review", "Công văn")
    assert Composition.of(document) is not None
    with pytest.raises(Violations, match="Thời gian"):
        service.draft_letter(
            world.specialist.actor, form="giay-moi", subject="họp", values={"guests": "A", "about": "B"}
        )


def test_numbers_are_held_renewed_voided_and_used(world: World) -> None:
    register = world.registers["dept_outgoing"]
    client, at = world.clerk.client, f"/van-ban/so/{register}/so-giu"
    client.get(at)
    for purpose in ("Quyết định của ông A", "Công văn của bà B", "Tờ trình"):
        client.post(at, {"purpose": purpose})
    held = list(session.scalars(select(LedgerEntry).order_by(LedgerEntry.number)))
    assert [e.number for e in held] == [1, 2, 3]
    client.get(f"{at}/{held[1].id}/huy")
    client.post(f"{at}/{held[1].id}/huy", {"reason": "Không dùng nữa"})
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        renewed = service.renew_number(world.clerk.actor, held[0].id, None, "Chờ lãnh đạo ký")
        assert renewed.expires_on == clock.today()
        assert service.expire_numbers(world.clerk.actor, clock.today()) == 1
    session.expire_all()
    assert [e.state for e in held] == ["reserved", "void", "void"]
    page = client.get(at)
    assert "Không dùng nữa" in page.text
    assert "Hết ngày giữ số" in page.text
    document = composed(world)
    for act, who in (
        (service.submit, world.specialist),
        (service.endorse, world.head),
        (service.approve, world.director),
    ):
        act(who.actor, document.id, None, *([""] if act is service.endorse else []))
    issued = service.issue(world.clerk.actor, document.id, None, register, held[0].id)
    assert (issued.number, issued.issued_on, issued.reference) == (1, held[0].day, "01/SXD-HTKT")
    assert held[0].state == "used"
    world.specialist.client.get(at, expect=403)


def test_further_recipients_get_the_issued_document_with_a_reason(world: World) -> None:
    document = composed(world)
    for act, who in (
        (service.submit, world.specialist),
        (service.endorse, world.head),
        (service.approve, world.director),
    ):
        act(who.actor, document.id, None, *([""] if act is service.endorse else []))
    service.issue(world.clerk.actor, document.id, None, world.registers["dept_outgoing"])
    session.commit()
    at = f"/van-ban/di/{document.id}"
    world.specialist.client.get(f"{at}/gui-bo-sung", expect=403)
    client = world.clerk.client
    client.get(f"{at}/gui-bo-sung")
    same = {"recipients": [str(world.agencies["ward"])], "reason": "Bổ sung"}
    page = client.post(f"{at}/gui-bo-sung", same, expect=422)
    assert "đều có trong nơi nhận" in page.text
    more = {
        "recipients": [str(world.agencies["dept2"])],
        "others": "Công ty A",
        "reason": "Theo đề nghị của phòng",
    }
    client.post(f"{at}/gui-bo-sung", more)
    session.expire_all()
    added = [r for r in document.recipients if r.added_at]
    assert [(r.agency_id, r.added_reason) for r in added] == [
        (world.agencies["dept2"], "Theo đề nghị của phòng"),
        (None, "Theo đề nghị của phòng"),
    ]
    assert document.state == "issued"
    assert events(document.id)[-2:] == ["RecipientsAdded", "PackageSent"]
    sent = session.scalars(select(Delivery.recipient_agency_id).order_by(Delivery.id)).all()
    assert sent[-1] == world.agencies["dept2"]
    assert "Theo đề nghị của phòng" in client.get(at).text
    page = world.specialist.client.get("/van-ban/di/moi?nhu-truoc=1")
    assert len(page.tree.xpath("//select[@name='recipients']/option[@selected]")) == 3
    assert "Công ty A" in page.markup
