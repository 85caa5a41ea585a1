"""Đơn vị thuộc cơ quan: phòng, ban, văn phòng."""

from __future__ import annotations

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations, WrongState
from app.core.events import Changes, Event, emit
from app.core.records import RecordKind
from app.core.text import fold
from app.core.use_case import load_for_change, touch, use_case
from app.org import queries
from app.org.events import UnitClosed, UnitReopened, UnitSaved
from app.org.models import Agency, Unit
from app.org.policy import Permission, by_right, same_agency


@use_case
def add_unit(
    actor: Actor, *, name: str, abbreviation: str, parent_id: int | None = None, sort: int = 0
) -> Unit:
    """Thêm đơn vị."""
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    _lock_agency(actor)
    parent = queries.unit(parent_id, actor.agency_id or 0) if parent_id is not None else None
    problems = _name_problems(actor, name, but=None)
    if problems:
        raise Violations(problems)
    unit = Unit(
        agency_id=actor.agency_id,
        parent_id=parent.id if parent else None,
        name=name,
        abbreviation=abbreviation,
        sort=sort,
    )
    session.add(unit)
    session.flush()
    _tell(
        actor,
        unit,
        UnitSaved,
        {"unit_name": (None, name), "unit_parent": (None, parent.name if parent else None)},
    )
    return unit


@use_case
def edit_unit(
    actor: Actor,
    unit_id: int,
    *,
    name: str,
    abbreviation: str,
    parent_id: int | None,
    sort: int,
    version: int | None = None,
) -> Unit:
    """Sửa đơn vị.

    :raises Violations: the name is taken, or the unit would lie under itself.
    """
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    unit = _of_my_agency(actor, unit_id, version)
    parent = queries.unit(parent_id, unit.agency_id) if parent_id is not None else None
    problems = [
        *_name_problems(actor, name, but=unit.id),
        *(_circle(unit, parent) if parent is not None else []),
    ]
    if problems:
        raise Violations(problems)
    before = session.get(Unit, unit.parent_id) if unit.parent_id is not None else None
    changes = {
        "unit_name": (unit.name, name),
        "unit_abbreviation": (unit.abbreviation, abbreviation),
        "unit_parent": (before.name if before else None, parent.name if parent else None),
        "unit_sort": (unit.sort, sort),
    }
    unit.name, unit.abbreviation, unit.sort = name, abbreviation, sort
    unit.parent_id = parent.id if parent else None
    touch(unit)
    _tell(actor, unit, UnitSaved, {f: pair for f, pair in changes.items() if pair[0] != pair[1]})
    return unit


@use_case
def close_unit(actor: Actor, unit_id: int, *, version: int | None = None) -> Unit:
    """Ngừng đơn vị.

    :raises Violations: open posts or units still lie in it.
    :raises WrongState: closed already.
    """
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    unit = _of_my_agency(actor, unit_id, version)
    if not unit.active:
        raise WrongState("Đơn vị này đã ngừng. Hãy tải lại trang để xem tình trạng mới nhất.")
    posts, units = queries.open_parts_of_unit(unit.id)
    problems = []
    if posts:
        problems.append(f"Đơn vị còn {posts} vị trí việc làm. Hãy đóng hoặc chuyển các vị trí đó trước.")
    if units:
        problems.append(f"Đơn vị còn {units} đơn vị trực thuộc. Hãy ngừng hoặc chuyển các đơn vị đó trước.")
    if problems:
        raise Violations(problems)
    unit.active = False
    touch(unit)
    _tell(actor, unit, UnitClosed, {"unit_name": (unit.name, None)})
    return unit


@use_case
def reopen_unit(actor: Actor, unit_id: int, *, version: int | None = None) -> Unit:
    """Mở lại đơn vị.

    :raises WrongState: it is open.
    """
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    unit = _of_my_agency(actor, unit_id, version)
    if unit.active:
        raise WrongState("Đơn vị này đang hoạt động. Hãy tải lại trang để xem tình trạng mới nhất.")
    unit.active = True
    touch(unit)
    _tell(actor, unit, UnitReopened, {"unit_name": (None, unit.name)})
    return unit


def _tell(actor: Actor, unit: Unit, event: type[Event], changes: Changes) -> None:
    emit(
        actor,
        event(kind=RecordKind.AGENCY, record_id=unit.agency_id, agency_id=unit.agency_id, unit_id=unit.id),  # type: ignore[call-arg]
        changes,
    )


def _of_my_agency(actor: Actor, unit_id: int, version: int | None) -> Unit:
    unit = load_for_change(Unit, unit_id, version)
    if not same_agency(actor, unit.agency_id):
        raise NotFound
    return unit


def _lock_agency(actor: Actor) -> None:
    """Two units of one name must not be added at the same instant."""
    session.execute(select(Agency.id).where(Agency.id == actor.agency_id).with_for_update())


def _name_problems(actor: Actor, name: str, *, but: int | None) -> list[Violation]:
    same = [
        u
        for u in queries.units_of(actor.agency_id or 0)
        if fold(u.name) == fold(name) and u.id != but and u.active
    ]
    if same:
        return [Violation("name", f"Cơ quan đã có đơn vị “{same[0].name}”. Hãy đặt tên khác.")]
    return []


def _circle(unit: Unit, parent: Unit) -> list[Violation]:
    above: Unit | None = parent
    while above is not None:
        if above.id == unit.id:
            return [Violation("parent", "Đơn vị không thể nằm dưới chính nó. Hãy chọn đơn vị cấp trên khác.")]
        above = session.get(Unit, above.parent_id) if above.parent_id is not None else None
    return []
