"""Giao nhiệm vụ: one act makes the directive and one part for each lead agency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.core import clock, limits, numbering
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import InputRejected, NotAllowed, NotFound, Violation, Violations
from app.core.events import emit
from app.core.records import may_see
from app.core.text import fold, reference_key
from app.core.use_case import use_case
from app.core.working_days import calendar, due_day
from app.directives import policy
from app.directives.events import DirectiveAssigned
from app.directives.models import Directive, DirectivePart, DirectiveParty, Origin, PartState, PartyRole
from app.directives.service import access, history, indexing, notices, standing
from app.directives.service.deadlines import plan_flag, set_due
from app.documents.models import Document
from app.language.dates import dmy
from app.language.secrecy import find_secrecy_mark, refusal
from app.org import queries as org
from app.org.models import Agency


@dataclass(frozen=True, kw_only=True)
class PartOrder:
    """Một đầu việc cần giao: its lead, and its own content and deadline where they differ from the directive's."""

    lead_agency_id: int
    content: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class FromAbove:
    """Nhiệm vụ cấp trên giao: the body outside, its code, document and deadline."""

    body: str
    code: str = ""
    reference: str = ""
    issued_on: date | None = None
    due_at: datetime | None = None
    must_report: bool = False


@use_case
def assign(
    actor: Actor,
    *,
    content: str,
    leads: Sequence[int | PartOrder],
    product: str = "",
    supports: Sequence[int] = (),
    due_at: datetime | None = None,
    source_document_id: int | None = None,
    source_point: str = "",
    above: FromAbove | None = None,
    urgency: int = 0,
    is_key: bool = False,
    follower_post_id: int | None = None,
    assigner_post_id: int | None = None,
    parent_part_id: int | None = None,
    as_cooperation: bool = False,
    authority: str = "",
    programme_id: int | None = None,
) -> DirectivePart:
    """Giao nhiệm vụ: from a document, from above, or on its own ("chỉ đạo trực tiếp").

    :param leads: lead agencies, one part each, in this order; a :class:`PartOrder` gives a part its own words or date.
    :param due_at: the exclusive due instant of every part without its own; ``None`` for no deadline.
    :param assigner_post_id: whose directive it is, when the actor stands in for several leaders.
    :param parent_part_id: the part under which it is given on; no deadline may be later than that part's.
    :param as_cooperation: "đề nghị phối hợp", asked of agencies that ours may not assign to; counted apart.
    :param authority: the authorisation cited to assign to such an agency after all.
    :param programme_id: the chương trình or kế hoạch of our agency that it belongs to.
    :returns: the first part; the directive is its ``directive``.
    """
    now = clock.now()
    assigner = _assigner(actor, assigner_post_id)
    document = _source(actor, source_document_id)
    orders = [o if isinstance(o, PartOrder) else PartOrder(lead_agency_id=o) for o in leads]
    _refuse_secrets(content, product, *(o.content for o in orders))
    _check(orders, supports, content, due_at, above, now)
    parent = standing.parent(actor, parent_part_id, [o.due_at or due_at for o in orders])
    standing.check(
        actor, [o.lead_agency_id for o in orders], as_cooperation=as_cooperation, authority=authority
    )
    if follower_post_id is not None and actor.agency_id is not None:
        org.post(follower_post_id, actor.agency_id)

    directive = Directive(
        agency_id=actor.agency_id,
        code=_next_code(actor, now),
        content=content,
        product=product,
        urgency=urgency,
        is_key=is_key,
        assigner_post_id=assigner.post_id,
        assigner_person_id=assigner.person_id,
        follower_post_id=follower_post_id,
        assigned_at=now,
        due_at=due_at,
        source_point=source_point,
        parent_part_id=parent_part_id,
        authority=authority,
        programme_id=standing.programme_id(actor, programme_id),
        **_source_facts(document, above) | standing.facts(parent if not document else None, as_cooperation),
    )
    session.add(directive)
    session.flush()
    _share(directive, orders, supports)
    parts = _make_parts(directive, orders)
    told_as = actor.acting_as(assigner.post_id)
    for part in parts:
        access.open_to(part, supports)
        indexing.index(part)
        _announce(told_as, part, supports)
    return parts[0]


# ── who, from what ───────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Assigner:
    """Người chỉ đạo mà người thực hiện được đứng tên."""

    post_id: int
    person_id: int
    name: str
    title: str


def assigners(actor: Actor) -> list[Assigner]:
    """Những người chỉ đạo mà người này được giao việc thay: himself, and those he stands in for."""
    found = []
    if policy.Permission.ASSIGN in actor.permissions and actor.post_id and actor.person_id:
        found.append(Assigner(actor.post_id, actor.person_id, actor.person_name, actor.post_title))
    found += [
        Assigner(s.post_id, s.person_id, s.person_name, s.post_title)
        for s in actor.stands_in
        if policy.Permission.ASSIGN in s.permissions
    ]
    return found


def _assigner(actor: Actor, post_id: int | None) -> Assigner:
    found = assigners(actor)
    chosen = next((a for a in found if post_id in (None, a.post_id)), None)
    if chosen is None:
        raise NotAllowed(
            "Chỉ lãnh đạo cơ quan, hoặc người được lãnh đạo ủy quyền, được giao nhiệm vụ. "
            "Nếu việc này thuộc trách nhiệm của anh/chị, hãy đề nghị lãnh đạo ủy quyền xử lý."
        )
    return chosen


def _source(actor: Actor, document_id: int | None) -> Document | None:
    if document_id is None:
        return None
    document = session.get(Document, document_id)
    if document is None or document.agency_id != actor.agency_id:
        raise NotFound
    if not may_see(document.record_kind, document.id, actor.all_principals("documents")):
        raise NotFound
    return document


def _source_facts(document: Document | None, above: FromAbove | None) -> dict[str, object]:
    facts: dict[str, object] = {"origin": Origin.DIRECT.value}
    if document is not None:
        facts = {
            "origin": Origin.DOCUMENT.value,
            "source_document_id": document.id,
            "source_reference": document.reference,
            "source_issued_on": document.issued_on,
            "source_subject": document.subject,
            "source_issuer": document.issuer_name,
        }
    if above is not None:
        facts |= {
            "origin": Origin.ABOVE.value,
            "external_body": above.body,
            "external_code": above.code,
            "external_due_at": above.due_at,
            "must_report_above": above.must_report,
        }
        if above.reference:
            facts |= {"source_reference": above.reference, "source_issued_on": above.issued_on}
    return facts


# ── rules ────────────────────────────────────────────────────────────────────


def _refuse_secrets(*texts: str) -> None:
    for text in texts:
        mark = find_secrecy_mark(text)
        if mark:
            raise InputRejected(refusal(mark, "trong nội dung chỉ đạo"))


def _check(
    orders: Sequence[PartOrder],
    supports: Sequence[int],
    content: str,
    due_at: datetime | None,
    above: FromAbove | None,
    now: datetime,
) -> None:
    broken: list[Violation] = []
    if not content.strip():
        broken.append(Violation("content", "Hãy nhập nội dung chỉ đạo."))
    broken += _check_agencies([o.lead_agency_id for o in orders], supports)
    for order in orders:
        broken += _check_due(order.due_at or due_at, above, now)
    if broken:
        raise Violations(dict.fromkeys(broken))


def _check_agencies(leads: Sequence[int], supports: Sequence[int]) -> Iterable[Violation]:
    if not leads:
        yield Violation("leads", "Hãy chọn cơ quan chủ trì.")
    if len(set(leads)) < len(leads):
        yield Violation("leads", "Có cơ quan được chọn chủ trì hai lần. Mỗi cơ quan chỉ nhận một đầu việc.")
    if len(leads) > limits.RECIPIENTS:
        yield Violation("leads", f"Giao nhiều nhất {limits.RECIPIENTS} cơ quan một lần.")
    wanted = {*leads, *supports}
    today = clock.today()
    rows = session.execute(
        select(Agency.id, Agency.short_name).where(
            Agency.id.in_(wanted),
            Agency.valid_from <= today,
            (Agency.valid_to.is_(None)) | (Agency.valid_to >= today),
        )
    )
    names = {r.id: r.short_name for r in rows}
    if wanted - set(names):
        yield Violation("leads", "Có cơ quan không còn hoạt động. Hãy chọn lại từ danh sách.")
    for both in sorted(set(leads) & set(supports) & set(names)):
        yield Violation("supports", f"{names[both]} vừa chủ trì vừa phối hợp. Hãy bỏ ở một ô.")


def _check_due(due_at: datetime | None, above: FromAbove | None, now: datetime) -> Iterable[Violation]:
    if due_at is not None and due_at <= now:
        yield Violation("due", f"Thời hạn {dmy(due_day(due_at))} đã qua. Hãy chọn ngày sau hôm nay.")
    if above is None or above.due_at is None:
        return
    last = dmy(due_day(above.due_at))
    if due_at is None:
        yield Violation(
            "due", f"Cấp trên giao hạn {last}. Hãy đặt hạn cho cơ quan chủ trì, không muộn hơn ngày đó."
        )
    elif due_at > above.due_at:
        yield Violation("due", f"Hạn giao không được muộn hơn hạn cấp trên đã giao là {last}.")


# ── making ───────────────────────────────────────────────────────────────────


def _next_code(actor: Actor, now: datetime) -> str:
    year = clock.local(now).year
    return f"NV-{year}-{numbering.take(f'directive:{actor.agency_id}', year):04d}"


def _share(directive: Directive, orders: Sequence[PartOrder], supports: Sequence[int]) -> None:
    roles = [(directive.agency_id, PartyRole.ASSIGNER)]
    roles += [(o.lead_agency_id, PartyRole.LEAD) for o in orders]
    roles += [(agency_id, PartyRole.SUPPORT) for agency_id in dict.fromkeys(supports)]
    session.add_all(
        DirectiveParty(directive_id=directive.id, agency_id=agency_id, role=role.value)
        for agency_id, role in roles
    )


def _make_parts(directive: Directive, orders: Sequence[PartOrder]) -> list[DirectivePart]:
    cal, parts = calendar(), []
    for number, order in enumerate(orders, 1):
        part = DirectivePart(
            directive=directive,
            number=number,
            code=f"{directive.code}.{number}",
            content=order.content or directive.content,
            assigning_agency_id=directive.agency_id,
            lead_agency_id=order.lead_agency_id,
            assigner_post_id=directive.assigner_post_id,
            follower_post_id=directive.follower_post_id,
            origin=directive.origin,
            source_document_id=directive.source_document_id,
            urgency=directive.urgency,
            is_key=directive.is_key,
            state=PartState.ASSIGNED.value,
            assigned_at=directive.assigned_at,
            is_extension_pending=False,
        )
        part.words = words_of(part, directive)
        set_due(part, order.due_at or directive.due_at, cal)
        part.original_due_at = part.due_at
        plan_flag(part)
        parts.append(part)
    session.add_all(parts)
    session.flush()
    history.begin(parts, directive.assigned_at)
    return parts


def words_of(part: DirectivePart, directive: Directive) -> list[str]:
    """Các từ để tìm đầu việc, đã bỏ dấu; numbers and symbols also in one piece."""
    texts = (
        part.code,
        part.content,
        directive.product,
        directive.source_reference,
        directive.source_subject,
        directive.external_body,
        directive.external_code,
    )
    words = {w for t in texts for w in re.findall(r"[a-z0-9]+", fold(t))}
    words |= {reference_key(t) for t in (part.code, directive.code, directive.source_reference) if t}
    return sorted(words)


def _announce(actor: Actor, part: DirectivePart, supports: Sequence[int]) -> None:
    emit(
        actor,
        DirectiveAssigned(
            kind=int(part.record_kind),
            record_id=part.id,
            agency_id=part.agency_id,
            directive_id=part.directive_id,
            lead_agency_id=part.lead_agency_id,
            due_at=part.due_at,
            note=f"Hạn {dmy(due_day(part.due_at))}" if part.due_at else "Không đặt thời hạn",
        ),
    )
    notices.tell(part, "Nhiệm vụ mới", policy.lead_side(part))
    if supports:
        helpers = [p for agency_id in supports for p in policy.receivers_of(agency_id)]
        notices.tell(part, "Được giao phối hợp", helpers)
    if part.follower_post_id is not None:
        notices.tell(part, "Được giao theo dõi", policy.followers_of(part))
