"""Cơ quan được nêu trong bút phê: names of the installation's agencies, in any of their usual spellings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from app.core import clock
from app.core.db import session
from app.language.names import agency_key, agency_variants
from app.org.models import Agency

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


def _keys(name: str, short_name: str) -> set[str]:
    keys = {agency_key(form) for form in (*agency_variants(name), *agency_variants(short_name))}
    committee = "uy ban nhan dan "
    keys |= {key.removeprefix(committee) for key in keys if key.startswith(committee)}
    return {key for key in keys if len(key) >= _LEAST}
