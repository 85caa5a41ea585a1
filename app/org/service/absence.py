"""Báo vắng mặt và hủy báo vắng."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations, WrongState
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import load_for_change, touch, use_case
from app.org import queries
from app.org.events import AbsenceCancelled, AbsenceEntered
from app.org.models import Absence, Agency, Person, Post
from app.org.policy import Permission, by_right, is_own

_LONGEST_DAYS = 400  # maternity leave and long courses included
_BACK_DAYS = 31


@use_case
def enter_absence(
    actor: Actor,
    *,
    person_id: int,
    reason: str,
    starts_on: date,
    ends_on: date,
    deputy_post_id: int | None = None,
    note: str = "",
) -> Absence:
    """Báo vắng mặt: of oneself, or by secretary, clerk or chief of office for somebody of the same agency.

    The deputy stands in for every post the person holds in the deputy's agency, for those days (``queries.stand_ins``).
    """
    if not is_own(actor, person_id):
        actor = by_right(actor, Permission.ABSENCE_ENTER_FOR_OTHERS)
    person = _person_here(actor, person_id)
    deputy = _deputy(actor, deputy_post_id)
    problems = [
        *_date_problems(starts_on, ends_on),
        *_overlap_problems(person, starts_on, ends_on),
        *_deputy_problems(actor, person, deputy, starts_on, ends_on),
    ]
    if problems:
        raise Violations(problems)
    absence = Absence(
        agency_id=actor.agency_id,
        person_id=person.id,
        deputy_post_id=deputy.id if deputy else None,
        reason=reason,
        starts_on=starts_on,
        ends_on=ends_on,
        note=note[: limits.LINE_CHARS],
        created_at=clock.now(),
        created_by_id=actor.person_id,
    )
    session.add(absence)
    session.flush()
    emit(
        actor,
        AbsenceEntered(
            kind=RecordKind.PERSON, record_id=person.id, agency_id=absence.agency_id, absence_id=absence.id
        ),
        {
            "absence_from": (None, starts_on),
            "absence_to": (None, ends_on),
            "absence_deputy": (None, deputy.person.full_name if deputy and deputy.person else None),
        },
    )
    return absence


@use_case
def cancel_absence(actor: Actor, absence_id: int, *, version: int | None = None) -> Absence:
    """Hủy báo vắng mặt; one that has begun ends with yesterday instead, so that its past stays true.

    :raises WrongState: it is cancelled already, or over.
    """
    queries.absence(absence_id, viewer=actor)
    absence = load_for_change(Absence, absence_id, version)
    if not is_own(actor, absence.person_id):
        actor = by_right(actor, Permission.ABSENCE_ENTER_FOR_OTHERS)
    today = clock.today()
    if absence.cancelled_at is not None or absence.ends_on < today:
        raise WrongState(
            "Lần vắng mặt này đã hủy hoặc đã kết thúc nên không thể hủy nữa. Hãy tải lại trang để xem tình trạng mới nhất."
        )
    before = absence.ends_on
    if absence.starts_on < today:
        absence.ends_on = today - timedelta(days=1)
    else:
        absence.cancelled_at = clock.now()
    touch(absence)
    emit(
        actor,
        AbsenceCancelled(
            kind=RecordKind.PERSON,
            record_id=absence.person_id,
            agency_id=absence.agency_id,
            absence_id=absence.id,
        ),
        {"absence_to": (before, absence.ends_on if absence.cancelled_at is None else None)},
    )
    return absence


def _person_here(actor: Actor, person_id: int) -> Person:
    """The person, locked so that two absences entered together are compared one after the other."""
    person = session.scalar(select(Person).where(Person.id == person_id, Person.active).with_for_update())
    if person is None or not (
        is_own(actor, person_id)
        or person.agency_id == actor.agency_id
        or any(p.agency_id == actor.agency_id for p in queries.posts_of_person(person_id))
    ):
        raise NotFound
    return person


def _deputy(actor: Actor, post_id: int | None) -> Post | None:
    return queries.post(post_id, actor.agency_id or 0) if post_id is not None else None


def _date_problems(starts_on: date, ends_on: date) -> list[Violation]:
    problems = []
    if ends_on < starts_on:
        problems.append(Violation("ends_on", "Ngày cuối phải từ ngày đầu trở đi. Hãy sửa lại."))
    elif (ends_on - starts_on).days > _LONGEST_DAYS:
        problems.append(
            Violation("ends_on", f"Mỗi lần báo vắng nhiều nhất {_LONGEST_DAYS} ngày. Hãy kiểm tra lại năm.")
        )
    if starts_on < clock.today() - timedelta(days=_BACK_DAYS):
        problems.append(
            Violation("starts_on", f"Chỉ báo vắng lùi được {_BACK_DAYS} ngày. Hãy kiểm tra lại năm.")
        )
    return problems


def _overlap_problems(person: Person, starts_on: date, ends_on: date) -> list[Violation]:
    if ends_on < starts_on:
        return []
    return [
        Violation(
            "starts_on",
            f"{person.full_name} đã báo vắng từ {a.starts_on:%d/%m/%Y} đến hết {a.ends_on:%d/%m/%Y}. "
            "Hãy hủy lần đó hoặc chọn ngày khác.",
        )
        for a in queries.absences_between([person.id], starts_on, ends_on)[:1]
    ]


def _deputy_problems(
    actor: Actor, person: Person, deputy: Post | None, starts_on: date, ends_on: date
) -> list[Violation]:
    if deputy is None:
        agency = session.get(Agency, actor.agency_id)
        if agency is not None and agency.settings.get("absence_needs_deputy"):
            return [Violation("deputy", "Cơ quan yêu cầu chọn người thay. Hãy chọn một người cùng cơ quan.")]
        return []
    if deputy.person_id is None:
        return [Violation("deputy", "Vị trí này chưa có người giữ. Hãy chọn người khác.")]
    if deputy.person_id == person.id:
        return [Violation("deputy", "Người thay phải là người khác. Hãy chọn lại.")]
    clash = queries.absences_between([deputy.person_id], starts_on, max(starts_on, ends_on))
    return [
        Violation(
            "deputy",
            f"{a.person.full_name} cũng vắng mặt từ {a.starts_on:%d/%m/%Y} đến hết {a.ends_on:%d/%m/%Y}. Hãy chọn người khác.",
        )
        for a in clash[:1]
    ]
