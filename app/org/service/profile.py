"""Thông tin cá nhân: what a person keeps up himself."""

from __future__ import annotations

from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.events import Changes, emit
from app.core.records import RecordKind
from app.core.use_case import load_for_change, touch, use_case
from app.org.events import ProfileSaved
from app.org.models import Person


@use_case
def save_profile(actor: Actor, *, phone: str, email: str, version: int | None = None) -> Person:
    """Sửa thông tin liên hệ của mình."""
    person = _myself(actor, version)
    changes = {
        "contact_phone": (person.phone, phone),
        "contact_email": (person.email, email),
    }
    person.phone, person.email = phone, email
    _saved(actor, person, changes)
    return person


@use_case
def set_shortcuts(actor: Actor, *, on: bool) -> Person:
    """Bật, tắt phím tắt một chữ."""
    person = _myself(actor, None)
    before = not person.settings.get("shortcuts_off")
    person.settings = {**person.settings, "shortcuts_off": not on}
    _saved(actor, person, {"shortcuts": (before, on)})
    return person


def _myself(actor: Actor, version: int | None) -> Person:
    if actor.person_id is None:
        raise NotFound
    return load_for_change(Person, actor.person_id, version)


def _saved(actor: Actor, person: Person, changes: Changes) -> None:
    touch(person)
    emit(
        actor,
        ProfileSaved(kind=RecordKind.PERSON, record_id=person.id, agency_id=person.agency_id),
        {field: pair for field, pair in changes.items() if pair[0] != pair[1]},
    )
