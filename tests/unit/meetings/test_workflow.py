"""Bảng quy trình: state by action by person, against a grid that people have read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.db import session
from app.meetings import labels, service
from app.meetings.models import MeetingState
from app.meetings.workflow import MEETING
from tests.unit.meetings.making import called, draft, move_clock, schedule
from tests.world import World

# who may press what; a "?" marks a button that is shown with the reason why it cannot be pressed yet
GRID = {
    "draft": {
        "secretary": "add_papers call cancel displace draft_invitation edit mark_unplanned remove_paper repeat_meeting replace_paper save_site",
        "office_chief": "add_papers call cancel displace draft_invitation edit mark_unplanned remove_paper repeat_meeting replace_paper save_site",
        "city_clerk": "add_papers call cancel displace draft_invitation edit mark_unplanned remove_paper repeat_meeting replace_paper save_site",
        "vice_chairman": "cancel",
        "chairman": "",
        "director": "",
    },
    "called": {
        "secretary": "add_papers answer begin_item? cancel close_ballot displace draft_invitation edit hold? mark_unplanned move open_ballot "
        "remind remove_paper renew_link repeat_meeting replace_paper "
        "revoke_link save_site take_attendance? write_minutes?",
        "vice_chairman": "assign_conclusions? begin_item? cancel close_ballot decide_substitute hold? open_ballot remind",
        "chairman": "assign_conclusions?",
        "city_head": "answer",
        "director": "answer",
        "clerk": "answer",
        "director2": "answer",
        "clerk2": "answer",
        "head": "",
        "ward_specialist": "",
    },
    "begun": {
        "secretary": "add_papers answer? begin_item cancel close_ballot displace? draft_invitation? edit hold mark_unplanned move open_ballot "
        "remind? remove_paper renew_link repeat_meeting replace_paper "
        "revoke_link save_site take_attendance write_minutes",
        "vice_chairman": "assign_conclusions begin_item cancel close_ballot decide_substitute? hold open_ballot remind?",
        "director2": "answer?",
    },
    "held": {
        "secretary": "add_papers close_ballot draft_conclusion open_ballot record_conclusion repeat_meeting take_attendance waive_conclusion write_minutes",
        "vice_chairman": "assign_conclusions close_ballot open_ballot waive_conclusion",
        "director2": "",
    },
    "cancelled": {"secretary": "", "vice_chairman": "", "director2": ""},
}


def bring_to(world: World, stage: str, traveller):
    if stage == "draft":
        return draft(world)
    meeting = called(world)
    if stage == "cancelled":
        return service.cancel(world.secretary.actor, meeting.id, version=meeting.version, reason="x")
    if stage in ("begun", "held"):
        move_clock(traveller, "14:30")
    if stage == "held":
        return service.hold(world.secretary.actor, meeting.id, version=meeting.version, needs_conclusion=True)
    return meeting


@pytest.mark.parametrize("stage", GRID)
def test_the_buttons_are_those_of_the_grid(world: World, frozen_monday, stage: str) -> None:
    meeting = bring_to(world, stage, frozen_monday)
    session.expire_all()
    for key, wanted in GRID[stage].items():
        found = MEETING.available(world.people[key].actor, meeting)
        shown = " ".join(sorted(a.action + ("?" if a.refusals else "") for a in found))
        assert shown == wanted, f"{stage}, {key}"


def test_every_row_has_its_words() -> None:
    assert set(labels.MEETING.states) == {s.value for s in MeetingState}
    for row in MEETING.rows:
        assert row.action in labels.MEETING.actions
        assert row.event.__name__ in labels.EVENTS
        assert row.who.__name__ in labels.MEETING.who
        assert all(r.__name__ in labels.MEETING.rules for r in row.must_hold)


def test_a_meeting_called_for_another_day_may_still_be_moved_after_its_hour(
    world: World, frozen_monday
) -> None:
    meeting = called(world)
    move_clock(frozen_monday, "16:00")
    later = schedule(day=meeting.starts_at.date() + timedelta(days=1))
    service.move(
        world.secretary.actor,
        meeting.id,
        version=meeting.version,
        schedule=later,
        reason="Chưa đủ thành phần",
    )
    assert meeting.state == MeetingState.CALLED
