"""Văn bản đi: soạn thảo, duyệt, ký, phát hành; then what becomes of it at each recipient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from app.core import clock, numbering
from app.core.actor import Actor
from app.core.db import session
from app.demo.data.agencies import agency
from app.demo.data.body.letter import Letter
from app.demo.data.documents import phrases
from app.demo.data.documents.subjects import LETTER, Subject, subject
from app.demo.play import signing
from app.demo.play.crews import Crew, Division, crew
from app.demo.play.incoming import Fate, course
from app.demo.play.papers import file_name
from app.demo.play.stage import Stage, Story
from app.documents import service
from app.documents.labels import URGENCY
from app.documents.models import Document, Register
from app.documents.service import DraftContent
from app.documents.service.files import attach
from app.documents.service.issuing import notation
from app.language.dates import dmy
from app.language.document_types import type_named
from app.language.references import build_notation, format_reference


@dataclass(frozen=True)
class Drafting:
    """Một văn bản cần soạn."""

    crew: Crew
    division: Division
    about: Subject
    approver: str
    starts: datetime
    until: str = "issued"
    """draft, in_review, returned, endorsed, refused, approved or issued."""
    to: tuple[str, ...] = ()
    """Keys of agencies."""
    others: tuple[str, ...] = ()
    urgency: int = 0
    answers: int | None = None
    """Id of the incoming document it answers."""
    answers_words: str = ""
    fates: Callable[[str], Fate] | None = None
    """What becomes of it at each staffed recipient."""


def drafting(stage: Stage, plan: Drafting) -> Story:
    """Một văn bản đi, từ lúc bắt đầu soạn."""
    yield plan.starts
    drafter, head = plan.division.drafter, plan.division.head
    document = _draft(stage, plan, stage.actor(drafter))
    if plan.until == "draft":
        return
    yield stage.soon(20, 90)
    service.submit(stage.actor(drafter), document.id, None)
    if drafter != head:
        if plan.until == "in_review":
            return
        yield stage.soon(30, 150)
        if plan.until == "returned":
            service.return_draft(stage.actor(head), document.id, None, stage.rng.choice(phrases.RETURNS))
            return
        service.endorse(stage.actor(head), document.id, None, stage.rng.choice(phrases.ENDORSEMENTS))
    if plan.until in {"endorsed", "in_review"}:
        return
    yield stage.soon(30, 150)
    leader = stage.actor(stage.in_place_of(plan.approver))
    if plan.until in {"refused", "returned"}:
        service.return_draft(leader, document.id, None, stage.rng.choice(phrases.RETURNS))
        return
    service.approve(leader, document.id, None)
    if plan.until == "approved":
        return
    yield stage.soon(10, 60)
    _issue(stage, plan, document.id)
    yield stage.soon(2, 4)
    _follow(stage, plan, document.id)


def answering(stage: Stage, crew_: Crew, division: Division, question: Document) -> Story:
    """Văn bản trả lời: its issue closes the question."""
    about = subject(
        stage.rng, crew_.spec.field, clock.today(), type_name="Báo cáo" if crew_.key != "city" else LETTER
    )
    keys = {stage.city.agencies[c]: c for c in stage.city.agencies}
    sender = keys.get(question.issuer_agency_id or 0)
    plan = Drafting(
        crew_,
        division,
        about,
        stage.rng.choice(crew_.leaders),
        stage.next_days(0.2, 0.8),
        to=(sender,) if sender else (),
        others=() if sender else (question.issuer_name,),
        answers=question.id,
        answers_words=f"{question.reference} ngày {dmy(question.issued_on)}" if question.issued_on else "",
        fates=lambda _key: Fate("waiting"),
    )
    yield from drafting(stage, plan)


def _draft(stage: Stage, plan: Drafting, drafter: Actor) -> Document:
    content = DraftContent(
        document_type=plan.about.type_name,
        subject=plan.about.text,
        urgency=plan.urgency,
        recipient_ids=tuple(stage.city.agencies[key] for key in plan.to),
        other_recipients=plan.others,
        approver_post_id=stage.city.posts[plan.approver],
        in_reply_to_id=plan.answers,
    )
    # What is still being drafted is a Word file; what waits for the leader or went out is a PDF, its day left blank.
    letter, name = replace(_letter(stage, plan, _blank_notation(plan)), day=None), f"Dự thảo {_short(plan)}"
    make = stage.papers.as_pdf if plan.until in {"endorsed", "approved", "issued"} else stage.papers.as_docx
    return service.create_draft(drafter, content, make(letter, name))


def _issue(stage: Stage, plan: Drafting, document_id: int) -> None:
    """The file goes out as printed: with the number and the day it is about to get."""
    clerk = stage.actor(plan.crew.clerk)
    document = session.get_one(Document, document_id)
    if signing.sign_and_seal(stage, plan.crew.key, document, clerk):
        return
    book = session.get_one(Register, stage.city.outgoing(plan.crew.key, document.document_type))
    marks = notation(document)
    reference = format_reference(numbering.peek(book.series, clock.today().year), marks)
    letter = _letter(stage, plan, marks, reference.partition("/")[0])
    attach(clerk, document, stage.papers.as_pdf(letter, file_name(reference)))
    service.issue(clerk, document_id, None, book.id)


def _follow(stage: Stage, plan: Drafting, document_id: int) -> None:
    """Văn bản đã tới các nơi có người: each goes its own way there."""
    if plan.fates is None:
        return
    sent = session.get_one(Document, document_id)
    keys = {stage.city.agencies[key]: key for key in plan.to if agency(key).staffed}
    arrived = session.execute(
        select(Document.agency_id, Document.id).where(
            Document.agency_id.in_(list(keys)),
            Document.direction == "incoming",
            Document.issuer_agency_id == sent.agency_id,
            Document.reference == sent.reference,
            Document.issued_on == sent.issued_on,
        )
    )
    for agency_id, arrived_id in sorted(arrived.all()):
        key = keys[agency_id]
        stage.tell(course(stage, crew(key), arrived_id, plan.fates(key), answering))


def _letter(stage: Stage, plan: Drafting, marks: str, number: str = "") -> Letter:
    return stage.papers.letter(
        plan.crew.key,
        plan.approver,
        plan.about,
        clock.today(),
        notation=marks,
        number=number,
        to=[agency(key).name for key in plan.to] or list(plan.others),
        drafting_unit=plan.division.abbreviation,
        urgency=URGENCY[plan.urgency],
        reply_to=plan.answers_words,
    )


def _blank_notation(plan: Drafting) -> str:
    return build_notation(
        type_named(plan.about.type_name).abbreviation, plan.crew.spec.abbreviation, plan.division.abbreviation
    )


def _short(plan: Drafting) -> str:
    words = plan.about.headline.split()
    return " ".join(words[:9])
