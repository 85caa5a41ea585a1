"""Quyền xem: a list shows exactly what the single-record question allows, page by page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.core import records
from app.core.db import session
from app.core.records import (
    Key,
    RecordAccess,
    RecordKind,
    access_page,
    close_access,
    grant_access,
    may_see,
    open_figure,
    revoke_access,
)
from tests.world import World

START = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = (RecordKind.INCOMING, RecordKind.DIRECTIVE)
RECORDS, PRINCIPALS, REASONS = range(1, 9), range(1, 6), ("drafter", "handler", "party")
row = st.tuples(
    st.sampled_from(KINDS),
    st.sampled_from(RECORDS),
    st.sampled_from(PRINCIPALS),
    st.sampled_from(REASONS),
    st.booleans(),
)


def at(record_id: int) -> datetime:
    # Some records share an instant, so that the id must settle their order.
    return START + timedelta(days=record_id // 2)


def walk(kind: RecordKind, principals: list[int], limit: int, *, open_only: bool = False) -> list[Key]:
    found: list[Key] = []
    while page := access_page(
        kind, principals, limit=limit, after=found[-1] if found else None, open_only=open_only
    ):
        found += page
        if len(page) < limit:
            break
    return found


def figure(kind: RecordKind, principals: list[int], cap: int = 100) -> int:
    return int(session.execute(open_figure(kind, principals, cap)).scalar_one())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(row, max_size=30),
    principals=st.lists(st.sampled_from(PRINCIPALS), max_size=4, unique=True),
    limit=st.integers(1, 5),
)
def test_the_list_equals_the_single_record_predicate(world: World, rows, principals, limit) -> None:
    session.execute(delete(RecordAccess))
    for kind, record_id, principal, reason, is_open in rows:
        grant_access(kind, record_id, [principal], reason=reason, sort_at=at(record_id), is_open=is_open)

    for kind in KINDS:
        allowed = [r for r in RECORDS if may_see(kind, r, principals)]
        listed = walk(kind, principals, limit)
        assert listed == sorted(
            (Key(at(r), r) for r in allowed), key=lambda k: (k.sort_at, k.record_id), reverse=True
        )

        # the last grant for the same principal, record and reason is the one that stands
        standing = {(k, r, p, why): is_open for k, r, p, why, is_open in rows}
        work = {r for (k, r, p, _), is_open in standing.items() if k == kind and p in principals and is_open}
        assert {k.record_id for k in walk(kind, principals, limit, open_only=True)} == work
        assert figure(kind, principals) == len(work)
        assert figure(kind, principals, cap=3) == min(len(work), 3)
        mine = records.is_open(RecordAccess.record_id, kind, principals)
        assert set(session.scalars(select(RecordAccess.record_id).where(mine))) == work


def test_sight_ends_with_the_fact_that_gave_it(world: World) -> None:
    kind = RecordKind.INCOMING
    grant_access(kind, 1, [8, 16], reason="handler", sort_at=START, is_open=True)
    grant_access(kind, 1, [8], reason="party", sort_at=START)

    close_access(kind, 1, [16])
    assert [may_see(kind, 1, [p]) for p in (8, 16)] == [True, True]
    assert [figure(kind, [p]) for p in (8, 16)] == [1, 0]

    revoke_access(kind, 1, reason="handler")
    assert [may_see(kind, 1, [p]) for p in (8, 16)] == [True, False]
    assert not may_see(kind, 1, [])
    assert not may_see(RecordKind.OUTGOING, 1, [8])


def test_granting_nobody_is_nothing(world: World) -> None:
    grant_access(RecordKind.INCOMING, 1, [], reason="party", sort_at=START)
    assert access_page(RecordKind.INCOMING, [8], limit=5) == []
    assert access_page(RecordKind.INCOMING, [], limit=5) == []


def test_principals_of_different_sorts_never_meet() -> None:
    makers = (
        records.post_principal,
        records.unit_principal,
        records.registry_principal,
        records.leadership_principal,
        records.office_principal,
        records.person_principal,
    )
    made = [make(i) for make in makers for i in range(1, 200)]
    assert len(set(made)) == len(made)
