"""Chờ quyết định cả danh sách; giao nhanh."""

from __future__ import annotations

from datetime import date

from app.core.working_days import due_instant
from app.directives import queries, service
from tests.unit.directives import given
from tests.web.directives.test_lists import statements

DESK = "/chi-dao/cho-quyet-dinh"


def waiting(world):
    """Một đề nghị gia hạn, một báo cáo hoàn thành, một đề nghị đổi chủ trì, một văn bản trả lời."""
    asked, _request = given.asked_for_more_time(world, date(2026, 12, 18))
    done = given.reported_done(world)
    moved = given.assigned(world)
    service.request_lead_change(
        world.director.actor,
        moved.id,
        reason="Không thuộc lĩnh vực.",
        proposed_agency_id=world.agencies["ward"],
    )
    answered = given.in_progress(world)
    given.answered(world, answered)
    return asked, done, moved, answered


def test_a_selection_is_decided_in_one_act(world):
    asked, done, moved, answered = waiting(world)
    chairman = world.chairman.client
    page = chairman.get(DESK)
    assert len(statements(chairman, DESK)) <= 12
    ticked = page.tree.xpath("//input[@name='viec']/@value")
    assert len(ticked) == 4
    chairman.post(DESK, {"viec": ticked, "dong-y": "1"})
    assert [p.state for p in (asked, done, moved, answered)] == [
        "in_progress",
        "completed",
        "assigned",
        "completed",
    ]
    assert asked.due_at == due_instant(date(2026, 12, 18))
    assert moved.lead_agency_id == world.agencies["ward"]
    assert "Không còn việc chờ quyết định" in chairman.get(DESK).text


def test_refusing_needs_a_reason_and_is_all_or_nothing(world):
    asked, done, moved, _answered = waiting(world)
    chairman = world.chairman.client
    ticked = chairman.get(DESK).tree.xpath("//input[@name='viec']/@value")
    chairman.post(DESK, {"viec": ticked, "khong": "1"}, expect=422)
    gone = [*ticked, f"gia-han:{asked.id}:999999"]
    chairman.post(DESK, {"viec": gone, "dong-y": "1"}, expect=422)
    assert (done.state, asked.is_extension_pending, moved.is_lead_change_pending) == (
        "reported_done",
        True,
        True,
    )
    chairman.post(DESK, {"viec": ticked, "khong": "1", "reason": "Chưa đủ hồ sơ."})
    assert (done.state, asked.is_extension_pending, moved.is_lead_change_pending) == (
        "in_progress",
        False,
        False,
    )
    world.director.client.get(DESK)  # his own desk, where nothing waits
    world.specialist.client.get(DESK, expect=403)


def test_a_quick_task_is_who_and_when(world):
    given.assigned(world)
    chairman, url = world.chairman.client, "/chi-dao/giao-nhanh"
    page = chairman.get(url)
    assert "Sở Xây dựng" in page.text
    assert len(statements(chairman, url)) <= 12
    chairman.post(
        url, {"content": "Kiểm tra điểm ngập", "lead": str(world.agencies["dept"]), "when": "ba-ngay"}
    )
    rows, _next = queries.part_page(
        world.director.actor, queries.PartFilter(view=queries.View.RECEIVED, text="diem ngap")
    )
    assert rows[0].due_at == due_instant(date(2026, 11, 26))
    chairman.post(
        url,
        {"content": "Chuẩn bị phát biểu", "post": str(world.city_specialist.post_id), "when": "khong-han"},
    )
    (mine,) = queries.my_parts(world.city_specialist.actor, limit=5)
    assert (mine.content, mine.state) == ("Chuẩn bị phát biểu", "in_progress")
    chairman.post(url, {"content": "Việc", "when": "mai"}, expect=422)
    world.office_chief.client.get(url, expect=403)
