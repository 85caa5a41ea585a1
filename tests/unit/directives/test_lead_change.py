"""Điều chỉnh cơ quan chủ trì, tạm dừng, hủy: nothing said or done before is lost or put under another name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.core.errors import NotAllowed, Violations
from app.core.working_days import due_instant
from app.directives import queries, service
from app.directives.models import DirectivePart, DirectivePartHistory
from app.directives.queries import PartFilter, Status, View
from tests.unit.directives import given


def asked(world, **changes):
    """Sở đã đề nghị chuyển phường chủ trì."""
    part = given.received(world, **changes)
    service.request_lead_change(
        world.director.actor,
        part.id,
        reason="Không thuộc lĩnh vực của Sở.",
        proposed_agency_id=world.agencies["ward"],
    )
    return part, queries.lead_changes(part)[0]


def listed(who, view: View, **more) -> list[int]:
    """Các đầu việc trong danh sách của một người."""
    rows, _next = queries.part_page(who.actor, PartFilter(view=view, **more))
    return [r.id for r in rows]


def test_it_may_be_asked_for_two_working_days_while_the_deadline_runs(world, frozen_monday):
    part = given.assigned(world)
    due = part.due_at
    frozen_monday.move_to(given.local(date(2026, 11, 25), 23, 59))
    service.request_lead_change(world.director.actor, part.id, reason="Không thuộc lĩnh vực.")
    assert (part.state, part.due_at) == ("assigned", due)
    other = given.assigned(world)
    frozen_monday.move_to(given.local(date(2026, 11, 28)))  # two working days after that Wednesday have ended
    with pytest.raises(Violations, match="coi như đã nhận"):
        service.request_lead_change(world.director.actor, other.id, reason="Không thuộc lĩnh vực.")


def test_the_assigner_moves_it_and_the_past_keeps_its_names(world, frozen_monday):
    part, request = asked(world)
    service.urge(world.chairman.actor, [part.id])
    frozen_monday.shift(timedelta(days=1))
    service.agree_lead_change(world.chairman.actor, part.id, request.id)
    assert (part.lead_agency_id, part.state, part.received_at) == (world.agencies["ward"], "assigned", None)
    assert listed(world.ward_chairman, View.RECEIVED) == [part.id]
    assert listed(world.director, View.RECEIVED) == []
    assert listed(world.director, View.SUPPORTING) == [part.id]  # what it did there stays open to it
    assert listed(world.director, View.RECEIVED, as_at=date(2026, 11, 23)) == [part.id]
    leads = session.scalars(
        select(DirectivePartHistory.lead_agency_id)
        .where(DirectivePartHistory.part_id == part.id)
        .order_by(DirectivePartHistory.valid_from)
    ).all()
    assert leads == [world.agencies["dept"], world.agencies["ward"]]
    assert part.urging_count == 1
    assert [e for e in given.events(part) if e.startswith("Lead")] == [
        "LeadChangeRequested",
        "LeadChangeAgreed",
        "LeadChanged",
    ]
    assert given.notices(part, "Thôi chủ trì")


def test_a_refusal_leaves_everything_as_it_was(world):
    part, request = asked(world)
    service.refuse_lead_change(world.chairman.actor, part.id, request.id, reason="Đúng chức năng của Sở.")
    assert (part.lead_agency_id, part.is_lead_change_pending) == (world.agencies["dept"], False)
    with pytest.raises(NotAllowed):
        service.change_lead(
            world.office_chief.actor, part.id, lead_agency_id=world.agencies["ward"], reason="Thử"
        )


@pytest.mark.parametrize("chosen", ["dept", None, "missing"])
def test_the_new_lead_is_another_agency_at_work(world, chosen):
    part = given.received(world)
    agency_id = {"missing": 10**9, None: None}.get(chosen, world.agencies.get(chosen))
    with pytest.raises(Violations):
        service.change_lead(world.chairman.actor, part.id, lead_agency_id=agency_id, reason="Đúng địa bàn.")


def test_passing_it_on_takes_the_request_back(world):
    part, _request = asked(world)
    service.pass_on(world.director.actor, part.id, unit_id=world.units["dept_infra"])
    assert not part.is_lead_change_pending
    assert queries.lead_changes(part)[0].state == "lapsed"


def test_paused_work_is_neither_late_nor_reminded_and_comes_back_with_a_new_date(world, frozen_monday):
    part = given.paused(world)
    first = part.due_at
    assert part.next_flag_at is None
    frozen_monday.move_to(due_instant(date(2026, 12, 20)))
    assert listed(world.chairman, View.GIVEN, status=Status.LATE) == []
    assert listed(world.chairman, View.GIVEN, status=Status.PAUSED) == [part.id]
    with pytest.raises(Violations):
        service.resume(world.chairman.actor, part.id, due_at=clock.now() - timedelta(days=1))
    service.resume(world.chairman.actor, part.id, due_at=due_instant(date(2026, 12, 31)))
    assert (part.state, part.original_due_at) == ("in_progress", first)
    assert part.due_at == due_instant(date(2026, 12, 31))
    assert part.next_flag_at is not None


def test_both_rates_are_kept(world, frozen_monday):
    part, request = given.asked_for_more_time(world, date(2026, 12, 18))
    service.agree_extension(world.chairman.actor, part.id, request.id)
    frozen_monday.move_to(given.local(date(2026, 12, 14), 9))
    service.report_done(world.specialist.actor, part.id, result="Đã xong.")
    service.confirm(world.chairman.actor, part.id)
    (row,) = queries.by_agency(world.chairman.actor)
    assert (row.on_time_rate, row.first_rate) == (100, 0)


# ── whom one may assign to, and what is given on ─────────────────────────────


def given_on(world, parent: DirectivePart, **changes):
    """Giám đốc Sở giao tiếp trong Sở."""
    values = {
        "by": world.director,
        "leads": [world.agencies["dept"]],
        "supports": [],
        "follower_post_id": None,
    }
    return given.assigned(world, parent_part_id=parent.id, **values | changes)


def test_a_department_only_asks_a_ward_unless_it_cites_who_authorised_it(world):
    ward = [world.agencies["ward"]]
    with pytest.raises(Violations, match="không có thẩm quyền"):
        given.assigned(world, by=world.director, leads=ward, supports=[], follower_post_id=None)
    with pytest.raises(Violations, match="chỉ gửi cơ quan không thuộc quyền"):
        given.assigned(world, leads=ward, as_cooperation=True)
    asked_for = given.assigned(
        world, by=world.director, leads=ward, supports=[], follower_post_id=None, as_cooperation=True
    )
    authorised = given.assigned(
        world,
        by=world.director,
        leads=ward,
        supports=[],
        follower_post_id=None,
        authority="Quyết định 12/QĐ-UBND",
    )
    assert listed(world.director, View.ASKED) == [asked_for.id]
    assert listed(world.director, View.GIVEN) == [authorised.id]
    assert sum(r.of(Status.OPEN) for r in queries.by_agency(world.director.actor)) == 1
    assert sorted(listed(world.ward_chairman, View.RECEIVED)) == sorted([asked_for.id, authorised.id])


def test_a_child_is_due_no_later_than_its_parent(world):
    parent = given.received(world)
    for due_at in (None, parent.due_at + timedelta(days=1)):
        with pytest.raises(Violations, match="không muộn hơn"):
            given_on(world, parent, due_at=due_at)
    child = given_on(world, parent, due_at=parent.due_at)
    assert child.directive.parent_part_id == parent.id
    assert [c.id for c in queries.children(parent, viewer=world.director.actor)] == [child.id]
    assert list(queries.children(parent, viewer=world.chairman.actor)) == []  # the department's own business
    service.pass_on(world.director.actor, child.id, post_id=world.specialist.post_id)
    with pytest.raises(Violations, match="không muộn hơn"):
        service.request_extension(
            world.specialist.actor, child.id, due_at=parent.due_at + timedelta(days=5), reason="Chờ."
        )


def test_only_the_lead_gives_on_and_only_what_is_at_work(world):
    parent = given.received(world)
    with pytest.raises(NotAllowed):
        given.assigned(world, parent_part_id=parent.id)
    service.withdraw(world.chairman.actor, parent.id, reason="Thôi.")
    with pytest.raises(Violations):
        given_on(world, parent, due_at=parent.due_at)
