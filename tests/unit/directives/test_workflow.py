"""Quy trình nhiệm vụ: state × role × action against a grid that people have read."""

from __future__ import annotations

import pytest

from app.core.db import session
from app.core.errors import DomainError
from app.core.working_days import due_instant
from app.directives import queries, service
from app.directives.models import DirectivePart
from app.directives.workflow import DIRECTIVE, EXTENSION
from tests.unit.directives import given
from tests.world import World

# Who may do what when. What is not written here is refused. The lead's unit and specialist have the part from
# "in_progress" on; deputies, other specialists, helping and other agencies never act on it.
GRID = """
assigned       chairman         urge change_lead pause withdraw cancel accept_answer dismiss_answer
assigned       vice_chairman    urge
assigned       office_chief     urge
assigned       city_specialist  urge dismiss_answer
assigned       director         receive pass_on request_lead_change
assigned       deputy_director  receive pass_on request_lead_change
assigned       clerk            receive
received       chairman         urge change_lead pause withdraw cancel accept_answer dismiss_answer
received       vice_chairman    urge
received       office_chief     urge
received       city_specialist  urge dismiss_answer
received       director         report report_done pass_on request_extension request_lead_change
received       deputy_director  report report_done pass_on request_extension request_lead_change
in_progress    chairman         urge change_lead pause withdraw cancel accept_answer dismiss_answer
in_progress    vice_chairman    urge
in_progress    office_chief     urge
in_progress    city_specialist  urge dismiss_answer
in_progress    director         report report_done pass_on request_extension
in_progress    deputy_director  report report_done pass_on request_extension
in_progress    head             report report_done pass_on request_extension
in_progress    specialist       report report_done request_extension
reported_done  chairman         confirm send_back withdraw cancel
paused         chairman         resume withdraw cancel
reported_done  city_specialist  propose
"""
PEOPLE = (
    "chairman", "vice_chairman", "office_chief", "city_specialist", "city_clerk", "secretary", "city_admin",
    "director", "deputy_director", "clerk", "head", "head2", "specialist", "specialist2", "admin",
    "director2", "clerk2", "specialist_b", "ward_chairman", "ward_clerk", "ward_specialist",
)  # fmt: skip
ACTIONS = (
    "receive", "confirm", "propose", "send_back", "report", "report_done", "pass_on", "request_extension",
    "urge", "withdraw", "cancel", "change_lead", "pause", "request_lead_change", "resume",
    "accept_answer", "dismiss_answer",
)  # fmt: skip


def allowed() -> dict[tuple[str, str], set[str]]:
    """Bảng viết tay thành tra cứu."""
    lines = [line.split() for line in GRID.split("\n") if line]
    return {(state, who): set(actions) for state, who, *actions in lines}


def act(action: str, world: World, who: str, part: DirectivePart) -> object:
    """Làm một việc với những giá trị hợp lệ."""
    actor = getattr(world, who).actor
    verbs = {
        "receive": lambda: service.receive(actor, part.id),
        "confirm": lambda: service.confirm(actor, part.id),
        "propose": lambda: service.propose(actor, part.id, accept=True),
        "send_back": lambda: service.send_back(actor, part.id, reason="Thiếu biên bản của phường."),
        "report": lambda: service.report(actor, part.id, situation="Đã vận động 125/136 hộ.", percent=90),
        "report_done": lambda: service.report_done(actor, part.id, result="Đã bàn giao xong."),
        "pass_on": lambda: service.pass_on(actor, part.id, post_id=world.specialist.post_id),
        "request_extension": lambda: service.request_extension(
            actor, part.id, due_at=due_instant(given.date(2026, 12, 18)), reason="Chờ số liệu của phường."
        ),
        "urge": lambda: service.urge(actor, [part.id], text="Khẩn trương hoàn thành."),
        "withdraw": lambda: service.withdraw(actor, part.id, reason="Không còn phù hợp."),
        "accept_answer": lambda: service.accept_answer(actor, part.id, given.answered(world, part).id),
        "dismiss_answer": lambda: service.dismiss_answer(actor, part.id, given.answered(world, part).id),
        "cancel": lambda: service.cancel(actor, part.id, reason="Không còn cần."),
        "pause": lambda: service.pause(actor, part.id, reason="Chờ quy hoạch."),
        "resume": lambda: service.resume(actor, part.id),
        "change_lead": lambda: service.change_lead(
            actor, part.id, lead_agency_id=world.agencies["ward"], reason="Đúng địa bàn."
        ),
        "request_lead_change": lambda: service.request_lead_change(
            actor, part.id, reason="Không thuộc lĩnh vực của Sở."
        ),
    }
    return verbs[action]()


@pytest.mark.parametrize("state", list(given.STATES))
def test_the_buttons_are_those_of_the_grid(world, state):
    part = given.STATES[state](world)
    assert part.state == state
    for who in PEOPLE:
        shown = {a.action for a in DIRECTIVE.available(getattr(world, who).actor, part)}
        assert shown == allowed().get((state, who), set()), f"{state} {who}"


@pytest.mark.parametrize("state", list(given.STATES))
def test_the_server_refuses_what_the_grid_does_not_allow(world, state):
    part = given.STATES[state](world)
    version, told = part.version, given.events(part)
    for who in PEOPLE:
        for action in set(ACTIONS) - allowed().get((state, who), set()):
            with pytest.raises(DomainError):
                act(action, world, who, part)
    session.refresh(part)
    assert (part.state, part.version) == (state, version)
    assert given.events(part) == told


@pytest.mark.parametrize(
    ("state", "who", "action"),
    [
        (state, who, action)
        for (state, who), actions in sorted(allowed().items())
        for action in sorted(actions)
    ],
)
def test_what_the_grid_allows_is_done_and_told(world, state, who, action):
    part = given.STATES[state](world)
    before = len(given.events(part))

    act(action, world, who, part)

    row = next(r for r in DIRECTIVE.rows if r.action == action and state in r.from_)
    assert part.state == (row.to or state)
    assert row.event.__name__ in given.events(part)[before:]


def test_a_request_is_decided_by_the_assigner_and_taken_back_by_the_lead(world):
    _part, request = given.asked_for_more_time(world, given.date(2026, 12, 18))
    may = {who: {a.action for a in EXTENSION.available(getattr(world, who).actor, request)} for who in PEOPLE}
    assert {who: acts for who, acts in may.items() if acts} == {
        "chairman": {"agree", "refuse"},
        "director": {"take_back"},
        "deputy_director": {"take_back"},
        "head": {"take_back"},
        "specialist": {"take_back"},
    }


def test_who_stands_in_acts_and_is_named_with_the_one_he_stands_in_for(world):
    from datetime import date

    from app.core import clock
    from app.org.models import Delegation

    part = given.reported_done(world)
    session.add(
        Delegation(
            agency_id=world.chairman.agency_id, from_post_id=world.chairman.post_id, to_post_id=world.office_chief.post_id,
            scope="directives", starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31), created_at=clock.now(),
        )
    )  # fmt: skip
    session.flush()

    service.confirm(world.office_chief.actor, part.id)

    from sqlalchemy import select

    from app.audit.models import AuditEntry

    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "DirectiveCompleted")).one()
    assert entry.person_id == world.office_chief.person_id
    assert entry.acting_for_person_id == world.chairman.person_id
    judged = queries.reports(part)[0]
    assert (judged.judgement, judged.judged_by_person_id) == ("accepted", world.office_chief.person_id)


def test_a_delegation_of_another_scope_gives_nothing_here(world):
    from datetime import date

    from app.core import clock
    from app.org.models import Delegation

    part = given.reported_done(world)
    session.add(
        Delegation(
            agency_id=world.chairman.agency_id, from_post_id=world.chairman.post_id, to_post_id=world.city_clerk.post_id,
            scope="documents", starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31), created_at=clock.now(),
        )
    )  # fmt: skip
    session.flush()
    with pytest.raises(DomainError):
        service.confirm(world.city_clerk.actor, part.id)
    assert part.state == "reported_done"
