"""Văn bản đến: vào sổ, tham mưu, trình, bút phê, phân công, xử lý, kết thúc."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.core.working_days import due_day, due_instant
from app.demo.data.documents import phrases
from app.demo.data.documents.issuers import ExternalDocument
from app.demo.data.documents.subjects import headline
from app.demo.data.documents.types import urgency as draw_urgency
from app.demo.play.crews import Crew, Division
from app.demo.play.stage import Stage, Story
from app.documents import service
from app.documents.labels import URGENCY
from app.documents.models import Document, Handling
from app.documents.service import Assignment, Registration
from app.language.names import short_agency_name

DEGREES = {words: degree for degree, words in URGENCY.items()}
_DAYS_TO_HANDLE = (3, 5, 7, 10)

Answering = Callable[[Stage, Crew, Division, Document], Story]


@dataclass(frozen=True)
class Fate:
    """Đi đến đâu: the step at which the document rests, for whom, and the working days its deadline is away."""

    until: str
    """waiting, returned, registered, to_propose, presented, unseen, assigned, done or answered."""
    leader: str | None = None
    due: int | None = None
    urgency: int | None = None


def course(
    stage: Stage, crew: Crew, document_id: int, fate: Fate, answering: Answering | None = None
) -> Story:
    """Đường đi của một văn bản đã tới nơi, từ lúc văn thư mở hàng chờ."""
    if fate.until == "waiting":
        return
    yield stage.soon(15, 120)
    document = session.get_one(Document, document_id)
    clerk = stage.actor(crew.clerk)
    if fate.until == "returned":
        service.return_to_sender(clerk, document.id, None, stage.rng.choice(phrases.REFUSALS))
        return
    book = stage.city.incoming(crew.key)
    registration = Registration(
        register_id=book,
        reference=document.reference,
        issued_on=document.issued_on,
        issuer_name=document.issuer_name,
        document_type=document.document_type,
        subject=document.subject,
        urgency=document.urgency,
        signer_name=document.signer_name,
        signer_position=document.signer_position,
        reply_by=document.reply_by,
    )

    def enter(target: int | None, proposal: Assignment) -> Document:
        return service.register_and_route(clerk, document_id, None, registration, target, proposal)

    yield from _worked_on(stage, crew, enter, fate, answering)


def on_paper(stage: Stage, crew: Crew, arrives: datetime, external: ExternalDocument, fate: Fate) -> Story:
    """Văn bản giấy của nơi ngoài thành phố: scanned and registered by the clerk in one act."""
    yield arrives
    clerk = stage.actor(crew.clerk)
    about = external.subject
    degree = DEGREES[draw_urgency(stage.rng, about.type_name)] if fate.urgency is None else fate.urgency
    registration = Registration(
        register_id=stage.city.incoming(crew.key),
        reference=external.reference,
        issued_on=external.issued_on,
        issuer_name=external.issuer.name,
        document_type=about.type_name,
        subject=about.text,
        urgency=degree,
        signer_name=external.signer_name,
        signer_position=external.signer_title,
    )
    scan = stage.papers.scan(external, crew.spec.name)

    def enter(target: int | None, proposal: Assignment) -> Document:
        return service.register_paper_and_route(clerk, registration, scan, (), target, proposal)

    yield from _worked_on(stage, crew, enter, fate, None)


def _worked_on(
    stage: Stage,
    crew: Crew,
    enter: Callable[[int | None, Assignment], Document],
    fate: Fate,
    answering: Answering | None,
) -> Story:
    nothing = Assignment("", None)
    if fate.until == "registered":
        enter(None, nothing)
        return
    division = stage.rng.choice(crew.divisions[:3])
    leader = fate.leader or stage.rng.choice(crew.leaders)
    if crew.chiefs and (fate.until == "to_propose" or stage.rng.random() < 0.3):
        chief = stage.next_of(crew.chiefs)
        document = enter(stage.post(chief), nothing)
        if fate.until == "to_propose":
            return
        yield stage.soon(20, 120)
        proposal = _proposal(stage, crew, division, fate)
        service.route(stage.actor(chief), document.id, None, stage.post(leader), proposal)
    else:
        document = enter(stage.post(leader), _proposal(stage, crew, division, fate))
    if fate.until == "presented":
        return
    yield stage.soon(40, 200)
    service.agree_with_proposal(stage.actor(stage.in_place_of(leader)), document.id, None)
    yield from _handled(stage, division, document.id, fate)
    if fate.until == "answered" and answering is not None:
        yield from answering(stage, crew, division, session.get_one(Document, document.id))


def _proposal(stage: Stage, crew: Crew, division: Division, fate: Fate) -> Assignment:
    """The office's proposal: written so that the leader can agree to it as his instruction."""
    rng, days = stage.rng, stage.days
    if fate.due is not None:
        due_at = days.due(fate.due)
    else:
        due_at = due_instant(days.calendar.add(clock.today(), rng.choice(_DAYS_TO_HANDLE)))
    others = [d for d in crew.divisions if d != division]
    support = [rng.choice(others)] if others and rng.random() < 0.4 else []
    inform = [rng.choice(crew.leaders[1:])] if len(crew.leaders) > 1 and rng.random() < 0.25 else []
    words = phrases.instruction(
        rng,
        division.name,
        supporting=[d.name for d in support],
        due=due_day(due_at),
        to=short_agency_name(crew.spec.name),
        is_urgent=(fate.urgency or 0) >= DEGREES["Thượng khẩn"],
    )
    return Assignment(
        words,
        stage.unit(division.unit_key),
        support=tuple(stage.unit(d.unit_key) for d in support),
        inform=tuple(stage.post(p) for p in inform),
        due_at=due_at,
    )


def _handled(stage: Stage, division: Division, document_id: int, fate: Fate) -> Story:
    """Trong phòng: the head sees it, names who does it; the specialist works and closes."""
    if fate.until == "unseen":
        return
    yield stage.soon(20, 150)
    head, part = stage.actor(division.head), _lead_part(document_id)
    service.see(head, part.id)
    doer = division.head
    if division.specialists:
        # Whoever is to draft the answer must have had the question.
        doer = division.drafter if fate.until == "answered" else stage.rng.choice(division.specialists)
        yield stage.soon(5, 60)
        words = f"Đề nghị tham mưu, báo cáo Trưởng phòng trước khi trình: {headline_of(document_id)}."
        service.pass_on(
            stage.actor(division.head),
            part.id,
            None,
            lead_post_id=stage.city.posts[doer],
            support_post_ids=(),
            text=words,
            due_at=None,
        )
        yield stage.soon(20, 240)
        part = _lead_part(document_id)
        service.see(stage.actor(doer), part.id)
    if fate.until == "answered":
        return
    yield stage.next_days(0.3, 1)
    _, words = phrases.progress(stage.rng)
    service.report_progress(stage.actor(doer), part.id, None, words)
    if fate.until == "done":
        yield stage.next_days(0.3, 1)
        service.complete(stage.actor(doer), part.id, None, stage.rng.choice(phrases.RESULTS))


def headline_of(document_id: int) -> str:
    """Loại và trích yếu viết liền."""
    document = session.get_one(Document, document_id)
    return headline(document.document_type, document.subject)


def _lead_part(document_id: int) -> Handling:
    """The lead's part that nobody passed on yet: the newest."""
    return session.scalars(
        select(Handling)
        .where(Handling.document_id == document_id, Handling.role == "lead", Handling.done_at.is_(None))
        .order_by(Handling.id.desc())
        .limit(1)
    ).one()
