"""Trang điều chỉnh cơ quan chủ trì, tạm dừng, giao tiếp."""

from __future__ import annotations

from app.directives import queries
from tests.unit.directives import given


def fill(client, url: str, expect: int = 302, **changes):
    """Mở biểu mẫu, điền, gửi."""
    return client.post(url, changes, expect=expect)


def test_the_lead_asks_and_the_assigner_agrees(world):
    part = given.assigned(world)
    url = f"/chi-dao/{part.id}/dieu-chinh"
    assert "hết ngày 25/11/2026" in world.director.client.get(url).text
    fill(world.director.client, url, reason="Không thuộc lĩnh vực.", lead=str(world.agencies["ward"]))
    assert part.is_lead_change_pending
    assert "đề nghị điều chỉnh cơ quan chủ trì" in world.chairman.client.get("/").text
    request = queries.lead_changes(part)[0]
    agree = f"{url}/{request.id}/dong-y"
    fields = world.chairman.client.get(f"/chi-dao/{part.id}").form("dong-y")
    world.chairman.client.submit(agree, fields)
    assert part.lead_agency_id == world.agencies["ward"]
    assert queries.lead_changes(part)[0].state == "agreed"
    assert "đổi cơ quan chủ trì" in world.chairman.client.get(f"/chi-dao/{part.id}").text
    world.director.client.get(f"/chi-dao/{part.id}")  # what it did there stays open to it


def test_the_assigner_refuses_or_names_another(world):
    part = given.assigned(world)
    fill(world.director.client, f"/chi-dao/{part.id}/dieu-chinh", reason="Không thuộc lĩnh vực.")
    request = queries.lead_changes(part)[0]
    url = f"/chi-dao/{part.id}/dieu-chinh/{request.id}"
    world.director.client.submit(f"{url}/dong-y", {"lead": str(world.agencies["ward"])}, expect=403)
    fill(world.chairman.client, f"{url}/khong-dong-y", reason="Đúng chức năng của Sở.")
    assert queries.lead_changes(part)[0].state == "refused"
    page = world.director.client.get(f"/chi-dao/{part.id}")
    assert "Đúng chức năng của Sở." in page.text
    fill(
        world.chairman.client, f"/chi-dao/{part.id}/doi-chu-tri", reason="Đúng địa bàn.",
        lead=str(world.agencies["ward"]),
    )  # fmt: skip
    assert part.lead_agency_id == world.agencies["ward"]


def test_the_assigner_pauses_resumes_and_cancels(world):
    part = given.received(world)
    chairman, url = world.chairman.client, f"/chi-dao/{part.id}"
    fill(chairman, f"{url}/tam-dung", reason="Chờ quy hoạch.")
    assert part.state == "paused"
    assert "Nhiệm vụ đang tạm dừng" in chairman.get(url).text
    assert "Tạm dừng 1" in chairman.get("/chi-dao").text
    fill(chairman, f"{url}/tiep-tuc")
    assert part.state == "in_progress"
    world.director.client.get(f"{url}/tam-dung", expect=403)
    fill(chairman, f"{url}/huy", reason="Không còn cần.")
    assert part.state == "cancelled"
    chairman.get(f"{url}/tam-dung", expect=409)


def test_work_is_given_on_from_the_page_of_the_part(world):
    parent = given.received(world)
    director, url = world.director.client, f"/chi-dao/moi?nhiem-vu={parent.id}"
    assert url in director.get(f"/chi-dao/{parent.id}").links()
    assert "Giao tiếp từ nhiệm vụ" in director.get(url).text
    fill(director, url, leads=[str(world.agencies["dept"])])
    (child,) = queries.children(parent, viewer=world.director.actor)
    assert "Thuộc nhiệm vụ" in director.get(f"/chi-dao/{child.id}").text
    assert "Đã giao tiếp" in director.get(f"/chi-dao/{parent.id}").text
    world.specialist_b.client.get(f"/chi-dao/{child.id}", expect=404)


def test_who_may_not_assign_is_told_what_to_do_instead(world):
    page = fill(
        world.director.client, "/chi-dao/moi", content="Rà soát vỉa hè", leads=[str(world.agencies["ward"])],
        expect=422,
    )  # fmt: skip
    assert any("Hãy gửi đề nghị phối hợp" in e for e in page.errors)
    fill(
        world.director.client, "/chi-dao/moi", content="Rà soát vỉa hè", leads=[str(world.agencies["ward"])],
        nature="cooperation",
    )  # fmt: skip
    assert "Rà soát vỉa hè" in world.director.client.get("/chi-dao/de-nghi-phoi-hop").text
