"""Giao nhiệm vụ: numbers, parts, parties, sight, rules."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.core.errors import InputRejected, NotAllowed, NotFound, Violations
from app.core.records import RecordAccess, RecordKind, grant_access, post_principal
from app.core.working_days import due_instant
from app.directives import queries
from app.directives.models import Directive, DirectivePart, DirectivePartHistory, DirectiveParty
from app.directives.service import FromAbove, PartOrder
from app.directives.service.access import rebuild
from app.documents.models import Document
from tests.unit.directives import given


def incoming_document(world, *, agency="city", seen_by=("chairman",)) -> Document:
    """Văn bản đến mà lãnh đạo được trình."""
    now = clock.now()
    document = Document(
        agency_id=world.agencies[agency], direction="incoming", state="presented", document_type="Công văn",
        reference="3312/VPCP-CN", reference_key="3312/vpcp-cn", issued_on=date(2026, 11, 20),
        subject="Về tiến độ đường Vành đai 3", issuer_name="Văn phòng Chính phủ", recipients_text="",
        state_since=now, created_at=now, sort_at=now,
    )  # fmt: skip
    session.add(document)
    session.flush()
    principals = [post_principal(getattr(world, who).post_id) for who in seen_by]
    grant_access(RecordKind.INCOMING, document.id, principals, reason="test", sort_at=now)
    return document


def test_each_lead_gets_its_own_part_and_number(world):
    first = given.assigned(world, leads=[world.agencies["dept"], world.agencies["ward"]])
    parts = session.scalars(select(DirectivePart).order_by(DirectivePart.number)).all()

    assert [p.code for p in parts] == ["NV-2026-0001.1", "NV-2026-0001.2"]
    assert [p.lead_agency_id for p in parts] == [world.agencies["dept"], world.agencies["ward"]]
    assert {p.state for p in parts} == {"assigned"}
    assert all(p.original_due_at == p.due_at == due_instant(given.FRIDAY_WEEK) for p in parts)
    assert given.events(first) == ["DirectiveAssigned"]
    roles = session.execute(select(DirectiveParty.agency_id, DirectiveParty.role)).all()
    assert {(world.agencies["city"], "assigner"), (world.agencies["dept2"], "support")} <= {
        tuple(r) for r in roles
    }


def test_numbers_run_by_agency_and_local_year(world, frozen_monday):
    given.assigned(world)
    assert given.assigned(world).code == "NV-2026-0002.1"
    own = given.assigned(
        world, by=world.director, leads=[world.agencies["dept"]], supports=[], follower_post_id=None
    )
    assert own.code == "NV-2026-0001.1"
    frozen_monday.move_to(datetime(2026, 12, 31, 17, 30, tzinfo=UTC))  # 00:30 on New Year's day here
    later = given.assigned(world, due_at=None)
    assert later.code == "NV-2027-0001.1"


def test_a_part_may_have_its_own_words_and_date(world):
    order = PartOrder(
        lead_agency_id=world.agencies["ward"], content="Vận động, bàn giao mặt bằng", due_at=due_instant(date(2026, 11, 27))
    )  # fmt: skip
    given.assigned(world, leads=[world.agencies["dept"], order])
    second = session.scalars(select(DirectivePart).where(DirectivePart.number == 2)).one()
    assert second.content == "Vận động, bàn giao mặt bằng"
    assert second.due_at == due_instant(date(2026, 11, 27))


def test_soon_is_three_working_days_and_a_tenth_for_long_spans(world):
    short = given.assigned(world, due_at=due_instant(date(2026, 12, 4)))
    assert clock.local(short.soon_at).date() == date(2026, 12, 1)
    long = given.assigned(world, due_at=due_instant(date(2027, 3, 31)))
    assert clock.local(long.soon_at).date() == date(
        2027, 3, 18
    )  # 91 working days (01/01 is off): nine before
    assert given.assigned(world, due_at=None).soon_at is None


def test_sight_is_given_to_every_side_and_to_nobody_else(world):
    part = given.assigned(world)
    seen_by = {k for k in world.people if queries.is_visible(part.id, viewer=getattr(world, k).actor)}
    assert seen_by == {
        "chairman", "vice_chairman", "office_chief", "city_specialist",  # assigning
        "director", "deputy_director", "clerk",  # lead
        "director2", "clerk2",  # helping
    }  # fmt: skip


def test_rebuilding_sight_from_the_facts_changes_nothing(world):
    part = given.in_progress(world)

    def access() -> set[tuple[object, ...]]:
        columns = (RecordAccess.principal_id, RecordAccess.reason, RecordAccess.open, RecordAccess.sort_at)
        return {tuple(r) for r in session.execute(select(*columns).where(RecordAccess.record_id == part.id))}

    before = access()
    rebuild(part)
    assert access() == before


def test_it_may_come_from_a_document_whose_facts_are_frozen(world):
    document = incoming_document(world)
    part = given.assigned(world, source_document_id=document.id, source_point="điểm 2")
    directive = part.directive
    assert (part.origin, directive.source_reference) == ("document", "3312/VPCP-CN")
    document.reference = "999/KHAC"
    session.flush()
    assert directive.source_reference == "3312/VPCP-CN"
    assert queries.details(part.id, viewer=world.chairman.actor).source_direction == "incoming"
    assert queries.details(part.id, viewer=world.director.actor).source_direction is None


@pytest.mark.parametrize("case", ["unseen", "other agency", "missing"])
def test_a_document_that_may_not_be_known_is_no_source(world, case):
    document_id = {
        "unseen": lambda: incoming_document(world, seen_by=("vice_chairman",)).id,
        "other agency": lambda: incoming_document(world, agency="dept", seen_by=("director",)).id,
        "missing": lambda: 999_999,
    }[case]()
    with pytest.raises(NotFound):
        given.assigned(world, source_document_id=document_id)
    assert given.rows(Directive) == 0


def test_from_above_keeps_the_outer_code_and_deadline(world):
    above = FromAbove(
        body="Thủ tướng Chính phủ", code="TTg-2026-1188", reference="188/CĐ-TTg", issued_on=date(2026, 11, 20),
        due_at=due_instant(date(2026, 12, 15)), must_report=True,
    )  # fmt: skip
    part = given.assigned(world, above=above)
    directive = part.directive
    assert (part.origin, directive.external_body, directive.external_code) == (
        "above",
        "Thủ tướng Chính phủ",
        "TTg-2026-1188",
    )
    assert (directive.source_reference, directive.must_report_above) == ("188/CĐ-TTg", True)


@pytest.mark.parametrize(
    ("inner", "sentence"), [(date(2026, 12, 16), "không được muộn hơn"), (None, "Hãy đặt hạn")]
)
def test_the_inner_deadline_is_never_later_than_the_one_from_above(world, inner, sentence):
    above = FromAbove(body="Thủ tướng Chính phủ", due_at=due_instant(date(2026, 12, 15)))
    with pytest.raises(Violations, match=sentence):
        given.assigned(world, above=above, due_at=due_instant(inner) if inner else None)


def test_all_that_is_missing_is_said_at_once(world):
    with pytest.raises(Violations) as refused:
        given.assigned(world, content="  ", leads=[], due_at=due_instant(date(2026, 11, 20)))
    assert {v.field for v in refused.value.items} == {"content", "leads"}
    with pytest.raises(Violations) as refused:
        given.assigned(
            world,
            leads=[world.agencies["dept"], world.agencies["dept"], 999_999],
            supports=[world.agencies["dept"]],
            due_at=due_instant(date(2026, 11, 20)),
        )
    told = " ".join(v.sentence for v in refused.value.items)
    assert "hai lần" in told
    assert "không còn hoạt động" in told
    assert "vừa chủ trì vừa phối hợp" in told
    assert "20/11/2026 đã qua" in told
    assert given.rows(Directive) == 0


@pytest.mark.parametrize("who", ["office_chief", "city_specialist", "city_clerk", "city_admin", "head"])
def test_only_a_leader_gives_directives(world, who):
    with pytest.raises(NotAllowed, match="Chỉ lãnh đạo"):
        given.assigned(world, by=getattr(world, who), follower_post_id=None)


def test_a_post_one_does_not_hold_cannot_be_the_assigner(world):
    with pytest.raises(NotAllowed):
        given.assigned(world, assigner_post_id=world.vice_chairman.post_id)


def test_state_secrets_are_refused_and_not_kept(world):
    with pytest.raises(InputRejected, match="MẬT"):
        given.assigned(world, content="TỐI MẬT\nKế hoạch diễn tập")
    assert given.rows(Directive) == 0


def test_a_hundred_agencies_are_one_act(world):
    from app.org.models import Agency

    wards = [
        Agency(
            code=f"H29.9{n:03}", name=f"UBND phường {n}", short_name=f"UBND phường {n}", abbreviation="UBND",
            kind="ward", parent_id=world.agencies["city"], search_key=f"ubnd phuong {n}", valid_from=date(2025, 7, 1), sort=n,
        )
        for n in range(100)
    ]  # fmt: skip
    session.add_all(wards)
    session.flush()
    part = given.assigned(world, leads=[w.id for w in wards])
    assert given.rows(DirectivePart) == 100
    assert given.rows(DirectivePartHistory) == 100
    assert part.directive.code == "NV-2026-0001"
    assert (
        session.scalars(select(DirectivePart.code).where(DirectivePart.number == 100)).one()
        == "NV-2026-0001.100"
    )
