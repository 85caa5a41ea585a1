"""Văn bản trả lời trên trang nhiệm vụ và trên bàn của người chỉ đạo."""

from __future__ import annotations

from tests.unit.directives import given


def test_one_click_accepts_the_answer(world):
    part = given.in_progress(world)
    proposal = given.answered(world, part)
    page = world.chairman.client.get(f"/chi-dao/{part.id}")
    assert "Sở Xây dựng trả lời bằng văn bản 7/SXD-HTKT" in page.text
    assert "trả lời bằng 7/SXD-HTKT" in world.chairman.client.get("/").text
    url = f"/chi-dao/{part.id}/tra-loi/{proposal.id}"
    world.director.client.submit(f"{url}/nhan", {"version": str(part.version)}, expect=403)
    world.chairman.client.submit(f"{url}/nhan", page.form(f"{proposal.id}/nhan"))
    assert part.state == "completed"
    assert "Trả lời bằng văn bản 7/SXD-HTKT" in world.director.client.get(f"/chi-dao/{part.id}").text


def test_the_lead_reports_with_it_and_the_follower_puts_it_aside(world):
    part = given.in_progress(world)
    proposal = given.answered(world, part)
    page = world.specialist.client.get(f"/chi-dao/{part.id}")
    assert f"/chi-dao/{part.id}/bao-cao-hoan-thanh?van-ban={proposal.document_id}" in page.links()
    shown = world.city_specialist.client.get(f"/chi-dao/{part.id}").form(f"{proposal.id}/bo")
    world.city_specialist.client.submit(f"/chi-dao/{part.id}/tra-loi/{proposal.id}/bo", shown)
    assert "7/SXD-HTKT ngày" not in world.chairman.client.get(f"/chi-dao/{part.id}").text
    world.chairman.client.submit(f"/chi-dao/{part.id}/tra-loi/{proposal.id}/nhan", {}, expect=404)
    assert part.state == "in_progress"
