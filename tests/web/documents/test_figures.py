"""Số là danh sách: the figure beside a tab is the number of rows behind it, for each person of the world."""

from __future__ import annotations

import pytest

from app.documents import service as documents
from tests.web.documents.test_incoming_pages import presented
from tests.web.documents.test_outgoing_pages import drafted
from tests.world import World


@pytest.mark.parametrize("path", ["/van-ban/di", "/van-ban/den"])
def test_the_figure_of_the_tab_is_the_number_of_its_rows(world: World, path: str) -> None:
    draft = drafted(world)
    documents.submit(world.specialist.actor, draft.id, None)
    documents.endorse(world.head.actor, draft.id, None, "")
    documents.approve(world.director.actor, draft.id, None)
    drafted(world)
    presented(world)
    seen = 0
    for person in world.people.values():
        if "admin" in person.actor.roles:
            continue
        page = person.client.get(path)
        (figure,) = page.texts("//nav[@class='views']/a[@aria-current]/b")
        rows = page.texts("//main//tbody/tr")
        assert int(figure) == len(rows), person.key
        seen += len(rows)
    assert seen > 0
