"""Tổng hợp tuần gửi lãnh đạo: what is late of all they gave, by agency."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.use_case import use_case
from app.core.working_days import due_day
from app.directives.models import WORKING, DirectivePart
from app.directives.queries.conditions import state_in
from app.language.dates import dmy
from app.notifications import service as notifications
from app.org.models import Agency, Post

_ROWS = 30


def leaders_with_late(now: datetime) -> list[int]:
    """Các vị trí chỉ đạo đang có nhiệm vụ quá hạn; read from the index of open work."""
    return list(
        session.scalars(
            select(DirectivePart.assigner_post_id)
            .where(state_in(DirectivePart, WORKING), DirectivePart.due_key <= now)
            .group_by(DirectivePart.assigner_post_id)
            .order_by(DirectivePart.assigner_post_id)
        )
    )


@use_case
def send_weekly(actor: Actor, post_id: int, now: datetime) -> bool:
    """Gửi tổng hợp tuần cho một lãnh đạo.

    :returns: whether there was somebody to send it to, and something to say.
    """
    post = session.get_one(Post, post_id)
    rows = session.execute(
        select(Agency.short_name, func.count().label("late"), func.min(DirectivePart.due_at).label("first"))
        .join(Agency, Agency.id == DirectivePart.lead_agency_id)
        .where(
            DirectivePart.assigner_post_id == post_id,
            state_in(DirectivePart, WORKING),
            DirectivePart.due_key <= now,
        )
        .group_by(Agency.id, Agency.short_name)
        .order_by(func.count().desc(), Agency.short_name)
        .limit(_ROWS)
    ).all()
    if not rows or post.person is None or not post.person.email:
        return False
    day = clock.local(now).date()
    year, week, _day = day.isocalendar()
    lines = [f"- {r.short_name}: {r.late} nhiệm vụ, lâu nhất từ hạn {dmy(due_day(r.first))}" for r in rows]
    notifications.mail(
        to=post.person.email,
        subject=f"Nhiệm vụ quá hạn theo cơ quan, tuần {week} năm {year}",
        body="\n".join([f"Tính đến ngày {dmy(day)}, các nhiệm vụ quá hạn theo cơ quan chủ trì:", "", *lines]),
        key=f"directives.weekly:{post_id}:{year}-{week}",
    )
    return True
