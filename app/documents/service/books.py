"""Nhóm nơi nhận của cơ quan."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import use_case
from app.documents import events
from app.documents.models import Direction, RecipientGroup, RecipientGroupMember, Register

_FIRST_REGISTERS = ((Direction.INCOMING, "Sổ văn bản đến"), (Direction.OUTGOING, "Sổ văn bản đi"))


@use_case
def open_registers(actor: Actor, agency_id: int) -> None:
    """Mở sổ cho cơ quan mới lập; one that has its registers keeps them."""
    for direction, name in _FIRST_REGISTERS:
        held = select(Register.id).where(
            Register.agency_id == agency_id, Register.direction == direction.value
        )
        if session.scalar(held.limit(1)) is None:
            session.add(Register(agency_id=agency_id, direction=direction.value, name=name, sort=1))


@use_case
def save_group(actor: Actor, group_id: int | None, name: str, member_ids: Sequence[int]) -> RecipientGroup:
    """Lưu nhóm nơi nhận."""
    agency_id = actor.agency_id or 0
    twin = session.scalar(
        select(RecipientGroup).where(RecipientGroup.agency_id == agency_id, RecipientGroup.name == name)
    )
    if twin is not None and twin.id != group_id:
        raise Violations([Violation("name", f"Đã có nhóm “{name}”. Hãy đặt tên khác hoặc sửa nhóm đó.")])
    group = _own(actor, group_id) if group_id else RecipientGroup(agency_id=agency_id, name=name)
    group.name = name
    session.add(group)
    session.flush()
    session.execute(delete(RecipientGroupMember).where(RecipientGroupMember.group_id == group.id))
    session.add_all(RecipientGroupMember(group_id=group.id, agency_id=i) for i in dict.fromkeys(member_ids))
    emit(
        actor,
        events.RecipientGroupSaved(
            kind=RecordKind.AGENCY, record_id=agency_id, agency_id=agency_id, group_id=group.id, note=name
        ),
    )
    return group


@use_case
def remove_group(actor: Actor, group_id: int) -> None:
    """Bỏ nhóm nơi nhận."""
    group = _own(actor, group_id)
    emit(
        actor,
        events.RecipientGroupRemoved(
            kind=RecordKind.AGENCY,
            record_id=group.agency_id,
            agency_id=group.agency_id,
            group_id=group.id,
            note=group.name,
        ),
    )
    session.delete(group)


def _own(actor: Actor, group_id: int) -> RecipientGroup:
    group = session.get(RecipientGroup, group_id, with_for_update=True)
    if group is None or group.agency_id != actor.agency_id:
        raise NotFound
    return group
