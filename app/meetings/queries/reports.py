"""Số liệu về họp của một cơ quan: each figure is counted from the very rows it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.db import session
from app.core.working_days import Calendar, calendar
from app.documents.models import Document, OutgoingState
from app.meetings.models import Answer, Attendance, Invitee, Meeting, MeetingState, Paper
from app.meetings.policy import Limits

_MOST = 5_000


@dataclass(frozen=True)
class Held:
    """Một cuộc họp trong số liệu."""

    id: int
    title: str
    starts_at: datetime
    called_at: datetime
    is_key_event: bool
    unplanned: bool
    papers_due_at: datetime | None
    conclusion_due_on: date | None
    letter_issued: bool
    concluded_on: date | None
    invited: int
    answered: int
    coming: int
    elsewhere: int
    present: int
    first_paper_at: datetime | None


def held(agency_id: int, first: date, last: date) -> list[Held]:
    """Các cuộc họp đã mời của cơ quan trong khoảng ngày; one statement."""
    letter, conclusion = aliased(Document), aliased(Document)
    asked = (
        select(
            Invitee.meeting_id,
            func.count().label("invited"),
            func.count(Invitee.answer).label("answered"),
            func.count()
            .filter(Invitee.answer.in_([Answer.ATTEND.value, Answer.SUBSTITUTE.value]))
            .label("coming"),
            func.count().filter(Invitee.agency_id != agency_id).label("elsewhere"),
        )
        .where(Invitee.withdrawn_at.is_(None))
        .group_by(Invitee.meeting_id)
        .subquery()
    )
    present = (
        select(func.count(func.distinct(Attendance.invitee_id)))
        .where(Attendance.meeting_id == Meeting.id)
        .correlate(Meeting)
        .scalar_subquery()
    )
    paper = (
        select(func.min(Paper.added_at))
        .where(Paper.meeting_id == Meeting.id)
        .correlate(Meeting)
        .scalar_subquery()
    )
    rows: Any = session.execute(
        select(
            Meeting.id,
            Meeting.title,
            Meeting.starts_at,
            Meeting.called_at,
            Meeting.is_key_event,
            Meeting.unplanned_reason != "",
            Meeting.papers_due_at,
            Meeting.conclusion_due_on,
            func.coalesce(letter.state == OutgoingState.ISSUED.value, False),
            conclusion.issued_on,
            asked.c.invited,
            asked.c.answered,
            asked.c.coming,
            asked.c.elsewhere,
            present,
            paper,
        )
        .join(asked, asked.c.meeting_id == Meeting.id)
        .outerjoin(letter, letter.id == Meeting.invitation_document_id)
        .outerjoin(conclusion, conclusion.id == Meeting.conclusion_document_id)
        .where(
            Meeting.agency_id == agency_id,
            Meeting.starts_at >= clock.instant(first),
            Meeting.starts_at < clock.instant(last + timedelta(days=1)),
            Meeting.called_at.is_not(None),
            or_(Meeting.state == MeetingState.CALLED.value, Meeting.state == MeetingState.HELD.value),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(_MOST)
    )
    return [Held(*r) for r in rows]


@dataclass(frozen=True)
class Figure:
    """Một chỉ tiêu: its rows, and those that meet it. The number is their count, never counted otherwise."""

    key: str
    words: str
    rows: Sequence[Held]
    met: Sequence[Held]

    @property
    def percent(self) -> int | None:
        """Tỷ lệ đạt."""
        return round(len(self.met) * 100 / len(self.rows)) if self.rows else None


def figures(found: Sequence[Held], limits: Limits) -> list[Figure]:
    """Các chỉ tiêu về họp."""
    days, today = calendar(), clock.today()

    def of(key: str, words: str, about: Callable[[Held], bool], meets: Callable[[Held], bool]) -> Figure:
        rows = [h for h in found if about(h)]
        return Figure(key, words, rows, [h for h in rows if meets(h)])

    return [
        of(
            "dien-tu",
            "Mời bằng giấy mời điện tử",
            lambda h: h.elsewhere > 0 and not h.is_key_event,
            lambda h: h.letter_issued,
        ),
        of(
            "dung-han",
            "Gửi giấy mời đúng hạn",
            lambda h: True,
            lambda h: h.unplanned or _in_time(h, limits, days),
        ),
        of("phan-hoi", "Mọi thành phần đã phản hồi", lambda h: True, lambda h: h.answered == h.invited),
        of(
            "du-hop",
            "Đủ thành phần nhận lời có mặt",
            lambda h: h.present > 0,
            lambda h: h.present >= h.coming,
        ),
        of(
            "tai-lieu",
            "Có tài liệu đúng hạn",
            lambda h: h.papers_due_at is not None,
            lambda h: (
                h.first_paper_at is not None
                and h.papers_due_at is not None
                and h.first_paper_at <= h.papers_due_at
            ),
        ),
        of(
            "ket-luan",
            "Ban hành kết luận đúng hạn",
            lambda h: (
                h.conclusion_due_on is not None
                and (h.concluded_on is not None or h.conclusion_due_on < today)
            ),
            lambda h: (
                h.concluded_on is not None
                and h.conclusion_due_on is not None
                and h.concluded_on <= h.conclusion_due_on
            ),
        ),
    ]


def _in_time(row: Held, limits: Limits, days: Calendar) -> bool:
    sent, day = clock.local(row.called_at).date(), clock.local(row.starts_at).date()
    return days.between(sent, day) >= limits.invitation_days
