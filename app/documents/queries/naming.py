"""Cơ quan được nêu trong bút phê: names of the installation's agencies, in any of their usual spellings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from app.core import clock
from app.core.db import session
from app.core.records import post_principal, unit_principal
from app.language.names import agency_key, agency_variants
from app.org.models import Agency, Person, Post, Unit

_LEAST = 6  # shorter keys say too little to be a name


@dataclass(frozen=True)
class Named:
    """Một cơ quan được nêu tên."""

    agency_id: int
    name: str


def agencies_named_in(texts: Sequence[str], *, besides: int) -> list[Named]:
    """Các cơ quan mà những lời này nêu tên, theo thứ tự trong danh bạ."""
    said = [f" {agency_key(text)} " for text in texts if text.strip()]
    if not said:
        return []
    today = clock.today()
    rows = session.execute(
        select(Agency.id, Agency.name, Agency.short_name)
        .where(
            Agency.id != besides,
            Agency.valid_from <= today,
            or_(Agency.valid_to.is_(None), Agency.valid_to >= today),
        )
        .order_by(Agency.sort, Agency.id)
    ).all()
    keys = {key: r for r in rows for key in _keys(r.name, r.short_name)}
    found: dict[int, Named] = {}
    # Longer names first, so that "Sở Xây dựng tỉnh B" is not taken for "Sở Xây dựng" as well.
    for key in sorted(keys, key=len, reverse=True):
        if any(f" {key} " in text for text in said):
            said = [text.replace(f" {key} ", "  ") for text in said]
            found.setdefault(keys[key].id, Named(keys[key].id, keys[key].short_name))
    return [found[r.id] for r in rows if r.id in found]


def names_of_principals(agency_id: int, principals: Sequence[int]) -> list[str]:
    """Tên đơn vị, người của các danh nghĩa được chọn, theo thứ tự chọn."""
    posts, units = [p // 8 for p in principals if p % 8 == 0], [p // 8 for p in principals if p % 8 == 1]
    found: dict[int, str] = {}
    for r in session.execute(
        select(Post.id, Post.title, Person.full_name)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(Post.id.in_(posts), Post.agency_id == agency_id)
    ):
        found[post_principal(r.id)] = f"{r.full_name}, {r.title}" if r.full_name else r.title
    for u in session.execute(
        select(Unit.id, Unit.name).where(Unit.id.in_(units), Unit.agency_id == agency_id)
    ):
        found[unit_principal(u.id)] = u.name
    return [found[p] for p in principals if p in found]


def _keys(name: str, short_name: str) -> set[str]:
    keys = {agency_key(form) for form in (*agency_variants(name), *agency_variants(short_name))}
    committee = "uy ban nhan dan "
    keys |= {key.removeprefix(committee) for key in keys if key.startswith(committee)}
    return {key for key in keys if len(key) >= _LEAST}
