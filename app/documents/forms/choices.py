"""Danh sách để chọn: đơn vị, người và lãnh đạo của cơ quan."""

from __future__ import annotations

from app.core.records import post_principal, unit_principal
from app.org import queries as org
from app.org.queries import Choice


def handler_choices(agency_id: int) -> list[Choice]:
    """Đơn vị và người của cơ quan, để trình, chuyển hoặc phân công: values are principals."""
    units = [
        Choice(str(unit_principal(int(c.value))), c.label, "Đơn vị") for c in org.unit_choices(agency_id)
    ]
    posts = [
        Choice(str(post_principal(int(c.value))), c.label, c.detail, c.warning)
        for c in org.post_choices(agency_id)
    ]
    return [*posts, *units]


def leader_choices(agency_id: int) -> list[Choice]:
    """Lãnh đạo cơ quan, người đứng đầu trước."""
    return [
        Choice(str(p.id), f"{p.person.full_name if p.person else ''}, {p.title}")
        for p in org.leaders_of(agency_id)
    ]
