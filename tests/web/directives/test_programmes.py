"""Chương trình, kế hoạch: lập, giao nhiệm vụ thuộc nó, số liệu mở đúng các dòng."""

from __future__ import annotations

from sqlalchemy import select

from app.core.db import session
from app.directives.models import Programme
from tests.unit.directives import given
from tests.web.directives.test_lists import statements, titles

URL = "/chi-dao/chuong-trinh"
VALUES = {
    "title": "Kế hoạch chống ngập 2026",
    "reference": "12/KH-UBND",
    "starts_on": "01/01/2026",
    "ends_on": "31/12/2026",
}


def test_a_programme_has_its_tasks_and_figures(world):
    chairman = world.chairman.client
    chairman.post(f"{URL}/moi", VALUES)
    programme = session.scalars(select(Programme)).one()
    part = given.in_progress(world, programme_id=programme.id, content="Nạo vét kênh")
    given.in_progress(world, content="Việc ngoài chương trình")
    url = f"{URL}/{programme.id}"
    page = chairman.get(url)
    assert "Nạo vét kênh" in page.text
    assert "Việc ngoài chương trình" not in page.text
    assert len(statements(chairman, url)) <= 12
    for link in page.tree.xpath("//nav[@aria-label='Số đầu việc']//a"):
        count = int(link.text_content().split()[-1])
        assert len(titles(chairman.get(link.get("href")))) == count
    assert "Kế hoạch chống ngập 2026" in chairman.get(f"/chi-dao/{part.id}").text
    form = chairman.get(f"/chi-dao/moi?chuong-trinh={programme.id}").form("/chi-dao/moi")
    assert form["programme"] == str(programme.id)


def test_it_is_changed_by_its_agency_alone(world):
    chairman = world.chairman.client
    chairman.post(f"{URL}/moi", VALUES | {"ends_on": "31/12/2025"}, expect=422)
    chairman.post(f"{URL}/moi", VALUES)
    programme = session.scalars(select(Programme)).one()
    url = f"{URL}/{programme.id}"
    stale = chairman.get(f"{url}/sua").form("")
    chairman.post(f"{url}/sua", {"title": "Kế hoạch chống ngập 2026 (sửa)"})
    assert programme.title.endswith("(sửa)")
    assert stale is not None
    world.director.client.get(url, expect=404)
    world.director.client.get(f"{url}/sua", expect=404)
    world.specialist.client.get(URL, expect=403)
