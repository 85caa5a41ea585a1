"""Giao nhiệm vụ từ trang: on its own, from a document, from above; the desk and the document's page."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.core.db import session
from app.core.working_days import due_instant
from app.directives import service
from app.directives.models import Directive, DirectivePart, DirectiveParty
from app.documents.models import RecipientGroup, RecipientGroupMember
from tests.unit.directives import given
from tests.unit.directives.test_assigning import incoming_document
from tests.web.directives.test_lists import statements

URL = "/chi-dao/moi"


def filled(world, **changes):
    """Biểu mẫu đã điền đủ."""
    values = {
        "content": "Hoàn thành bàn giao mặt bằng", "product": "Biên bản", "leads": [str(world.agencies["dept"])],
        "supports": [str(world.agencies["dept2"])], "due": "04/12/2026 10:30", "urgency": "1",
        "follower": str(world.city_specialist.post_id),
    }  # fmt: skip
    return values | changes


def test_a_leader_gives_a_directive_of_his_own(world):
    page = world.chairman.client.post(URL, filled(world))
    part = session.scalars(select(DirectivePart)).one()
    assert page.location == f"/chi-dao/{part.id}"
    assert part.due_at == given.local(date(2026, 12, 4), 10, 30)
    assert (part.origin, part.urgency, part.follower_post_id) == ("direct", 1, world.city_specialist.post_id)
    assert given.events(part) == ["DirectiveAssigned"]
    assert [n.words for n in given.notices(part, "Nhiệm vụ mới")]
    assert "Đã giao nhiệm vụ NV-2026-0001 cho Sở Xây dựng" in world.chairman.client.follow(page).text


def test_a_group_is_spread_into_one_part_each(world):
    group = RecipientGroup(agency_id=world.agencies["city"], name="Các sở")
    session.add(group)
    session.flush()
    session.add_all(
        RecipientGroupMember(group_id=group.id, agency_id=world.agencies[k]) for k in ("dept", "dept2")
    )
    session.flush()
    world.chairman.client.post(URL, filled(world, leads=[], supports=[], groups=[str(group.id)]))
    leads = session.scalars(select(DirectivePart.lead_agency_id).order_by(DirectivePart.number)).all()
    assert sorted(leads) == sorted([world.agencies["dept"], world.agencies["dept2"]])


def test_from_a_document_the_facts_are_filled_in(world):
    document = incoming_document(world)
    client, url = world.chairman.client, f"{URL}?van-ban={document.id}"
    page = client.get(url)
    assert "3312/VPCP-CN" in page.text
    assert "Về tiến độ đường Vành đai 3" in page.form("chi-dao/moi")["content"]
    client.post(url, {"leads": [str(world.agencies["dept"])], "source_point": "điểm 2"})
    directive = session.scalars(select(Directive)).one()
    assert (directive.origin, directive.source_document_id, directive.source_point) == (
        "document",
        document.id,
        "điểm 2",
    )
    part = session.scalars(select(DirectivePart)).one()
    assert "3312/VPCP-CN ngày 20/11/2026, điểm 2" in client.get(f"/chi-dao/{part.id}").text

    shown = client.get(f"/van-ban/den/{document.id}")
    assert "Nhiệm vụ giao từ văn bản" in shown.text
    assert part.code in shown.text
    assert f"/chi-dao/moi?van-ban={document.id}" in shown.links()


@pytest.mark.parametrize("asked", ["999999", "x", "99999999999999999999", "-1"])
def test_a_document_that_may_not_be_known_is_not_found(world, asked):
    world.chairman.client.get(f"{URL}?van-ban={asked}", expect=404)
    foreign = incoming_document(world, agency="dept", seen_by=("director",))
    world.chairman.client.get(f"{URL}?van-ban={foreign.id}", expect=404)
    world.chairman.client.submit(f"{URL}?van-ban={foreign.id}", filled(world), expect=404)


def test_from_above_with_its_own_tab(world):
    client = world.chairman.client
    above = {
        "above_body": "Thủ tướng Chính phủ", "above_code": "TTg-1188", "above_reference": "188/CĐ-TTg", "above_issued_on": "20/11/2026",
        "above_due": "15/12/2026", "above_report": "y",
    }  # fmt: skip
    page = client.post(URL, filled(world, due="18/12/2026", **above), expect=422)
    assert "không được muộn hơn hạn cấp trên đã giao là 15/12/2026" in " ".join(page.errors)
    client.post(URL, filled(world, **above))
    directive = session.scalars(select(Directive)).one()
    assert directive.external_due_at == due_instant(date(2026, 12, 15))
    shown = client.get("/chi-dao/cap-tren")
    assert "Thủ tướng Chính phủ, 188/CĐ-TTg ngày 20/11/2026" in shown.text
    page = client.post(URL, filled(world, above_due="15/12/2026"), expect=422)
    assert "Hãy ghi cơ quan hoặc người cấp trên" in " ".join(page.errors)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"content": " "}, "Hãy nhập nội dung"),
        ({"leads": []}, "Hãy chọn cơ quan chủ trì"),
        ({"leads": ["999999"]}, "không có trong danh sách"),
        ({"due": "30/02/2026"}, "30/02"),
        ({"due": "20/11/2026"}, "đã qua"),
        ({"content": "MẬT"}, "MẬT"),
        ({"content": "x" * 4001}, "4000"),
        ({"follower": "999999"}, "không có trong danh sách"),
        ({"urgency": "9"}, "không có trong danh sách"),
        ({"assigner": "999999"}, "không có trong danh sách"),
    ],
)
def test_a_faulty_form_is_told_and_keeps_the_text(world, changes, sentence):
    page = world.chairman.client.post(URL, filled(world, product="Giữ câu này", **changes), expect=422)
    assert sentence in " ".join(page.errors)
    assert "Giữ câu này" in page.markup
    assert given.rows(Directive) == 0


def test_extra_fields_change_nothing(world):
    world.chairman.client.post(
        URL,
        filled(world, state="completed", agency_id=str(world.agencies["ward"]), code="NV-1", percent="100"),
    )
    part = session.scalars(select(DirectivePart)).one()
    assert (part.state, part.assigning_agency_id, part.percent) == ("assigned", world.agencies["city"], None)


def test_a_double_click_gives_one_directive(world):
    values = filled(world, version="", assigner=str(world.chairman.post_id), request_key="d" * 32)
    world.chairman.client.submit(URL, values)
    world.chairman.client.submit(URL, values)
    assert given.rows(Directive) == 1


@pytest.mark.parametrize("who", ["office_chief", "city_specialist", "city_clerk", "secretary", "city_admin"])
def test_who_may_not_give_gets_no_form(world, who):
    getattr(world, who).client.get(URL, expect=403)
    getattr(world, who).client.submit(URL, filled(world), expect=403)
    assert given.rows(Directive) == 0


def test_script_and_template_marks_are_shown_as_text(world):
    nasty = "<script>alert(1)</script> {{7*7}} '-- ${x}"
    world.chairman.client.post(URL, filled(world, content=nasty, product=nasty))
    part = session.scalars(select(DirectivePart)).one()
    for url in (f"/chi-dao/{part.id}", "/chi-dao?tinh-trang=tat-ca", "/chi-dao/duoc-giao"):
        client = world.director.client if "duoc-giao" in url else world.chairman.client
        page = client.get(url)
        assert nasty in page.text, url
        assert "<script>alert" not in page.markup


# ── the desk ─────────────────────────────────────────────────────────────────


def test_the_leaders_desk_shows_who_is_late_and_what_to_decide(world, frozen_monday):
    given.in_progress(world)
    part, request = given.asked_for_more_time(world, date(2026, 12, 18))
    done = given.reported_done(world, content="Kiểm kê nhà đất")
    frozen_monday.move_to(given.local(date(2026, 12, 9), 8))
    client = world.chairman.client
    page = client.get("/")
    figure = page.tree.xpath("//ul[contains(@class,'glance')]//a[contains(.,'Nhiệm vụ quá hạn')]")[0]
    assert figure.xpath("string(b)") == "2"
    assert figure.get("href") == "/chi-dao?tinh-trang=qua-han"
    bar = page.tree.xpath("//ul[contains(@class,'bars')]//a")[0]
    assert f"co-quan={world.agencies['dept']}" in bar.get("href")
    assert len(client.get(bar.get("href")).texts("//tbody/tr")) == 2

    client.post(
        f"/chi-dao/{part.id}/gia-han/{request.id}/dong-y",
        form_at="/",
        form_action=f"gia-han/{request.id}/dong-y",
    )
    assert part.due_at == due_instant(date(2026, 12, 18))
    answer = client.post(f"/chi-dao/{done.id}/xac-nhan", form_at="/", form_action=f"{done.id}/xac-nhan")
    assert answer.location == "/"
    assert done.state == "completed"
    for leader in (world.chairman, world.vice_chairman):
        blocks = leader.client.get("/").texts("//main//h2")
        assert blocks
        assert not any(words.startswith("Chờ quyết định") for words in blocks)


def test_each_role_has_its_own_block(world):
    given.in_progress(world)
    given.assigned(world, content="Thủ tướng giao", above=service.FromAbove(body="Thủ tướng Chính phủ"))
    assert "Nhiệm vụ cấp trên giao" in world.office_chief.client.get("/").text
    assert "Nhiệm vụ được giao 2" in world.director.client.get("/").text
    assert "Hoàn thành bàn giao" in world.head.client.get("/").text
    assert "Nhiệm vụ của tôi" in world.specialist.client.get("/").text
    assert "Hoàn thành bàn giao" in world.specialist.client.get("/").text
    assert "Không có nhiệm vụ nào đang thực hiện" in world.specialist2.client.get("/").text


def test_the_parties_of_a_directive_are_those_chosen(world):
    world.chairman.client.post(URL, filled(world))
    shared = session.execute(select(DirectiveParty.agency_id, DirectiveParty.role)).all()
    assert {tuple(r) for r in shared} == {
        (world.agencies["city"], "assigner"),
        (world.agencies["dept"], "lead"),
        (world.agencies["dept2"], "support"),
    }


def test_the_form_takes_few_statements(world):
    assert len(statements(world.chairman.client, URL)) <= 12
