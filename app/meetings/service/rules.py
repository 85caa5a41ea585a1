"""Quy định về họp theo loại cơ quan; họp đột xuất."""

from __future__ import annotations

from app.core import clock
from app.core.actor import Actor
from app.core.errors import NotAllowed
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import load_for_change, touch, use_case
from app.meetings.events import MeetingRuleSaved
from app.meetings.models import Meeting, MeetingRule
from app.meetings.policy import Permission
from app.meetings.service.loading import for_change, require
from app.meetings.workflow import MEETING
from app.org import queries as org


@use_case
def save_rule(
    actor: Actor,
    rule_id: int,
    *,
    version: int | None,
    invitation_days: int,
    papers_days: int,
    conclusion_days: int,
    needs_consent: bool,
    source: str,
) -> MeetingRule:
    """Lưu quy định về họp của một loại cơ quan; saving says that someone compared it with the text named.

    :raises NotAllowed: only the administrator of the highest agency: the rule is everybody's.
    """
    require(actor, Permission.RULE_EDIT, _WHO)
    if org.agency(actor.agency_id or 0).parent_id is not None:
        raise NotAllowed(_WHO)
    rule = load_for_change(MeetingRule, rule_id, version)
    rule.invitation_days, rule.papers_days, rule.conclusion_days = (
        invitation_days,
        papers_days,
        conclusion_days,
    )
    rule.needs_consent, rule.source, rule.checked_on = needs_consent, source, clock.today()
    touch(rule)
    emit(
        actor,
        MeetingRuleSaved(
            kind=RecordKind.AGENCY, record_id=actor.agency_id or 0, agency_id=actor.agency_id, rule_id=rule.id,
            note=f"{rule.agency_kind}: {invitation_days}, {papers_days}, {conclusion_days} ngày ({source})",
        ),
    )  # fmt: skip
    return rule


_WHO = "Chỉ quản trị của cơ quan cao nhất sửa được quy định về họp, vì quy định áp dụng cho mọi cơ quan cùng loại."


@use_case
def mark_unplanned(actor: Actor, meeting_id: int, *, reason: str) -> Meeting:
    """Ghi nhận họp đột xuất: why the invitation goes out later than the rule asks."""
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "mark_unplanned")
    meeting.unplanned_reason = reason
    return MEETING.move(actor, meeting, "mark_unplanned", reason=reason)
