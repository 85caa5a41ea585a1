"""Chỉ đạo: giao, tiếp nhận, phân công, báo cáo, gia hạn, đôn đốc, xác nhận hoàn thành."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.core.working_days import due_instant
from app.demo.data.agencies import agency
from app.demo.data.documents import phrases
from app.demo.data.documents.directives import directive, directive_from_above
from app.demo.play.crews import Crew, crew
from app.demo.play.stage import Stage, Story
from app.directives import service
from app.directives.models import DirectivePart, ExtensionRequest, PartState
from app.directives.service import FromAbove, PartOrder
from app.documents.models import Document


@dataclass(frozen=True)
class Order:
    """Một nhiệm vụ cần giao, và số phận của đầu việc ở từng cơ quan."""

    leader: str
    ago: int
    """Working days since it was given."""
    leads: tuple[tuple[str, str, int | None], ...]
    """Agency, fate, deadline in working days from today (None: without)."""
    supports: tuple[str, ...] = ()
    follower: str | None = None
    is_key: bool = False
    urgency: int = 0
    from_document: bool = False
    above: str = ""
    """Name of the body above that asked for it."""


def given(stage: Stage, order: Order) -> Story:
    """Một nhiệm vụ, từ lúc giao."""
    yield stage.days.ago(order.ago, stage.rng.randint(8, 15), stage.rng.randint(0, 59))
    rng, first = stage.rng, agency(order.leads[0][0])
    today = clock.today()
    about = directive_from_above(rng, today) if order.above else directive(rng, first.field, today)
    assigner = stage.in_place_of(order.leader)
    part = service.assign(
        stage.actor(assigner),
        content=about.content,
        product=about.product,
        leads=_orders(stage, order),
        supports=[stage.city.agencies[key] for key in order.supports],
        source_document_id=_source(stage, order.leader) if order.from_document else None,
        source_point=f"Mục {rng.randint(1, 4)}" if order.from_document else "",
        above=_above(stage, order) if order.above else None,
        urgency=order.urgency,
        is_key=order.is_key,
        follower_post_id=stage.city.posts[order.follower] if order.follower else None,
        assigner_post_id=stage.city.posts[order.leader],
    )
    parts = session.scalars(
        select(DirectivePart)
        .where(DirectivePart.directive_id == part.directive_id)
        .order_by(DirectivePart.number)
    ).all()
    for made, (key, fate, due) in zip(parts, order.leads, strict=True):
        if agency(key).staffed:
            stage.tell(_Part(stage, order, crew(key), made.id, fate, due).followed())


def _orders(stage: Stage, order: Order) -> list[PartOrder]:
    rng, today, found = stage.rng, clock.today(), []
    for key, _, due in order.leads:
        own = "" if len(order.leads) == 1 else directive(rng, agency(key).field, today).content
        due_at = stage.days.due(due) if due is not None else None
        found.append(PartOrder(lead_agency_id=stage.city.agencies[key], content=own, due_at=due_at))
    if order.above:  # every agency gets the same task from above
        found = [PartOrder(lead_agency_id=o.lead_agency_id, due_at=o.due_at) for o in found]
    return found


def _above(stage: Stage, order: Order) -> FromAbove:
    asked = clock.today() - timedelta(days=3)
    latest = max(due for _, _, due in order.leads if due is not None)
    number = stage.rng.randint(400, 1900)
    return FromAbove(
        body=order.above,
        code=f"TTg-{asked.year}-{number}",
        reference=f"{number}/TTg-ĐMDN",
        issued_on=asked,
        due_at=due_instant(stage.days.calendar.add(stage.days.due_on(latest), 3)),
        must_report=True,
    )


def _source(stage: Stage, leader: str) -> int | None:
    """A document the leader has instructed on lately."""
    return session.scalars(
        select(Document.id)
        .where(
            Document.presented_to_post_id == stage.city.posts[leader],
            Document.state.in_(("assigned", "done")),
            Document.reference != "",
        )
        .order_by(Document.sort_at.desc())
        .limit(1)
    ).first()


@dataclass(frozen=True)
class _Part:
    """Một đầu việc ở cơ quan chủ trì."""

    stage: Stage
    order: Order
    lead: Crew
    part_id: int
    fate: str
    due: int | None

    def followed(self) -> Story:
        """Theo một đầu việc."""
        stage, fate = self.stage, self.fate
        if fate == "new":
            return
        yield stage.soon(60, 500)
        service.receive(stage.actor(self.lead.clerk), self.part_id)
        if fate == "received":
            return
        doer = self._passed_on()
        yield from doer
        if fate == "withdrawn":
            yield stage.next_days(1, 2)
            reason = "Nội dung đã lồng ghép vào nhiệm vụ khác, thu hồi để tránh trùng lặp."
            service.withdraw(stage.actor(self._leader), self.part_id, reason=reason)
            return
        percent = 0
        for _ in range(stage.rng.randint(1, 2)):
            yield stage.next_days(1, 2.5)
            percent, words = phrases.progress(stage.rng, percent)
            hard = phrases.with_number(stage.rng, stage.rng.choice(phrases.DIFFICULTIES))
            service.report(
                stage.actor(self._doer),
                self.part_id,
                situation=words,
                percent=percent,
                difficulty=hard if stage.rng.random() < 0.4 else "",
            )
        if fate in {"extension", "extended", "refused"}:
            yield from self._extension()
        elif fate in {"reported", "proposed", "returned", "done", "done_late"}:
            yield from self._completion()

    # ── inside the lead agency ───────────────────────────────────────────────

    @property
    def _doer(self) -> str:
        return self.lead.divisions[0].drafter

    @property
    def _leader(self) -> str:
        return self.stage.in_place_of(self.order.leader)

    def _passed_on(self) -> Iterator[datetime]:
        stage, division = self.stage, self.lead.divisions[0]
        yield stage.soon(60, 400)
        boss = stage.in_place_of(self.lead.leaders[0])
        words = "Giao phòng chủ trì tham mưu, báo cáo tiến độ hằng tuần."
        service.pass_on(
            stage.actor(boss), self.part_id, unit_id=stage.city.units[division.unit_key], note=words
        )
        if division.specialists:
            yield stage.soon(30, 300)
            service.pass_on(
                stage.actor(division.head), self.part_id, post_id=stage.city.posts[division.specialists[0]]
            )

    def _extension(self) -> Iterator[datetime]:
        stage = self.stage
        yield stage.next_days(0.3, 1)
        part = session.get_one(DirectivePart, self.part_id)
        wished = stage.days.calendar.next_working(
            phrases.extension_date(
                stage.rng, max(stage.days.today, clock.local(part.due_at or clock.now()).date())
            )
        )
        reason = phrases.with_number(stage.rng, stage.rng.choice(phrases.EXTENSION_REASONS))
        service.request_extension(
            stage.actor(self._doer), self.part_id, due_at=due_instant(wished), reason=reason
        )
        if self.fate == "extension":
            return
        yield stage.next_days(0.3, 0.8)
        request = session.scalars(
            select(ExtensionRequest.id).where(
                ExtensionRequest.part_id == self.part_id, ExtensionRequest.state == "requested"
            )
        ).one()
        boss = stage.actor(self._leader)
        if self.fate == "extended":
            service.agree_extension(boss, self.part_id, request, note="Đồng ý, không gia hạn thêm.")
        else:
            refusal = stage.rng.choice(phrases.EXTENSION_REFUSALS)
            service.refuse_extension(boss, self.part_id, request, reason=refusal)

    # ── done, and judged ─────────────────────────────────────────────────────

    def _completion(self) -> Iterator[datetime]:
        stage, fate = self.stage, self.fate
        if fate == "done_late" and self.due is not None:
            yield max(stage.days.later(stage.days.due(self.due), 200), stage.soon(30, 90))
        else:
            yield stage.next_days(0.5, 1)
        service.report_done(
            stage.actor(self._doer),
            self.part_id,
            result=phrases.completion(stage.rng),
            files=[stage.papers.evidence(self.lead.key, self.lead.leaders[0], clock.today())],
        )
        if fate == "reported":
            return
        if self.order.follower:
            yield stage.soon(60, 300)
            accept = fate != "returned"
            note = "" if accept else stage.rng.choice(phrases.REWORKS)
            service.propose(stage.actor(self.order.follower), self.part_id, accept=accept, note=note)
        if fate == "proposed":
            return
        yield stage.soon(60, 400)
        boss = stage.actor(self._leader)
        if fate == "returned":
            service.send_back(boss, self.part_id, reason=stage.rng.choice(phrases.REWORKS))
        else:
            service.confirm(boss, self.part_id, note=stage.rng.choice(phrases.CONFIRMATIONS))


def urged(stage: Stage, by: str, ago: int, hour: int) -> Story:
    """Đôn đốc mọi đầu việc quá hạn của một người theo dõi trong một lần."""
    yield stage.days.ago(ago, hour, 20)
    actor = stage.actor(by)
    followed = [DirectivePart.follower_post_id == actor.post_id] if by.endswith("specialist") else []
    late = session.scalars(
        select(DirectivePart.id)
        .where(
            *followed,
            DirectivePart.assigning_agency_id == actor.agency_id,
            DirectivePart.state.in_(
                [s.value for s in (PartState.ASSIGNED, PartState.RECEIVED, PartState.IN_PROGRESS)]
            ),
            DirectivePart.due_at <= clock.now(),
        )
        .order_by(DirectivePart.id)
    ).all()
    if late:
        service.urge(actor, late, text=stage.rng.choice(phrases.URGINGS))


def orders() -> Iterator[Order]:
    """Các nhiệm vụ của chín tuần gần đây."""
    urban, economy, social, general = (
        "urban_specialist",
        "economy_specialist",
        "social_specialist",
        "general_specialist",
    )
    chair, urban_vice, economy_vice, social_vice = (
        "city_chairman",
        "city_vice_chairman_1",
        "city_vice_chairman_2",
        "city_vice_chairman_3",
    )
    premier, office = "Thủ tướng Chính phủ", "Văn phòng Chính phủ"
    # late, by seven agencies
    yield Order(
        chair,
        24,
        (("SXD", "working", -8), ("SNNMT", "working", -3), ("an-khanh", "working", -5)),
        ("STC",),
        urban,
        True,
    )
    yield Order(chair, 22, (("STC", "working", -4), ("SQHKT", "new", -4)), ("SXD",), economy, True)
    yield Order(urban_vice, 20, (("SXD", "refused", -2), ("thu-duc", "working", -6)), ("SNNMT",), urban)
    yield Order(chair, 18, (("SYT", "received", -2), ("SGDĐT", "working", -1)), (), social)
    yield Order(social_vice, 17, (("SNV", "new", -3), ("can-gio", "received", -7)), (), general)
    yield Order(chair, 26, (("SXD", "returned", -5),), ("STC", "SNNMT"), urban, True, from_document=True)
    yield Order(economy_vice, 15, (("SCT", "new", -1), ("long-binh", "working", -2)), (), economy)
    # due soon
    yield Order(
        chair,
        12,
        (("SXD", "working", 1), ("STC", "working", 2), ("ben-thanh", "received", 2)),
        (),
        urban,
        from_document=True,
    )
    yield Order(urban_vice, 10, (("SNNMT", "working", 1), ("an-khanh", "working", 3)), ("SXD",), urban)
    yield Order(social_vice, 9, (("SYT", "working", 2), ("con-dao", "working", 1)), (), social)
    # waiting for the assigner: done, or more time
    yield Order(chair, 16, (("SXD", "reported", 4), ("STC", "proposed", 3)), (), economy)
    yield Order(chair, 14, (("SNNMT", "extension", 2), ("thu-duc", "extension", -1)), (), urban, True)
    yield Order(urban_vice, 13, (("SXD", "extension", 3), ("an-khanh", "reported", 1)), (), urban)
    yield Order(social_vice, 12, (("SGDĐT", "proposed", 5),), ("SNV",), social)
    # in hand
    yield Order(chair, 11, (("STC", "extended", 3), ("SXD", "working", 12)), ("SNNMT",), economy)
    yield Order(
        chair,
        5,
        (("SNV", "working", 15), ("SYT", "received", 20), ("SGDĐT", "working", 10)),
        (),
        general,
        from_document=True,
    )
    yield Order(economy_vice, 6, (("STC", "working", None), ("SKHCN", "new", 9)), (), economy)
    yield Order(
        urban_vice,
        3,
        (("SXD", "received", 8), ("thu-duc", "new", 8), ("ben-thanh", "received", 8)),
        (),
        urban,
    )
    yield Order(
        chair, 1, (("SXD", "new", 6), ("SNNMT", "new", 6), ("can-gio", "new", 5)), ("SYT",), urban, True, 2
    )
    yield Order(chair, 0, (("STC", "new", 4),), ("SXD",), economy, urgency=3)
    # from above
    yield Order(chair, 19, (("STC", "working", -2), ("SXD", "working", 4)), (), general, True, above=premier)
    yield Order(chair, 13, (("SNNMT", "working", 6),), ("SKHCN",), general, True, above=premier)
    yield Order(chair, 8, (("SNV", "working", 9),), (), general, above=office)
    yield Order(economy_vice, 21, (("STC", "done", 2),), (), general, above=premier)
    # done, in time and late; withdrawn
    yield Order(chair, 23, (("SXD", "done", -2), ("SYT", "done_late", -6), ("SNNMT", "done", -1)), (), urban)
    yield Order(urban_vice, 25, (("an-khanh", "done", -4), ("thu-duc", "done_late", -7)), (), urban)
    yield Order(social_vice, 20, (("SGDĐT", "done", 1), ("SNV", "withdrawn", 3)), (), social)
    yield Order(
        economy_vice,
        24,
        (("STC", "done_late", -8), ("long-binh", "done", -3)),
        (),
        economy,
        from_document=True,
    )


def play(stage: Stage) -> None:
    """Giao các nhiệm vụ, rồi đôn đốc."""
    for order in orders():
        stage.tell(given(stage, order))
    followers = cycle(("urban_specialist", "office_chief", "city_chairman"))
    for ago, hour in ((6, 9), (3, 10), (1, 8)):
        stage.tell(urged(stage, next(followers), ago, hour))
