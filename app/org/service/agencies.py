"""Cơ quan: its own particulars, and the first agency of a new installation."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.events import emit
from app.core.permissions import Role
from app.core.records import RecordKind
from app.core.text import fold, name_sort_key
from app.core.use_case import load_for_change, touch, use_case
from app.language.names import short_agency_name, tidy_person_name
from app.org.events import AgencyCreated, AgencySettingsSaved, PersonCreated
from app.org.models import Agency, AgencyIdentifier, Person, Post, PostHolding, Unit
from app.org.models.structure import AgencyKind, IdentifierScheme
from app.org.policy import Permission, by_right
from app.org.service.holidays import add_official_days
from app.org.service.passwords import draw_one_time
from app.org.service.people import search_key, username_problems


@use_case
def save_agency(
    actor: Actor,
    *,
    place: str,
    address: str,
    phone: str,
    email: str,
    absence_needs_deputy: bool,
    version: int | None = None,
) -> Agency:
    """Sửa thông tin cơ quan mình: how to reach it, and the rules it sets for itself."""
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    agency = load_for_change(Agency, actor.agency_id or 0, version)
    changes = {
        "agency_place": (agency.place, place),
        "agency_address": (agency.address, address),
        "contact_phone": (agency.phone, phone),
        "contact_email": (agency.email, email),
        "absence_needs_deputy": (bool(agency.settings.get("absence_needs_deputy")), absence_needs_deputy),
    }
    agency.place, agency.address, agency.phone, agency.email = place, address, phone, email
    agency.settings = {**agency.settings, "absence_needs_deputy": absence_needs_deputy}
    touch(agency)
    emit(
        actor,
        AgencySettingsSaved(kind=RecordKind.AGENCY, record_id=agency.id, agency_id=agency.id),
        {f: pair for f, pair in changes.items() if pair[0] != pair[1]},
    )
    return agency


@dataclass(frozen=True)
class Founded:
    """Cơ quan vừa lập, với người quản trị và mật khẩu dùng một lần."""

    agency: Agency
    admin: Person
    password: str


@use_case
def create_agency(
    actor: Actor,
    *,
    code: str,
    name: str,
    kind: str,
    admin_username: str,
    admin_name: str,
    abbreviation: str = "UBND",
    parent_id: int | None = None,
) -> Founded:
    """Lập cơ quan: the agency, its office and one administrator, so that a real installation can begin.

    Only the command line calls this, as the system.
    """
    problems = [*_agency_problems(code, name, kind), *username_problems(admin_username)]
    if problems:
        raise Violations(problems)
    agency = _agency(code, name, kind, abbreviation, parent_id)
    if parent_id is None:
        add_official_days(range(clock.today().year - 1, clock.today().year + 2))
    unit = Unit(agency_id=agency.id, name="Văn phòng", abbreviation="VP", sort=1)
    session.add(unit)
    session.flush()
    admin, password = _administrator(agency, unit, admin_username, tidy_person_name(admin_name))
    emit(actor, AgencyCreated(kind=RecordKind.AGENCY, record_id=agency.id, agency_id=agency.id))
    emit(actor, PersonCreated(kind=RecordKind.PERSON, record_id=admin.id, agency_id=agency.id))
    return Founded(agency, admin, password)


def _agency_problems(code: str, name: str, kind: str) -> list[Violation]:
    problems = []
    if not code or not name:
        problems.append(Violation("code", "Cần có mã định danh và tên cơ quan."))
    if kind not in {k.value for k in AgencyKind}:
        problems.append(Violation("kind", f"Loại cơ quan phải là một trong: {', '.join(AgencyKind)}."))
    if session.scalar(select(Agency.id).where(Agency.code == code)) is not None:
        problems.append(Violation("code", f"Mã định danh {code} đã có cơ quan dùng. Hãy kiểm tra lại mã."))
    return problems


def _agency(code: str, name: str, kind: str, abbreviation: str, parent_id: int | None) -> Agency:
    last = session.scalar(select(func.max(Agency.sort)))
    agency = Agency(
        parent_id=parent_id,
        code=code,
        name=name,
        short_name=short_agency_name(name),
        abbreviation=abbreviation,
        kind=kind,
        sort=(last or 0) + 1,
        search_key=fold(f"{name} {short_agency_name(name)}"),
        valid_from=clock.today(),
        settings={},
    )
    session.add(agency)
    session.flush()
    session.add(
        AgencyIdentifier(
            agency_id=agency.id, scheme=IdentifierScheme.QD20.value, code=code, valid_from=clock.today()
        )
    )
    return agency


def _administrator(agency: Agency, unit: Unit, username: str, full_name: str) -> tuple[Person, str]:
    shown, stored = draw_one_time()
    person = Person(
        agency_id=agency.id,
        full_name=full_name,
        sort_key=name_sort_key(full_name),
        search_key=search_key(full_name, username),
        username=username,
        password_hash=stored,
        must_change_password=True,
        settings={},
    )
    session.add(person)
    session.flush()
    post = Post(
        agency_id=agency.id,
        unit_id=unit.id,
        title="Quản trị hệ thống",
        roles=[Role.ADMIN.value],
        person_id=person.id,
        sort=90,
    )
    session.add(post)
    session.flush()
    session.add(PostHolding(post_id=post.id, person_id=person.id, since=clock.today()))
    return person, shown
