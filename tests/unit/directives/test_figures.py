"""Số liệu = danh sách, bây giờ và tại ngày đã qua; danh sách = quyền xem từng đầu việc."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.core.records import Key
from app.core.working_days import due_instant
from app.directives import queries, service
from app.directives.models import UNFINISHED, DirectivePart, Origin
from app.directives.queries import PartFilter, Status, View
from app.directives.queries.conditions import state_in
from app.directives.queries.figures import COUNTED
from tests.unit.directives import given

FIRST = date(2026, 11, 23)
DAYS = 18
LEADS = ("dept", "dept2", "ward")
VIEWERS = (
    "chairman", "vice_chairman", "office_chief", "city_specialist", "city_clerk", "city_admin", "director", "clerk",
    "head", "specialist", "specialist2", "director2", "clerk2", "ward_chairman", "ward_specialist", "admin",
)  # fmt: skip


def a_step(world, dice: random.Random) -> None:
    """Một việc bất kỳ, hợp với trạng thái của một đầu việc bất kỳ còn mở."""
    parts = session.scalars(select(DirectivePart).where(state_in(DirectivePart, UNFINISHED))).all()
    if not parts or dice.random() < 0.2:
        _give(world, dice)
        return
    part = dice.choice(parts)
    lead = {world.agencies["dept"]: world.director, world.agencies["dept2"]: world.director2}.get(
        part.lead_agency_id, world.ward_chairman
    ).actor
    boss = next(
        w for w in (world.chairman, world.vice_chairman, world.director) if w.post_id == part.assigner_post_id
    ).actor
    at_work = [
        lambda: service.report(lead, part.id, situation="Đang thực hiện", percent=dice.randrange(100)),
        lambda: service.report_done(lead, part.id, result="Đã xong"),
        lambda: service.pass_on(lead, part.id, post_id=_anyone(world, part)),
        lambda: _ask_or_decide(lead, boss, part, dice),
        lambda: _ask_or_decide(lead, boss, part, dice),
    ]
    if dice.random() < 0.1:
        at_work = [
            lambda: service.pause(boss, part.id, reason="Chờ"),
            lambda: _move(world, boss, part, dice),
        ]
    acts = {
        "paused": [lambda: service.resume(boss, part.id)],
        "assigned": [lambda: service.receive(lead, part.id)],
        "received": at_work,
        "in_progress": at_work,
        "reported_done": [
            lambda: service.confirm(boss, part.id),
            lambda: service.confirm(boss, part.id),
            lambda: service.send_back(boss, part.id, reason="Bổ sung"),
        ],
    }[part.state]
    if dice.random() < 0.04:
        end = dice.choice([service.withdraw, service.cancel])
        acts = [lambda: end(boss, part.id, reason="Thôi")]
    dice.choice(acts)()


def _move(world, boss, part: DirectivePart, dice: random.Random) -> None:
    """Đổi cơ quan chủ trì, where another part has not that lead already."""
    taken = set(
        session.scalars(
            select(DirectivePart.lead_agency_id).where(DirectivePart.directive_id == part.directive_id)
        )
    )
    free = [world.agencies[k] for k in LEADS if world.agencies[k] not in taken]
    if free and part.assigning_agency_id == world.agencies["city"]:
        service.change_lead(boss, part.id, lead_agency_id=dice.choice(free), reason="Đúng địa bàn")


def _anyone(world, part: DirectivePart) -> int:
    people = {world.agencies["dept"]: world.specialist, world.agencies["dept2"]: world.specialist_b}
    return people.get(part.lead_agency_id, world.ward_specialist).post_id


def _ask_or_decide(lead, boss, part: DirectivePart, dice: random.Random) -> None:
    if part.is_extension_pending:
        request = queries.extensions(part)[0]
        if dice.random() < 0.7 and request.wanted_due_at > clock.now():
            service.agree_extension(boss, part.id, request.id)
        else:
            service.refuse_extension(boss, part.id, request.id, reason="Giữ hạn")
    elif part.due_at is not None:
        later = max(part.due_at, clock.now()) + timedelta(days=dice.randint(1, 6))
        service.request_extension(lead, part.id, due_at=later, reason="Vướng giải phóng mặt bằng")


def _give(world, dice: random.Random) -> None:
    inner = dice.random() < 0.15
    given.assigned(
        world,
        by=world.director if inner else dice.choice([world.chairman, world.vice_chairman]),
        leads=[world.agencies["dept"]] if inner else [world.agencies[k] for k in dice.sample(LEADS, dice.choice([1, 1, 2]))],
        supports=[],
        due_at=None if dice.random() < 0.2 else _day(dice, 1, 14),
        follower_post_id=None if inner or dice.random() < 0.5 else world.city_specialist.post_id,
        above=service.FromAbove(body="Thủ tướng Chính phủ", due_at=None) if not inner and dice.random() < 0.2 else None,
    )  # fmt: skip


def _day(dice: random.Random, least: int, most: int) -> datetime:
    return due_instant(clock.today() + timedelta(days=dice.randint(least, most)))


def every_row(viewer, wanted: PartFilter, *, limit: int = 7) -> list[int]:
    """Mọi dòng của danh sách, lật từng trang bằng khóa."""
    found: list[int] = []
    after: Key | None = None
    while True:
        rows, after = queries.part_page(viewer, wanted, after=after, limit=limit)
        found += [r.id for r in rows]
        if after is None:
            return found


def figures(world, as_at: date | None) -> dict[tuple[str, Status], int]:
    """Bảng số liệu theo cơ quan, as plain values."""
    table = queries.by_agency(world.chairman.actor, as_at=as_at)
    return {(r.name, s): r.of(s) for r in table for s in COUNTED if r.of(s)}


def live(world, frozen_monday) -> tuple[dict[date, dict[tuple[str, Status], int]], random.Random]:
    """Gần ba tuần làm việc bất kỳ, và số liệu của mỗi cuối ngày."""
    dice, frozen = random.Random(20261123), {}
    for n in range(DAYS):
        day = FIRST + timedelta(days=n)
        for hour in sorted(dice.sample(range(8 * 60, 17 * 60), 14)):
            frozen_monday.move_to(clock.instant(day, time(hour // 60, hour % 60)))
            a_step(world, dice)
        frozen_monday.move_to(clock.instant(day, time(23, 59, 59, 999999)))
        frozen[day] = figures(world, None)
    frozen_monday.move_to(clock.instant(FIRST + timedelta(days=DAYS), time(8)))
    return frozen, dice


def figures_as_at_a_past_day_are_those_read_on_that_day(world, frozen, dice):
    assert sum(frozen[FIRST + timedelta(days=DAYS - 1)].values()) > 25
    seen = {s for day in frozen.values() for _name, s in day}
    assert set(COUNTED) <= seen, "the draw must meet every status"
    for day, figure in frozen.items():
        assert figures(world, day) == figure, day


def a_figure_is_its_rows_for_any_viewer_filter_and_day(world, frozen, dice):
    met = 0
    for _ in range(250):
        viewer = getattr(world, dice.choice(VIEWERS)).actor
        wanted = PartFilter(
            view=dice.choice([*View, View.GIVEN, View.RECEIVED]),
            status=dice.choice(list(Status)),
            lead_agency_id=world.agencies[dice.choice(LEADS)] if dice.random() < 0.2 else None,
            assigner_post_id=world.chairman.post_id if dice.random() < 0.15 else None,
            origin=dice.choice([Origin.ABOVE, Origin.DIRECT]) if dice.random() < 0.15 else None,
            due_from=FIRST + timedelta(days=5) if dice.random() < 0.15 else None,
            due_to=FIRST + timedelta(days=12) if dice.random() < 0.15 else None,
            text=dice.choice(["mặt bằng", "NV-2026-0003", "không có"]) if dice.random() < 0.2 else "",
            as_at=dice.choice([None, FIRST + timedelta(days=dice.randrange(DAYS))]),
        )
        rows = every_row(viewer, wanted)
        assert len(rows) == len(set(rows)) == queries.count(viewer, wanted), wanted
        met += bool(rows)
    assert met > 20


def the_history_of_today_says_what_the_parts_say(world, frozen, dice):
    today = clock.today()
    for who in ("chairman", "director", "head", "city_specialist"):
        viewer = getattr(world, who).actor
        for view in View:
            for status in Status:
                live = PartFilter(view=view, status=status)
                kept = PartFilter(view=view, status=status, as_at=today)
                assert sorted(every_row(viewer, live)) == sorted(every_row(viewer, kept)), (who, view, status)


def a_row_of_the_agency_table_opens_exactly_its_parts(world, frozen, dice):
    for as_at in (None, FIRST + timedelta(days=9)):
        for row in queries.by_agency(world.chairman.actor, as_at=as_at):
            for status in (*COUNTED, Status.OPEN):
                wanted = PartFilter(status=status, lead_agency_id=row.agency_id, as_at=as_at)
                assert len(every_row(world.chairman.actor, wanted)) == row.of(status)


def completed_ones_are_counted_from_the_day_asked_for(world, frozen, dice):
    since = FIRST + timedelta(days=9)
    for row in queries.by_agency(world.chairman.actor, completed_from=since):
        for status in (Status.ON_TIME, Status.DONE_LATE):
            wanted = PartFilter(status=status, lead_agency_id=row.agency_id, completed_from=since)
            rows, _next = queries.part_page(world.chairman.actor, wanted)
            assert len(rows) == row.of(status)
            assert all(r.completed_at >= clock.instant(since) for r in rows)


def lists_show_exactly_what_may_be_opened_one_by_one(world, frozen, dice):
    ids = list(session.scalars(select(DirectivePart.id)))
    for who in VIEWERS:
        viewer = getattr(world, who).actor
        listed = {i for view in View for i in every_row(viewer, PartFilter(view=view))}
        assert listed == {i for i in ids if queries.is_visible(i, viewer=viewer)}, who


def the_tabs_part_the_open_ones_without_overlap(world, frozen, dice):
    for who in ("chairman", "director", "specialist"):
        viewer = getattr(world, who).actor
        for view in (View.GIVEN, View.RECEIVED):
            n = queries.tab_counts(viewer, PartFilter(view=view), list(Status))
            working = n[Status.LATE] + n[Status.SOON] + n[Status.IN_TIME] + n[Status.UNDATED]
            assert n[Status.OPEN] == working + n[Status.REPORTED]
            assert n[Status.COMPLETED] == n[Status.ON_TIME] + n[Status.DONE_LATE]
            assert (
                n[Status.ALL] == n[Status.OPEN] + n[Status.PAUSED] + n[Status.COMPLETED] + n[Status.WITHDRAWN]
            )


def the_latest_agencies_of_the_desk_agree_with_the_table(world, frozen, dice):
    table = {r.name: (r.late, r.soon) for r in queries.by_agency(world.chairman.actor) if r.late or r.soon}
    desk = {r.name: (r.late, r.soon) for r in queries.latest_agencies(world.chairman.actor, limit=50)}
    assert desk == table


def late_ones_stand_with_the_latest_first(world, frozen, dice):
    rows, _next = queries.part_page(world.chairman.actor, PartFilter(status=Status.LATE))
    assert len(rows) > 1
    assert [r.due_at for r in rows] == sorted(r.due_at for r in rows)


def test_after_weeks_of_any_work_every_figure_is_its_rows(world, frozen_monday):
    """The checks only read, so they share one long preparation."""
    frozen, dice = live(world, frozen_monday)
    for check in (
        figures_as_at_a_past_day_are_those_read_on_that_day,
        a_figure_is_its_rows_for_any_viewer_filter_and_day,
        the_history_of_today_says_what_the_parts_say,
        a_row_of_the_agency_table_opens_exactly_its_parts,
        completed_ones_are_counted_from_the_day_asked_for,
        lists_show_exactly_what_may_be_opened_one_by_one,
        the_tabs_part_the_open_ones_without_overlap,
        the_latest_agencies_of_the_desk_agree_with_the_table,
        late_ones_stand_with_the_latest_first,
    ):
        check(world, frozen, dice)


def test_counts_stop_at_a_hundred(world):
    given.assigned(world)
    part = session.scalars(select(DirectivePart)).one()
    columns = {
        c.name: getattr(part, c.name)
        for c in DirectivePart.__table__.columns
        if c.name not in ("id", "due_key")
    }
    session.add_all(DirectivePart(**columns | {"number": n}) for n in range(2, 150))
    session.flush()
    assert queries.tab_counts(world.chairman.actor, PartFilter(), [Status.ALL]) == {Status.ALL: 100}
