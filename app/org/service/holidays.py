"""Ngày nghỉ, ngày làm bù: one table for every agency of the installation, kept by the city."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violation, Violations
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import use_case
from app.core.working_days import Holiday
from app.org.events import HolidaysChanged
from app.org.models import Agency
from app.org.policy import Permission, by_right

_SATURDAY = 5
_FIRST_YEAR = 2025


@use_case
def add_holiday(actor: Actor, *, day: date, is_working: bool, name: str) -> Holiday:
    """Thêm ngày nghỉ hoặc ngày làm bù. Open deadlines are counted anew by those who hear of it."""
    actor = calendar_keeper(actor)
    if session.get(Holiday, day) is not None:
        raise Violations([Violation("day", f"Ngày {day:%d/%m/%Y} đã có trong danh sách. Hãy sửa dòng đó.")])
    _check(day, is_working=is_working)
    holiday = Holiday(day=day, is_working=is_working, name=name)
    session.add(holiday)
    session.flush()
    _tell(actor, None, _words(holiday))
    return holiday


@use_case
def edit_holiday(actor: Actor, day: date, *, is_working: bool, name: str) -> Holiday:
    """Sửa ngày nghỉ hoặc ngày làm bù."""
    actor = calendar_keeper(actor)
    holiday = _load(day)
    _check(day, is_working=is_working)
    before = _words(holiday)
    holiday.is_working, holiday.name = is_working, name
    _tell(actor, before, _words(holiday))
    return holiday


@use_case
def delete_holiday(actor: Actor, day: date) -> None:
    """Xóa ngày nghỉ hoặc ngày làm bù."""
    actor = calendar_keeper(actor)
    holiday = _load(day)
    before = _words(holiday)
    session.delete(holiday)
    session.flush()
    _tell(actor, before, None)


@use_case
def load_official_holidays(actor: Actor, year: int) -> int:
    """Nạp lịch nghỉ chính thức của một năm: public holidays and swap days as announced; days in the table stay as they are.

    :returns: how many days were added.
    """
    actor = calendar_keeper(actor)
    if not _FIRST_YEAR <= year <= clock.today().year + 1:
        raise Violations([f"Chỉ nạp được lịch từ năm {_FIRST_YEAR} đến năm sau. Hãy chọn năm khác."])
    added = add_official_days([year])
    if added:
        _tell(actor, None, f"{added} ngày theo lịch chính thức năm {year}")
    return added


def add_official_days(years: Iterable[int]) -> int:
    """Ghi những ngày chính thức chưa có trong bảng; joins the caller's transaction."""
    import holidays  # the tables of all countries: read only when somebody asks

    wanted = set(years)
    table = holidays.country_holidays("VN", years=sorted(wanted), language="vi")
    worked = {day: "Làm bù cho ngày nghỉ hoán đổi" for day in table.weekend_workdays if day.year in wanted}
    known = set(session.scalars(select(Holiday.day)))
    rows = [
        Holiday(day=day, is_working=is_working, name=name)
        for days, is_working in ((dict(table.items()), False), (worked, True))
        for day, name in sorted(days.items())
        if day not in known
    ]
    session.add_all(rows)
    session.flush()
    return len(rows)


def _load(day: date) -> Holiday:
    holiday = session.get(Holiday, day, with_for_update=True)
    if holiday is None:
        raise NotFound
    return holiday


def _check(day: date, *, is_working: bool) -> None:
    if is_working and day.weekday() < _SATURDAY:
        raise Violations(
            [
                Violation(
                    "is_working",
                    "Ngày làm bù phải rơi vào thứ Bảy hoặc Chủ nhật. Hãy chọn lại ngày hoặc loại.",
                )
            ]
        )


def _words(holiday: Holiday) -> str:
    kind = "làm bù" if holiday.is_working else "nghỉ"
    return f"{holiday.day:%d/%m/%Y}, {kind}: {holiday.name}"


def calendar_keeper(actor: Actor) -> Actor:
    """Người giữ lịch nghỉ: the table binds every agency, so only an agency with none above it may change it.

    :raises NotAllowed: the actor is not its administrator.
    """
    actor = by_right(actor, Permission.HOLIDAYS_EDIT)
    agency = session.get(Agency, actor.agency_id)
    if agency is None or agency.parent_id is not None:
        raise NotAllowed(
            "Lịch nghỉ dùng chung cho mọi cơ quan, chỉ quản trị của cơ quan cấp cao nhất được sửa. "
            "Hãy đề nghị quản trị cấp trên."
        )
    return actor


def _tell(actor: Actor, before: str | None, after: str | None) -> None:
    emit(
        actor,
        HolidaysChanged(kind=RecordKind.AGENCY, record_id=actor.agency_id or 0, agency_id=actor.agency_id),
        {"holiday": (before, after)},
    )
