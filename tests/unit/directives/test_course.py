"""Trong cơ quan chủ trì, báo cáo, xác nhận, gia hạn, đôn đốc: the rules beyond who and when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.core.errors import NotFound, StaleVersion, Violations, WrongState
from app.core.working_days import due_instant
from app.directives import queries, service
from app.directives.models import ProgressReport, Urging
from app.directives.service import FromAbove
from tests.unit.directives import given

LATER = date(2026, 12, 18)


def test_the_unit_and_then_the_person_come_to_see_the_part(world):
    part = given.received(world)
    assert not queries.is_visible(part.id, viewer=world.head.actor)
    service.pass_on(world.director.actor, part.id, unit_id=world.units["dept_infra"])
    assert queries.is_visible(part.id, viewer=world.head.actor)
    assert not queries.is_visible(part.id, viewer=world.specialist.actor)
    service.pass_on(world.head.actor, part.id, post_id=world.specialist.post_id)
    assert queries.is_visible(part.id, viewer=world.specialist.actor)
    assert [n.principals for n in given.notices(part, "Được phân công")][-1]

    service.pass_on(world.director.actor, part.id, post_id=world.specialist2.post_id)
    assert part.unit_id == world.units["dept_plan"]
    assert not queries.is_visible(part.id, viewer=world.specialist.actor)
    assert not queries.is_visible(part.id, viewer=world.head.actor)


def test_passing_on_receives_what_nobody_had_received(world):
    part = given.assigned(world)
    service.pass_on(world.director.actor, part.id, unit_id=world.units["dept_infra"])
    assert part.state == "in_progress"
    assert part.received_at == clock.now()


def test_a_head_passes_on_only_within_his_unit(world):
    part = given.in_progress(world)
    with pytest.raises(Violations, match="trong đơn vị mình"):
        service.pass_on(world.head.actor, part.id, post_id=world.specialist2.post_id)
    with pytest.raises(Violations, match="Hãy chọn"):
        service.pass_on(world.head.actor, part.id)
    with pytest.raises(Violations, match="không thuộc đơn vị"):
        service.pass_on(
            world.director.actor, part.id, unit_id=world.units["dept_plan"], post_id=world.specialist.post_id
        )
    with pytest.raises(NotFound):
        service.pass_on(world.director.actor, part.id, post_id=world.specialist_b.post_id)
    assert part.assignee_post_id == world.specialist.post_id


def test_reports_are_kept_and_move_percent_and_last_update(world, frozen_monday):
    part = given.in_progress(world)
    frozen_monday.shift(timedelta(days=1))
    service.report(
        world.specialist.actor, part.id, situation="Đã chi trả 125/136 hộ.", percent=70, difficulty="11 hộ chưa đồng thuận",
        expected_on=date(2026, 12, 3),
    )  # fmt: skip
    service.report(world.director.actor, part.id, situation="Đang đối thoại.")
    assert (part.percent, part.last_update_at) == (70, clock.now())
    first, second = reversed(queries.reports(part))
    assert (first.percent, first.person_id, first.expected_on) == (
        70,
        world.specialist.person_id,
        date(2026, 12, 3),
    )
    assert (second.percent, second.person_id) == (None, world.director.person_id)
    with pytest.raises(Violations, match="0 đến 100"):
        service.report(world.specialist.actor, part.id, situation="Vượt kế hoạch", percent=101)
    with pytest.raises(Violations, match="tình hình"):
        service.report(world.specialist.actor, part.id, situation="  ")


@pytest.mark.parametrize(
    ("reported", "confirmed", "in_time"),
    [
        (date(2026, 12, 4), date(2026, 12, 10), True),  # on the last day; confirmed days later
        (date(2026, 12, 5), date(2026, 12, 5), False),
    ],
)
def test_on_time_is_judged_by_the_accepted_report(world, frozen_monday, reported, confirmed, in_time):
    part = given.in_progress(world)
    frozen_monday.move_to(given.local(reported, 23, 59))
    service.report_done(world.specialist.actor, part.id, result="Đã bàn giao.")
    frozen_monday.move_to(given.local(confirmed, 23, 59))
    service.confirm(world.chairman.actor, part.id)
    wanted = queries.PartFilter(status=queries.Status.ON_TIME if in_time else queries.Status.DONE_LATE)
    rows, _next = queries.part_page(world.chairman.actor, wanted)
    assert [r.id for r in rows] == [part.id]


def test_returned_work_is_judged_by_the_report_accepted_in_the_end(world, frozen_monday):
    part = given.reported_done(world)
    service.send_back(world.chairman.actor, part.id, reason="Thiếu biên bản.")
    assert (part.state, part.reported_done_at) == ("in_progress", None)
    frozen_monday.move_to(given.local(date(2026, 12, 7), 9))
    service.report_done(world.specialist.actor, part.id, result="Đã bổ sung biên bản.")
    service.confirm(world.chairman.actor, part.id)
    assert queries.count(world.chairman.actor, queries.PartFilter(status=queries.Status.DONE_LATE)) == 1
    judgements = session.scalars(select(ProgressReport.judgement).order_by(ProgressReport.id)).all()
    assert judgements == ["returned", "accepted"]


def test_the_follower_proposes_and_both_names_are_kept(world):
    part = given.reported_done(world)
    with pytest.raises(Violations, match="cần bổ sung"):
        service.propose(world.city_specialist.actor, part.id, accept=False)
    service.propose(world.city_specialist.actor, part.id, accept=True, note="Đủ biên bản")
    service.confirm(world.chairman.actor, part.id)
    report = queries.reports(part)[0]
    assert (report.proposed_by_person_id, report.judged_by_person_id) == (
        world.city_specialist.person_id,
        world.chairman.person_id,
    )


def test_an_agreed_extension_moves_the_date_and_keeps_the_original(world):
    part, request = given.asked_for_more_time(world, LATER)
    assert (part.is_extension_pending, request.was_overdue) == (True, False)
    with pytest.raises(Violations, match="Đang có một đề nghị"):
        service.request_extension(world.specialist.actor, part.id, due_at=due_instant(LATER), reason="Nữa")
    service.agree_extension(world.chairman.actor, part.id, request.id, version=request.version)
    assert part.due_at == due_instant(LATER)
    assert part.original_due_at == request.previous_due_at == due_instant(given.FRIDAY_WEEK)
    assert clock.local(part.soon_at).date() == date(2026, 12, 15)
    assert not part.is_extension_pending
    with pytest.raises(WrongState):
        service.refuse_extension(world.chairman.actor, part.id, request.id, reason="Muộn")


def test_the_leader_may_grant_another_date(world):
    part, request = given.asked_for_more_time(world, LATER)
    service.agree_extension(world.chairman.actor, part.id, request.id, due_at=due_instant(date(2026, 12, 11)))
    assert part.due_at == request.granted_due_at == due_instant(date(2026, 12, 11))


def test_an_extension_asked_after_the_due_date_is_marked_and_wipes_nothing(world, frozen_monday):
    part = given.in_progress(world)
    frozen_monday.move_to(given.local(date(2026, 12, 9), 8))
    service.request_extension(
        world.specialist.actor, part.id, due_at=due_instant(LATER), reason="Mưa kéo dài"
    )
    request = queries.extensions(part)[0]
    assert request.was_overdue
    service.agree_extension(world.chairman.actor, part.id, request.id)
    frozen_monday.move_to(given.local(date(2026, 12, 10), 8))
    late = queries.PartFilter(status=queries.Status.LATE)
    assert queries.count(world.chairman.actor, late) == 0
    as_it_was = queries.PartFilter(status=queries.Status.LATE, as_at=date(2026, 12, 8))
    assert queries.count(world.chairman.actor, as_it_was) == 1


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(None, "Hãy nhập"), (date(2026, 11, 20), "đã qua"), (date(2026, 12, 4), "phải sau hạn"), (date(2026, 12, 22), "cấp trên")],
)  # fmt: skip
def test_a_new_date_must_be_later_and_within_the_one_from_above(world, day, sentence):
    above = FromAbove(body="Thủ tướng Chính phủ", due_at=due_instant(date(2026, 12, 21)))
    part = given.in_progress(world, above=above)
    with pytest.raises(Violations, match=sentence):
        service.request_extension(
            world.specialist.actor, part.id, due_at=due_instant(day) if day else None, reason="Vướng"
        )


def test_a_part_without_a_deadline_needs_no_extension(world):
    part = given.in_progress(world, due_at=None)
    with pytest.raises(Violations, match="không đặt thời hạn"):
        service.request_extension(world.specialist.actor, part.id, due_at=due_instant(LATER), reason="Vướng")


def test_a_waiting_request_lapses_when_the_work_is_done_or_withdrawn(world):
    part, request = given.asked_for_more_time(world, LATER)
    service.report_done(world.specialist.actor, part.id, result="Xong trước hạn")
    assert (request.state, part.is_extension_pending) == ("lapsed", False)
    other, second = given.asked_for_more_time(world, LATER)
    service.withdraw(world.chairman.actor, other.id, reason="Không cần nữa")
    assert second.state == "lapsed"


def test_a_request_of_another_part_is_not_there(world):
    part, _request = given.asked_for_more_time(world, LATER)
    _other, foreign = given.asked_for_more_time(world, LATER)
    with pytest.raises(NotFound):
        service.agree_extension(world.chairman.actor, part.id, foreign.id)


def test_urging_a_selection_counts_each_part(world):
    parts = [given.assigned(world) for _ in range(3)]
    service.urge(world.office_chief.actor, [p.id for p in parts], text="Báo cáo trước thứ Sáu.")
    service.urge(world.chairman.actor, [parts[0].id])
    assert [p.urging_count for p in parts] == [2, 1, 1]
    entries = session.execute(select(Urging.part_id, Urging.level).order_by(Urging.id)).all()
    assert [tuple(e) for e in entries] == [
        (parts[0].id, 1),
        (parts[1].id, 1),
        (parts[2].id, 1),
        (parts[0].id, 2),
    ]
    assert len(given.notices(parts[0], "Đôn đốc lần")) == 2


def test_a_selection_is_urged_whole_or_not_at_all(world):
    part, done = given.assigned(world), given.completed(world)
    with pytest.raises(Violations, match=done.code):
        service.urge(world.chairman.actor, [part.id, done.id])
    foreign = given.assigned(
        world, by=world.director, leads=[world.agencies["dept"]], supports=[], follower_post_id=None
    )
    with pytest.raises(NotFound):
        service.urge(world.chairman.actor, [part.id, foreign.id])
    with pytest.raises(Violations, match="Chưa chọn"):
        service.urge(world.chairman.actor, [])
    assert given.rows(Urging) == 0


def test_a_form_drawn_before_another_act_is_refused(world):
    part = given.reported_done(world)
    with pytest.raises(StaleVersion):
        service.confirm(world.chairman.actor, part.id, version=part.version - 1)
    assert part.state == "reported_done"


@pytest.mark.parametrize("part_id", [0, -1, 2**63, 10**30])
def test_an_id_no_row_can_have_is_not_there(world, part_id):
    with pytest.raises(NotFound):
        service.receive(world.clerk.actor, part_id)
    with pytest.raises(NotFound):
        queries.part(part_id, viewer=world.clerk.actor)


def test_hand_over_moves_what_is_open_and_leaves_what_is_done(world):
    from app.org import service as org
    from app.org.open_work import open_work

    open_part, done = given.in_progress(world), given.completed(world)
    assert [str(w) for w in open_work([world.specialist.post_id])] == ["1 nhiệm vụ"]

    record = org.hand_over(
        world.admin.actor, from_post_id=world.specialist.post_id, to_post_id=world.specialist2.post_id, reason="Luân chuyển"
    )  # fmt: skip

    assert [i["reference"] for g in record.items["groups"] for i in g["items"]] == [open_part.code]
    assert (open_part.assignee_post_id, open_part.unit_id) == (
        world.specialist2.post_id,
        world.units["dept_plan"],
    )
    assert done.assignee_post_id == world.specialist.post_id
    assert queries.is_visible(open_part.id, viewer=world.specialist2.actor)
    assert given.events(open_part)[-1] == "DirectiveHandedOver"
    service.report(world.specialist2.actor, open_part.id, situation="Đã nhận bàn giao.")

    org.hand_over(
        world.city_admin.actor, from_post_id=world.chairman.post_id, to_post_id=world.vice_chairman.post_id
    )
    assert open_part.assigner_post_id == world.vice_chairman.post_id
    assert open_part.directive.assigner_post_id == world.chairman.post_id  # the fact of who gave it stays


def test_a_changed_holiday_table_reckons_soon_again_with_history(world, frozen_monday):
    from app.core.actor import SYSTEM
    from app.core.working_days import Holiday

    part = given.received(world)
    before = part.soon_at
    frozen_monday.shift(timedelta(hours=1))
    session.add(Holiday(day=date(2026, 12, 3), is_working=False, name="Nghỉ đột xuất"))
    session.flush()
    assert service.reckon_soon(SYSTEM, after_id=0) is None
    assert clock.local(part.soon_at).date() == date(2026, 11, 30)
    assert part.due_at == due_instant(given.FRIDAY_WEEK)
    assert part.soon_at < before
    assert part.next_flag_at == part.soon_at
