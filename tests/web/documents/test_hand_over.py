"""Bàn giao: văn bản còn việc theo người kế nhiệm."""

from __future__ import annotations

from sqlalchemy import select

from app.core.db import session
from app.documents import queries, service
from app.documents.models import Handling
from app.org import service as org
from tests.web.documents.test_incoming_pages import assigned, presented
from tests.world import World


def test_open_documents_go_to_the_successor(world: World) -> None:
    """Việc đang mở chuyển hết, việc đã xong ở lại."""
    waiting = presented(world)
    done = assigned(world)
    part = session.scalars(select(Handling).where(Handling.document_id == done.id)).one()
    service.complete(world.head.actor, part.id, None, "Xong")
    assert queries.held_count(world.director.post_id) == 1
    org.hand_over(
        world.admin.actor, from_post_id=world.director.post_id, to_post_id=world.deputy_director.post_id
    )
    session.expire_all()
    assert queries.held_count(world.director.post_id) == 0
    assert [i.record_id for i in queries.held_items(world.deputy_director.post_id, 10)] == [waiting.id]
    assert waiting.presented_to_post_id == world.deputy_director.post_id
    assert done.presented_to_post_id == world.director.post_id
    world.deputy_director.client.get(f"/van-ban/den/{waiting.id}/but-phe")
