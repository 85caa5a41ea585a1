"""Thành phố trình diễn: nothing in it is faked, and every desk has something true on it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text

from app.core import clock
from app.core.db import session
from app.core.records import RecordAccess, RecordKind
from app.core.working_days import Holiday
from app.demo import accounts, build
from app.demo.data.people import staff
from app.directives.queries import desk, figures
from app.documents import queries as documents
from app.documents.models import Document, DocumentFile, Handling
from app.documents.queries import proposals_wanted
from app.exchange.models import Delivery
from app.meetings.models import Meeting
from app.meetings.queries import worklists
from app.org import service as org
from app.org.models import Absence, Agency, AgencyIdentifier, Delegation, Person
from app.storage.service import storage

HELD = [post for post in staff().posts if post.person_key]
MANY = 50


def test_every_story_was_told_to_its_end(town):
    assert town.built.stage.broken == []


def test_the_agencies_stand_with_their_identifiers_and_successors(inside):
    communes = ("ward", "commune", "special_zone")
    living = select(func.count()).select_from(Agency).where(Agency.valid_to.is_(None))
    assert session.scalar(living.where(Agency.kind.in_(communes))) == 168
    closed = session.scalars(select(Agency.id).where(Agency.valid_to.is_not(None))).all()
    followed = session.execute(text("SELECT DISTINCT agency_id FROM agency_successor")).scalars().all()
    assert set(closed) == set(followed)
    per_agency = session.execute(
        select(func.count()).select_from(AgencyIdentifier).group_by(AgencyIdentifier.agency_id)
    ).scalars()
    assert set(per_agency) == {2}


def test_the_calendar_knows_holidays_and_days_worked_instead(inside):
    days = {h.day.isoformat(): h.is_working for h in session.scalars(select(Holiday))}
    assert days["2026-02-17"] is False  # mùng một Tết
    assert days["2026-08-22"] is True  # làm bù
    assert {day[:4] for day in days} == {"2025", "2026", "2027"}


# ── something for everybody ──────────────────────────────────────────────────


def _work_of(actor) -> int:
    found = len(documents.approvals(actor, limit=MANY)) + len(documents.my_drafts(actor, limit=MANY))
    found += len(documents.my_handlings(actor, limit=MANY)) + len(desk.my_parts(actor, limit=MANY))
    if "leader" in actor.roles:
        found += len(documents.instructions_wanted(actor, limit=MANY))
    if "office_chief" in actor.roles:
        found += len(proposals_wanted(actor, limit=MANY))
    if "clerk" in actor.roles:
        found += len(documents.waiting_page(actor)) + len(documents.approved_page(actor))
    if "secretary" in actor.roles:
        found += len(worklists.silent(worklists.upcoming(actor))) + len(
            worklists.conclusions_owed(actor, limit=MANY)
        )
    return found + len(worklists.waiting(actor, limit=MANY))


def test_every_desk_has_work_on_it(inside):
    idle = [
        post.key
        for post in HELD
        if set(post.roles) != {"admin"} and _work_of(inside.city.actor(post.key)) == 0
    ]
    # Whoever has two posts may have all his work at the one.
    persons = {p.person_key for p in HELD if p.key not in idle}
    assert [key for key in idle if staff().post(key).person_key not in persons] == []


def test_the_chairman_has_much_to_decide(inside):
    chairman = inside.city.actor("city_chairman")
    assert len(documents.approvals(chairman, limit=MANY)) >= 4
    assert len(documents.instructions_wanted(chairman, limit=MANY)) >= 6
    late = [row for row in figures.latest_agencies(chairman, limit=MANY) if row.late]
    assert len(late) >= 5
    assert sum(row.late for row in late) >= 9
    assert len(desk.decisions(chairman, limit=MANY)) >= 2
    today = session.scalars(
        select(Meeting).where(
            Meeting.chair_post_id == chairman.post_id,
            func.date(func.timezone("Asia/Ho_Chi_Minh", Meeting.starts_at)) == clock.today(),
            Meeting.state == "called",
        )
    ).all()
    assert len(today) == 3
    assert [m for m in today if m.starts_at <= clock.now() < m.ends_at]
    assert [m for m in today if m.starts_at > clock.now()]


def test_work_stands_in_every_state(inside):
    def states(column, **where):
        statement = select(column).distinct()
        for name, value in where.items():
            statement = statement.where(getattr(column.class_, name) == value)
        return set(session.scalars(statement))

    incoming = {"waiting", "registered", "to_propose", "presented", "assigned", "done", "returned"}
    assert states(Document.state, direction="incoming") == incoming
    outgoing = {"draft", "in_review", "endorsed", "approved", "issued"}
    assert states(Document.state, direction="outgoing") == outgoing
    assert states(Meeting.state) == {"draft", "called", "held", "cancelled"}
    assert states(Delivery.state) >= {"01", "02", "03", "04", "05", "06"}
    city = inside.city.agencies["city"]
    express = select(Document.id).where(Document.state == "waiting", Document.urgency == 3)
    assert session.scalars(express.where(Document.agency_id == city)).first()
    late = session.scalars(
        select(Document.id).where(Document.due_at <= clock.now(), Document.closed_at.is_(None))
    ).all()
    assert len(late) >= 5


def test_directives_stand_at_every_turn(inside):
    rows = session.execute(
        text(
            "SELECT state, due_at <= :now AS late, is_extension_pending, urging_count, origin, "
            "original_due_at <> due_at AS extended, reported_done_at >= due_at AS done_late FROM directive_part"
        ),
        {"now": clock.now()},
    ).all()
    assert {r.state for r in rows} >= {
        "assigned",
        "received",
        "in_progress",
        "reported_done",
        "completed",
        "withdrawn",
    }
    assert any(r.is_extension_pending for r in rows)
    assert any(r.extended for r in rows)
    assert any(r.urging_count >= 2 for r in rows)
    assert {r.origin for r in rows} == {"above", "direct", "document"}
    assert {True, False} <= {r.done_late for r in rows if r.state == "completed"}
    raised = set(session.execute(text("SELECT step FROM deadline_flag")).scalars())
    assert raised == {"soon", "today", "overdue", "still_overdue"}


def test_a_leader_is_away_and_somebody_stands_in(inside):
    away = session.scalars(
        select(Absence).where(Absence.starts_on <= clock.today(), Absence.ends_on >= clock.today())
    ).all()
    assert inside.city.persons["city_vice_chairman_3"] in {a.person_id for a in away}
    deputy = inside.city.actor("city_vice_chairman_1")
    assert {s.post_id for s in deputy.stands_in} >= {
        inside.city.posts["city_vice_chairman_3"],
        inside.city.posts["city_chairman"],
    }
    assert len(session.scalars(select(Delegation)).all()) >= 3


def test_meetings_have_answers_of_every_kind_and_some_silence(inside):
    answers = dict(
        session.execute(text("SELECT coalesce(answer, ''), count(*) FROM meeting_invitee GROUP BY 1")).all()
    )
    assert set(answers) == {"", "attend", "substitute", "absent"}
    secretary = inside.city.actor("city_secretary")
    ahead = worklists.upcoming(secretary)
    assert worklists.silent(ahead)
    assert worklists.conclusions_owed(secretary, limit=MANY)
    assert worklists.without_papers(ahead, clock.now().replace(year=2027))


# ── and all of it true ───────────────────────────────────────────────────────


def test_numbers_of_every_book_run_on_without_a_gap_in_the_order_of_time(inside):
    rows = session.execute(
        select(Document.register_id, Document.number_year, Document.number, Document.registered_at)
        .where(Document.number.is_not(None))
        .order_by(Document.register_id, Document.number_year, Document.number)
    ).all()
    books: dict = {}
    for row in rows:
        books.setdefault((row.register_id, row.number_year), []).append(row)
    counters = {
        (name, year): last
        for name, year, last in session.execute(text("SELECT series, year, last FROM counter")).all()
    }
    assert len(books) > 26
    for (register, year), entries in books.items():
        assert [e.number for e in entries] == list(range(1, len(entries) + 1))
        moments = [e.registered_at for e in entries]
        assert moments == sorted(moments)
        assert {clock.local(m).year for m in moments} == {year}
        assert counters[f"register:{register}", year] == len(entries)


def test_nothing_happened_in_the_future(inside):
    now = clock.now()
    for table, column in (
        ("audit_entry", "at"),
        ("document", "state_since"),
        ("document", "sort_at"),
        ("handling", "updated_at"),
        ("progress_report", "at"),
        ("notice", "created_at"),
    ):
        late = session.scalar(text(f"SELECT count(*) FROM {table} WHERE {column} > :now"), {"now": now})
        assert late == 0, (table, column)


def test_every_document_has_its_history_and_its_readers(inside):
    untold = session.scalar(
        text(
            "SELECT count(*) FROM document d WHERE NOT EXISTS (SELECT 1 FROM audit_entry a WHERE a.record_id = d.id "
            "AND a.kind = CASE d.direction WHEN 'incoming' THEN 1 ELSE 2 END)"
        )
    )
    assert untold == 0
    unseen = session.scalar(
        text(
            "SELECT count(*) FROM document d WHERE NOT EXISTS (SELECT 1 FROM record_access r WHERE r.record_id = d.id "
            "AND r.kind = CASE d.direction WHEN 'incoming' THEN 1 ELSE 2 END)"
        )
    )
    assert unseen == 0


def test_what_is_marked_open_is_open(inside):
    """The mark of open work on a handling's access row is the handling's own state."""
    rows = session.execute(
        select(RecordAccess.open, Handling.done_at, Handling.id)
        .join(Handling, RecordAccess.reason == func.concat("handling:", Handling.id))
        .where(RecordAccess.kind == int(RecordKind.INCOMING))
    ).all()
    assert rows
    assert [r.id for r in rows if r.open and r.done_at is not None] == []


def test_files_that_are_shown_are_there(inside):
    rows = session.execute(
        text(
            "SELECT s.sha256, s.size, f.document_id FROM document_file f JOIN stored_file s ON s.id = f.stored_file_id"
        )
    ).all()
    assert len({r.sha256 for r in rows}) > 150
    for row in rows:
        with storage().blobs.open(row.sha256, row.size) as stream:
            assert stream.read(2) in (b"%P", b"PK")
    in_hand = select(Document.id).where(Document.state.in_(("endorsed", "approved", "waiting", "presented")))
    with_file = set(session.scalars(select(DocumentFile.document_id)))
    assert set(session.scalars(in_hand)) <= with_file


def test_an_issued_letter_bears_the_number_it_got(inside):
    names = session.execute(
        select(Document.reference, DocumentFile.name)
        .join(DocumentFile, DocumentFile.document_id == Document.id)
        .where(Document.state == "issued", DocumentFile.role == "main")
    ).all()
    assert len(names) > 30
    assert [n for n in names if n.name != f"{n.reference.replace('/', '-')}.pdf"] == []


def test_nothing_waits_for_the_worker_but_the_reading_of_files(inside):
    left = session.execute(text("SELECT handler, parked_at FROM outbox WHERE done_at IS NULL")).all()
    assert all(row.handler.startswith("documents.subscribers.read_") for row in left)


# ── whoever comes ────────────────────────────────────────────────────────────


def test_the_table_of_accounts_names_everybody_once_with_the_password():
    shown = accounts.table()
    assert accounts.PASSWORD in shown
    for _role, key in accounts.SHOWN:
        assert staff().person(staff().post(key).person_key).username in shown
    roles = {role for _words, key in accounts.SHOWN for role in staff().post(key).roles}
    assert roles == {"leader", "office_chief", "unit_head", "specialist", "clerk", "secretary", "admin"}


@pytest.mark.parametrize("key", [key for _words, key in accounts.SHOWN])
def test_everybody_shown_signs_in_and_finds_a_desk(inside, key):
    username = session.scalar(select(Person.username).where(Person.id == inside.city.persons[key]))
    assert org.sign_in(username, accounts.PASSWORD, ip="127.0.0.1", user_agent="kiểm thử")
    page = inside.visit(key).get("/")
    assert len(page.text) > 300


def test_a_second_seed_leaves_everything_as_it_is(inside):
    before = session.scalar(select(func.count()).select_from(Document))
    session.remove()
    with pytest.raises(build.AlreadyThere):
        build.build()
    assert session.scalar(select(func.count()).select_from(Document)) == before


def test_a_seed_that_is_cut_off_leaves_nothing(empty, monkeypatch):
    def cut_off(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "_play", cut_off)
    with pytest.raises(KeyboardInterrupt):
        build.build(build.Amounts(documents=200, directives=5))
    for table in ("agency", "person", "document", "record_access", "counter", "holiday"):
        assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
