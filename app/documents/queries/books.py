"""Sổ đăng ký văn bản và nhóm nơi nhận."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from app.core import clock, limits, numbering
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.documents.models import (
    Direction,
    LedgerEntry,
    LedgerState,
    RecipientGroup,
    RecipientGroupMember,
    Register,
)
from app.org.queries import Choice


def books(agency_id: int, direction: Direction) -> list[Choice]:
    """Các sổ đang dùng của cơ quan."""
    rows = session.execute(
        select(Register.id, Register.name)
        .where(
            Register.agency_id == agency_id,
            Register.direction == direction.value,
            Register.active,
            Register.is_restricted.is_(False),
        )
        .order_by(Register.sort, Register.id)
    )
    return [Choice(str(r.id), r.name) for r in rows]


def first_book(agency_id: int, direction: Direction) -> int | None:
    """Sổ đứng đầu của cơ quan theo chiều này."""
    found = books(agency_id, direction)
    return int(found[0].value) if found else None


@dataclass(frozen=True)
class Book:
    """Một sổ trong một năm."""

    register: Register
    year: int


def book(register_id: int, year: int, *, viewer: Actor) -> Book:
    """Sổ của cơ quan người xem.

    :raises NotFound: another agency's.
    """
    found = session.get(Register, register_id)
    if found is None or found.agency_id != viewer.agency_id:
        raise NotFound
    return Book(found, year)


def next_number(register_id: int | None, *, viewer: Actor) -> int | None:
    """Số dự kiến kế tiếp của một sổ trong năm nay, nếu là sổ của cơ quan người xem."""
    if register_id is None:
        return None
    counter = numbering.Counter
    of_year = and_(
        counter.series == func.concat(Register.SERIES, Register.id), counter.year == clock.today().year
    )
    return session.scalar(
        select(func.coalesce(counter.last, 0) + 1)
        .select_from(Register)
        .outerjoin(counter, of_year)
        .where(Register.id == register_id, Register.agency_id == viewer.agency_id)
    )


def group(group_id: int, *, viewer: Actor) -> RecipientGroup:
    """Một nhóm nơi nhận của cơ quan người xem.

    :raises NotFound: another agency's.
    """
    found = session.get(RecipientGroup, group_id)
    if found is None or found.agency_id != viewer.agency_id:
        raise NotFound
    return found


def groups(agency_id: int) -> list[tuple[RecipientGroup, int]]:
    """Nhóm nơi nhận của cơ quan, kèm số thành viên."""
    count = (
        select(func.count())
        .where(RecipientGroupMember.group_id == RecipientGroup.id)
        .correlate(RecipientGroup)
        .scalar_subquery()
    )
    rows = session.execute(
        select(RecipientGroup, count)
        .where(RecipientGroup.agency_id == agency_id)
        .order_by(RecipientGroup.sort, RecipientGroup.name)
    )
    return [(g, int(n)) for g, n in rows]


def group_members(agency_id: int, group_ids: Sequence[int]) -> list[int]:
    """Cơ quan thuộc các nhóm của cơ quan mình."""
    if not group_ids:
        return []
    return list(
        session.scalars(
            select(RecipientGroupMember.agency_id)
            .join(RecipientGroup, RecipientGroup.id == RecipientGroupMember.group_id)
            .where(RecipientGroup.agency_id == agency_id, RecipientGroup.id.in_(list(group_ids)))
            .order_by(RecipientGroupMember.agency_id)
        )
    )


def held_numbers(agency_id: int) -> Sequence[LedgerEntry]:
    """Các số đang được giữ của cơ quan, cũ trước."""
    return session.scalars(
        select(LedgerEntry)
        .join(Register, Register.id == LedgerEntry.register_id)
        .where(Register.agency_id == agency_id, LedgerEntry.state == LedgerState.RESERVED.value)
        .order_by(LedgerEntry.register_id, LedgerEntry.year, LedgerEntry.number)
        .limit(100)
    ).all()


def ledger(target: Book) -> Sequence[LedgerEntry]:
    """Số giữ chỗ, số hủy của một sổ trong một năm, số mới trước: they have no document and still belong to the book."""
    return session.scalars(
        select(LedgerEntry)
        .options(joinedload(LedgerEntry.person))
        .where(LedgerEntry.register_id == target.register.id, LedgerEntry.year == target.year)
        .order_by(LedgerEntry.number.desc())
        .limit(limits.PAGE_ROWS)
    ).all()
