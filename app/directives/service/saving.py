"""Lưu, bỏ bộ lọc của mình."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.use_case import use_case
from app.directives.models import SavedFilter
from app.directives.queries import View

_MOST = 20


@use_case
def save_filter(actor: Actor, *, view: View, name: str, conditions: Mapping[str, str]) -> SavedFilter:
    """Lưu bộ lọc: under a name already used it replaces what was there."""
    if actor.post_id is None or not name.strip():
        raise Violations([Violation("name", "Hãy đặt tên cho bộ lọc.")])
    kept = session.scalar(
        select(func.count()).select_from(SavedFilter).where(SavedFilter.post_id == actor.post_id)
    )
    if (kept or 0) >= _MOST:
        raise Violations([Violation("name", f"Đã lưu {_MOST} bộ lọc. Hãy bỏ bớt trước khi lưu thêm.")])
    row = {"post_id": actor.post_id, "name": name.strip(), "view": view.value, "conditions": dict(conditions)}
    made = session.execute(
        insert(SavedFilter)
        .values(row)
        .on_conflict_do_update(
            index_elements=["post_id", "view", "name"], set_={"conditions": row["conditions"]}
        )
        .returning(SavedFilter.id)
    ).scalar_one()
    return session.get_one(SavedFilter, made)


@use_case
def remove_filter(actor: Actor, filter_id: int) -> SavedFilter:
    """Bỏ một bộ lọc đã lưu của mình."""
    found = session.get(SavedFilter, filter_id) if 0 < filter_id < 2**63 else None
    if found is None or found.post_id != actor.post_id:
        raise NotFound
    session.delete(found)
    return found
