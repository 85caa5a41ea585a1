"""Nhập danh sách người và đơn vị: previewed, confirmed by its owner, then all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations, WrongState
from app.core.events import emit
from app.core.records import RecordKind
from app.core.text import fold, name_sort_key
from app.core.use_case import use_case
from app.org import queries
from app.org.events import PeopleImported, PersonCreated
from app.org.models import Agency, ImportDraft, Person, Post, PostHolding, Unit
from app.org.policy import Permission, by_right
from app.org.service.import_file import RawList
from app.org.service.import_plan import Plan, PlannedPerson, PlannedUnit, make_plan, names_in
from app.org.service.passwords import draw_one_time
from app.org.service.people import NewAccount, search_key

_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Imported:
    """Kết quả nhập: the accounts with their one-time passwords, shown once."""

    accounts: list[NewAccount]
    units: int


@use_case
def keep_import(actor: Actor, raw: RawList) -> ImportDraft:
    """Giữ danh sách vừa đọc để xem trước; nothing of it takes effect."""
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    draft = ImportDraft(
        agency_id=actor.agency_id,
        created_by_id=actor.person_id,
        created_at=clock.now(),
        file_name=raw.file_name[: limits.FILE_NAME_CHARS],
        rows=raw.as_json(),
    )
    session.add(draft)
    session.flush()
    return draft


def plan_import(draft: ImportDraft) -> Plan:
    """Xét danh sách theo tình hình cơ quan lúc này."""
    raw = RawList.from_json(draft.file_name, draft.rows)
    return make_plan(raw, queries.known_to(draft.agency_id, *names_in(raw)))


@use_case
def import_people(actor: Actor, draft_id: int, *, reviewed: bool) -> Imported:
    """Nhập danh sách đã xem trước: judged anew against the agency as it is now.

    :raises Violations: a row must be mended in the file, or doubtful rows have not been looked at.
    :raises WrongState: imported already, or kept longer than a day.
    """
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    # One import or change of units at a time, so that what was compared still holds when it is written.
    session.execute(select(Agency.id).where(Agency.id == actor.agency_id).with_for_update())
    draft = queries.import_draft(draft_id, viewer=actor)
    session.refresh(draft, with_for_update=True)
    if draft.done_at is not None:
        raise WrongState("Danh sách này đã được nhập. Hãy xem kết quả ở trang Người dùng.")
    if draft.created_at < clock.now() - _KEPT:
        raise WrongState("Danh sách này tải lên đã quá một ngày. Hãy tải tệp lên lại để xem trước.")
    plan = plan_import(draft)
    _check(plan, reviewed=reviewed)
    units = _add_units(actor, plan.units)
    accounts = _add_people(actor, plan.people, units)
    draft.done_at, draft.rows = clock.now(), {"units": [], "people": []}
    emit(
        actor,
        PeopleImported(
            kind=RecordKind.AGENCY,
            record_id=actor.agency_id or 0,
            agency_id=actor.agency_id,
            people=len(accounts),
            units=len(plan.units),
        ),
    )
    return Imported(accounts, len(plan.units))


def drop_old_imports() -> int:
    """Dọn danh sách chờ nhập quá hạn; joins the caller's transaction."""
    gone = session.execute(
        delete(ImportDraft).where(ImportDraft.created_at < clock.now() - _KEPT).returning(ImportDraft.id)
    )
    return len(gone.all())


def _check(plan: Plan, *, reviewed: bool) -> None:
    if plan.must_fix:
        raise Violations(
            [f"Còn {plan.must_fix} điểm phải sửa. Hãy sửa trong tệp rồi tải lên lại; chưa có gì được nhập."]
        )
    if plan.to_review and not reviewed:
        raise Violations(
            [Violation("reviewed", "Hãy xem các dòng cần xem lại và đánh dấu xác nhận trước khi nhập.")]
        )
    if not plan.units and not plan.people:
        raise Violations(["Không có dòng nào mới để nhập."])


def _add_units(actor: Actor, planned: list[PlannedUnit]) -> dict[str, Unit]:
    units = {fold(u.name): u for u in queries.units_of(actor.agency_id or 0) if u.active}
    added: list[tuple[PlannedUnit, Unit]] = []
    for sort, p in enumerate(planned, start=len(units) + 1):
        unit = Unit(agency_id=actor.agency_id, name=p.name, abbreviation=p.abbreviation, sort=sort)
        units[fold(p.name)] = unit
        added.append((p, unit))
    session.add_all(unit for _, unit in added)
    session.flush()
    for p, unit in added:
        unit.parent_id = units[p.parent].id if p.parent else None
    session.flush()
    return units


def _add_people(actor: Actor, planned: list[PlannedPerson], units: dict[str, Unit]) -> list[NewAccount]:
    accounts = [_account(actor, p) for p in planned]
    session.add_all(a.person for a in accounts)
    session.flush()
    posts = [_post(actor, p, a.person, units) for p, a in zip(planned, accounts, strict=True) if p.title]
    session.add_all(posts)
    session.flush()
    session.add_all(PostHolding(post_id=x.id, person_id=x.person_id, since=clock.today()) for x in posts)
    for a in accounts:
        emit(
            actor,
            PersonCreated(kind=RecordKind.PERSON, record_id=a.person.id, agency_id=actor.agency_id),
            {"full_name": (None, a.person.full_name), "username": (None, a.person.username)},
        )
    session.flush()
    return accounts


def _account(actor: Actor, p: PlannedPerson) -> NewAccount:
    shown, stored = draw_one_time()
    person = Person(
        agency_id=actor.agency_id,
        full_name=p.full_name,
        sort_key=name_sort_key(p.full_name),
        search_key=search_key(p.full_name, p.username),
        username=p.username,
        email=p.email,
        phone=p.phone,
        password_hash=stored,
        must_change_password=True,
        settings={},
    )
    return NewAccount(person, shown)


def _post(actor: Actor, p: PlannedPerson, person: Person, units: dict[str, Unit]) -> Post:
    return Post(
        agency_id=actor.agency_id,
        unit_id=units[p.unit].id if p.unit else None,
        title=p.title,
        roles=sorted(p.roles),
        person_id=person.id,
        is_head=p.is_head,
        sort=10 if p.is_head else 50,
    )
