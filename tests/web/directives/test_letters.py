"""Đôn đốc bằng văn bản; đề nghị cấp trên gia hạn: the letter is drafted, the entries are counted."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from app.core.db import session
from app.core.working_days import due_instant
from app.directives import service
from app.directives.models import Urging
from app.documents.models import Document
from app.org.models import Agency
from tests.unit.directives import given
from tests.web.directives.test_lists import statements


def wards(world, count: int) -> list[int]:
    """Nhiều phường của Thành phố."""
    made = [
        Agency(
            code=f"H29.9{n:03}", name=f"UBND phường số {n}", short_name=f"Phường số {n}", abbreviation="UBND",
            kind="ward", parent_id=world.agencies["city"], search_key=f"phuong so {n}", valid_from=date(2025, 7, 1), sort=n,
        )
        for n in range(count)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    return [w.id for w in made]


def test_forty_late_agencies_are_urged_in_two_clicks(world, frozen_monday):
    part = given.assigned(world, leads=wards(world, 40), supports=[])
    frozen_monday.move_to(due_instant(date(2026, 12, 8)))
    office = world.office_chief.client
    page = office.get("/chi-dao")
    url = next(u for u in page.links() if u.startswith("/chi-dao/don-doc-bang-van-ban"))  # first click
    assert "40 nhiệm vụ của 40 cơ quan chủ trì" in office.get(url).text
    assert len(statements(office, url)) <= 12
    ids = office.get(url).tree.xpath("//input[@name='ids']/@value")
    made = office.post(url, {"ids": ids, "lap": "1", "text": "Báo cáo trước ngày 12/12."})  # second click
    entries = session.scalars(select(Urging)).all()
    assert [e.level for e in entries] == [1] * 40
    document = session.get_one(Document, entries[0].document_id)
    assert made.location.endswith(f"/{document.id}")
    assert (document.state, len(document.recipients)) == ("draft", 40)
    assert document.files[0].name == "Công văn đôn đốc.pdf"
    assert len(given.notices(part, "Đôn đốc lần 1")) == 1
    assert "Bằng văn bản" in office.get(f"/chi-dao/{part.id}").text


def test_only_what_was_ticked_is_urged(world, frozen_monday):
    one, other = given.assigned(world), given.assigned(world)
    office, url = world.office_chief.client, "/chi-dao/don-doc-bang-van-ban"
    shown = office.post(url, {"ids": [str(one.id)]}, expect=200)
    assert "1 nhiệm vụ của 1 cơ quan" in shown.text
    office.post(url, {"ids": [str(one.id)], "lap": "1", "approver": str(world.chairman.post_id)})
    assert (one.urging_count, other.urging_count) == (1, 0)
    world.specialist.client.post(url, {"ids": [str(one.id)], "lap": "1", "approver": "1"}, expect=200)
    assert one.urging_count == 1


def above(world):
    """Thủ tướng giao Thành phố, Thành phố giao Sở sớm hơn."""
    return given.received(
        world,
        above=service.FromAbove(
            body="Thủ tướng Chính phủ", code="TTg-77", due_at=due_instant(date(2026, 12, 20))
        ),
    )


def test_what_came_from_above_is_extended_only_upward(world, frozen_monday):
    part = above(world)
    office, url = world.office_chief.client, f"/chi-dao/{part.id}"
    assert {"Đề nghị cấp trên gia hạn", "Ghi nhận hạn mới của cấp trên"} <= {
        t.split(" Ctrl")[0] for t in office.get(url).texts("//div[contains(@class,'actionbar')]//a")
    }
    asked = office.post(f"{url}/de-nghi-cap-tren", {"due": "15/01/2027", "reason": "Chờ ý kiến các bộ."})
    document = session.scalars(select(Document).where(Document.subject.contains("gia hạn"))).one()
    assert asked.location.endswith(f"/{document.id}")
    assert document.recipients[0].name == "Thủ tướng Chính phủ"
    assert part.directive.external_due_at == due_instant(date(2026, 12, 20))
    office.post(f"{url}/cap-tren-gia-han", {"due": "15/12/2026"}, expect=422)
    office.post(f"{url}/cap-tren-gia-han", {"due": "15/01/2027", "note": "Công văn 99/VPCP-TH"})
    assert part.directive.external_due_at == due_instant(date(2027, 1, 15))
    assert part.due_at < part.directive.external_due_at
    service.request_extension(
        world.director.actor, part.id, due_at=due_instant(date(2027, 1, 10)), reason="Theo hạn mới."
    )
    frozen_monday.shift(timedelta(days=1))
    world.director.client.get(f"{url}/de-nghi-cap-tren", expect=403)
    ours = given.received(world)
    office.get(f"/chi-dao/{ours.id}/de-nghi-cap-tren", expect=403)
