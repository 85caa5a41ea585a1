"""Tìm nơi nhận thật: a closed agency's documents go to its only successor, or back with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.core.db import session
from app.org.models import Agency, AgencySuccessor


@dataclass(frozen=True)
class Route:
    """Nơi nhận tìm được: the agency (as addressed when refused), what to say about it, and why not."""

    agency_id: int
    note: str = ""
    refusal: str = ""


def route_to(addressed: Agency, today: date) -> Route:
    """Cơ quan nhận thật của một nơi nhận, hôm nay."""
    current, seen = addressed, {addressed.id}
    while not _is_open(current, today):
        heirs = _successors(current, today)
        if len(heirs) != 1 or heirs[0].id in seen:
            return Route(addressed.id, refusal=_refusal(current, heirs, today))
        current = heirs[0]
        seen.add(current.id)
    note = f"Chuyển đến {current.name}, cơ quan kế thừa." if current is not addressed else ""
    return Route(current.id, note=note)


def _is_open(agency: Agency, today: date) -> bool:
    return agency.valid_from <= today and (agency.valid_to is None or agency.valid_to >= today)


def _successors(agency: Agency, today: date) -> Sequence[Agency]:
    return session.scalars(
        select(Agency)
        .join(AgencySuccessor, AgencySuccessor.successor_id == Agency.id)
        .where(AgencySuccessor.agency_id == agency.id, AgencySuccessor.since <= today)
        .order_by(Agency.sort, Agency.id)
    ).all()


def _refusal(agency: Agency, heirs: Sequence[Agency], today: date) -> str:
    if agency.valid_to is None or agency.valid_from > today:
        return f"{agency.name} chưa hoạt động (từ ngày {agency.valid_from:%d/%m/%Y}). Hãy gửi lại khi cơ quan đã hoạt động."
    closed = f"{agency.name} đã kết thúc hoạt động từ ngày {agency.valid_to + timedelta(days=1):%d/%m/%Y}"
    if len(heirs) > 1:
        names = "; ".join(a.name for a in heirs)
        return (
            f"{closed}, có {len(heirs)} cơ quan kế thừa ({names}). Hãy phát hành đến đúng cơ quan phụ trách."
        )
    return f"{closed} và chưa có cơ quan kế thừa. Hãy phát hành đến cơ quan đang phụ trách."
