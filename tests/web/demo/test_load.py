"""Dữ liệu nạp bằng COPY: rows as the use cases would have left them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from app import create_app
from app.core import clock
from app.core.db import db, session
from app.core.records import RecordKind, access_page, may_see
from app.core.text import reference_key
from app.demo.build import load
from app.demo.city.directory import City
from app.directives.models import Directive, DirectivePart
from app.directives.policy import sight
from app.directives.service.assigning import words_of
from app.documents import queries
from app.documents.models import Document
from app.search.words import vector
from tests import databases
from tests.conftest import make_settings
from tests.web.demo.conftest import TUESDAY

DOCUMENTS, DIRECTIVES = 3_000, 150


@pytest.fixture(scope="module")
def loaded_app(home) -> Iterator[tuple[Flask, dict[str, int]]]:
    """Cơ sở dữ liệu chỉ có dữ liệu nạp."""
    name = databases.clone(databases.template())
    with time_machine.travel(TUESDAY, tick=False):
        app = create_app(make_settings(name, home))
        with app.app_context():
            sent = load(DOCUMENTS, DIRECTIVES)
            session.remove()
    yield app, sent
    with app.app_context():
        db.engine.dispose()
    databases.drop(name)


@pytest.fixture
def loaded(loaded_app) -> Iterator[dict[str, int]]:
    """Dữ liệu nạp, với phiên cơ sở dữ liệu mở; gives how many rows each table got."""
    with loaded_app[0].app_context():
        yield loaded_app[1]
        session.remove()


def test_as_many_as_asked_for(loaded):
    arrived_or_issued = "SELECT count(*) FROM document WHERE direction = 'incoming' OR state = 'issued'"
    assert session.execute(text(arrived_or_issued)).scalar() == DOCUMENTS
    assert loaded["directive"] == loaded["directive_part"] == DIRECTIVES
    assert session.execute(text("SELECT count(*) FROM record_access")).scalar() == loaded["record_access"]


def test_lists_hold_exactly_what_may_be_seen(loaded):
    city = City.read()
    for key in ("city_chairman", "city_clerk", "office_chief", "SXD.head_of_division", "an-khanh.specialist"):
        principals = city.actor(key).all_principals("documents")
        for kind in (RecordKind.INCOMING, RecordKind.OUTGOING, RecordKind.DIRECTIVE):
            listed = {k.record_id for k in access_page(kind, principals, limit=100_000)}
            records = session.execute(
                text("SELECT DISTINCT record_id FROM record_access WHERE kind = :kind ORDER BY 1 LIMIT 300"),
                {"kind": int(kind)},
            ).scalars()
            assert all((r in listed) == may_see(kind, r, principals) for r in records)


# What each state of a document leaves on its access rows: (reason, open), the handlings' numbers put aside.
_INCOMING = {
    "waiting": {("registry", True)},
    "registered": {("registry", True), ("office", False)},
    "to_propose": {("registry", False), ("office", False), ("proposer", True)},
    "presented": {("registry", False), ("office", False), ("presented", True)},
    "assigned": {
        ("registry", False),
        ("office", False),
        ("presented", False),
        ("handling", False),
        ("handling", True),
    },
    "done": {("registry", False), ("office", False), ("presented", False), ("handling", False)},
}
_OUTGOING = {
    "draft": {("drafter", True)},
    "in_review": {("drafter", False), ("endorser", True)},
    "endorsed": {("drafter", False), ("endorser", False), ("approver", True)},
    "approved": {
        ("drafter", False),
        ("endorser", False),
        ("approver", False),
        ("office", False),
        ("registry", True),
    },
    "issued": {
        ("drafter", False),
        ("endorser", False),
        ("approver", False),
        ("office", False),
        ("registry", False),
    },
}


def _sights() -> dict[tuple[str, str], set[frozenset[tuple[str, bool]]]]:
    rows = session.execute(
        text(
            "SELECT d.direction, d.state, d.id, array_agg(split_part(r.reason, ':', 1) || ' ' || r.open) AS seen "
            "FROM document d JOIN record_access r ON r.record_id = d.id "
            "AND r.kind = CASE d.direction WHEN 'incoming' THEN 1 ELSE 2 END GROUP BY d.id"
        )
    )
    found: dict = {}
    for row in rows:
        seen = frozenset(
            (s.split()[0], s.split()[1] == "true")
            for s in row.seen
            if s.split()[0] != "proposer" or s.endswith("true")
        )
        found.setdefault((row.direction, row.state), set()).add(seen)
    return found


def test_sight_of_every_state_is_what_its_facts_give(loaded):
    found = _sights()
    wanted = {("incoming", s): {frozenset(v)} for s, v in _INCOMING.items()}
    wanted |= {("outgoing", s): {frozenset(v)} for s, v in _OUTGOING.items()}
    assert found == wanted


def test_the_played_city_leaves_the_same_sight(inside):
    """The grids above are not ours alone: the use cases themselves leave these rows."""
    found = _sights()
    for direction, grid in (("incoming", _INCOMING), ("outgoing", _OUTGOING)):
        for state, rows in grid.items():
            kept = {name for name, _open in rows}
            assert any({name for name, _open in seen} == kept for seen in found[direction, state]), (
                direction,
                state,
            )
            for seen in found[direction, state]:
                assert {n for n, is_open in seen if is_open} <= {n for n, is_open in rows if is_open} | {
                    "handling",
                    "drafter",
                }


def test_access_to_directives_follows_the_policy(loaded):
    for part in session.scalars(select(DirectivePart).order_by(DirectivePart.id).limit(60)):
        wanted = {(p, reason) for reason, principals in sight(part, ()).items() for p in principals}
        rows = session.execute(
            text("SELECT principal_id, reason, open FROM record_access WHERE kind = 3 AND record_id = :id"),
            {"id": part.id},
        ).all()
        assert {(r.principal_id, r.reason) for r in rows} == wanted
        assert {r.open for r in rows} == {part.is_open}
        directive = session.get_one(Directive, part.directive_id)
        assert list(part.words) == words_of(part, directive)


def test_the_history_of_a_directive_ends_as_the_directive_stands(loaded):
    broken = session.execute(
        text(
            "SELECT p.id FROM directive_part p JOIN directive_part_history h ON h.part_id = p.id AND h.valid_to > '9000-01-01' "
            "WHERE (h.state, h.due_at, h.reported_done_at, h.completed_at, h.assignee_post_id) IS DISTINCT FROM "
            "(p.state, p.due_at, p.reported_done_at, p.completed_at, p.assignee_post_id)"
        )
    ).all()
    assert broken == []
    gaps = session.execute(
        text(
            "SELECT part_id FROM (SELECT part_id, valid_to, lead(valid_from) OVER (PARTITION BY part_id ORDER BY valid_from) n "
            "FROM directive_part_history) x WHERE n IS NOT NULL AND n <> valid_to"
        )
    ).all()
    assert gaps == []


def test_flags_stand_where_the_worker_would_have_put_them(loaded):
    late = session.execute(
        text(
            "SELECT count(*) FROM directive_part p WHERE state IN ('assigned', 'received', 'in_progress') AND due_at <= :now "
            "AND NOT EXISTS (SELECT 1 FROM deadline_flag f WHERE f.part_id = p.id AND f.step = 'overdue')"
        ),
        {"now": clock.now()},
    ).scalar()
    assert late == 0
    due = session.execute(
        text("SELECT count(*) FROM directive_part WHERE next_flag_at <= :now"), {"now": clock.now()}
    ).scalar()
    assert due == 0


def test_search_words_are_those_the_service_writes(loaded):
    rows = session.execute(
        text(
            "SELECT d.subject, d.reference, d.issuer_name, d.document_type, d.signer_name, s.agency_id, s.reference_key, "
            "s.tsv::text AS tsv FROM search_entry s JOIN document d ON d.id = s.record_id "
            "AND s.kind = CASE d.direction WHEN 'incoming' THEN 1 ELSE 2 END ORDER BY d.id % 97, d.id LIMIT 200"
        )
    ).all()
    for row in rows:
        body = f"{row.issuer_name} {row.document_type} {row.signer_name}"
        wanted = session.execute(
            text("SELECT (CAST(:v AS tsvector) || array_to_tsvector(ARRAY['@' || :a]))::text"),
            {"v": vector(row.subject, body, row.reference), "a": str(row.agency_id)},
        ).scalar()
        assert row.tsv == wanted
        assert row.reference_key == (reference_key(row.reference) if row.reference else "")


def test_counters_go_on_where_the_numbers_end(loaded):
    rows = session.execute(
        text(
            "SELECT count(*), max(number), min(number), max(c.last) FROM document d "
            "JOIN counter c ON c.series = 'register:' || d.register_id AND c.year = d.number_year "
            "WHERE number IS NOT NULL GROUP BY register_id, number_year"
        )
    ).all()
    assert rows
    assert all(count == most == last and least == 1 for count, most, least, last in rows)


def test_deliveries_tell_the_state_at_the_recipient(loaded):
    code = (
        "CASE d.state WHEN 'waiting' THEN '01' WHEN 'done' THEN '06' WHEN 'assigned' THEN '05' ELSE '03' END"
    )
    wrong = session.execute(
        text(
            f"SELECT count(*) FROM exchange_delivery e JOIN document d ON d.id = e.recipient_document_id WHERE e.state <> {code}"
        )
    ).scalar()
    assert wrong == 0
    lost = "SELECT count(*) FROM document WHERE package_token IS NOT NULL AND package_token NOT IN (SELECT token FROM exchange_package)"
    assert session.execute(text(lost)).scalar() == 0


def test_a_loaded_document_opens_for_whoever_has_it(loaded):
    chairman = City.read().actor("city_chairman")
    rows, following = queries.incoming_page(chairman, open_only=False, after=None)
    assert len(rows) == 50
    assert following is not None
    shown = queries.incoming(rows[0].id, viewer=chairman)
    assert shown.subject
    presented = session.scalars(
        select(Document).where(
            Document.presented_to_post_id == chairman.post_id, Document.state == "presented"
        )
    ).first()
    assert queries.proposal_of(queries.incoming(presented.id, viewer=chairman)) is not None


def test_loading_beside_real_work_takes_books_of_its_own(empty):
    load(1_000, 20)
    before = dict(session.execute(text("SELECT series || ':' || year, last FROM counter")).all())
    session.remove()
    load(1_000, 20)
    after = dict(session.execute(text("SELECT series || ':' || year, last FROM counter")).all())
    kept = {name: last for name, last in after.items() if name in before and name.startswith("register")}
    assert kept == {name: last for name, last in before.items() if name.startswith("register")}
    codes = session.execute(text("SELECT count(*), count(DISTINCT code) FROM directive")).one()
    assert codes[0] == codes[1] == 40
