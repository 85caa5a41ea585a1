"""Các trang được đo: those the promise of speed names, then what packages added."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, text

from app.core.actor import Actor
from app.core.db import session
from app.core.records import Key, RecordAccess, RecordKind
from app.directives.queries import Status
from app.documents.models import Document
from app.org.models import Agency, Post
from app.org.queries import actor_for_post
from app.web.benchmarks import BenchPage, bench_pages
from app.web.pagination import encode_key

_DEEP = 0.4  # how far down the list the deep page begins


def _home(_actor: Actor) -> str:
    return "/"


def _inbox(_actor: Actor) -> str:
    return "/van-ban/den/cho-vao-so"


def _incoming(_actor: Actor) -> str:
    return "/van-ban/den?muc=tat-ca"


def _incoming_deep(actor: Actor) -> str:
    seen = (
        RecordAccess.principal_id.in_(list(actor.principals)),
        RecordAccess.kind == int(RecordKind.INCOMING),
    )
    session.execute(text("SET LOCAL statement_timeout = 0"))
    many = session.scalar(select(func.count()).select_from(RecordAccess).where(*seen)) or 0
    row: Any = session.execute(
        select(RecordAccess.sort_at, RecordAccess.record_id)
        .where(*seen)
        .order_by(RecordAccess.sort_at.desc(), RecordAccess.record_id.desc())
        .offset(int(many * _DEEP))
        .limit(1)
    ).one()
    return f"/van-ban/den?muc=tat-ca&sau={encode_key(Key(row.sort_at, row.record_id))}"


def _document(actor: Actor) -> str:
    """A document on the leader's desk, with its proposal and its history."""
    found = session.scalars(
        select(Document.id)
        .where(Document.presented_to_post_id == actor.post_id, Document.state == "presented")
        .order_by(Document.sort_at.desc())
        .limit(1)
    ).one()
    return f"/van-ban/den/{found}"


def _overdue(_actor: Actor) -> str:
    return f"/chi-dao?tinh-trang={Status.LATE.value}"


PAGES = (
    BenchPage("home", "Bàn làm việc của lãnh đạo", "leader", "city", _home),
    BenchPage("inbox", "Hàng chờ vào sổ của văn thư", "clerk", "city", _inbox),
    BenchPage("incoming", "Danh sách văn bản đến, trang đầu", "clerk", "city", _incoming),
    BenchPage("incoming-deep", "Danh sách văn bản đến, trang sâu", "clerk", "city", _incoming_deep),
    BenchPage("document", "Một văn bản đến", "leader", "city", _document),
    BenchPage("overdue", "Nhiệm vụ quá hạn", "leader", "city", _overdue),
)


def pages() -> list[BenchPage]:
    """Mọi trang được đo."""
    return [*PAGES, *bench_pages()]


def person_for(page: BenchPage) -> Actor:
    """Người xem trang này: the first of his role in the first agency of the kind."""
    post = session.scalars(
        select(Post.id)
        .join(Agency, Agency.id == Post.agency_id)
        .where(
            Agency.kind == page.agency_kind,
            Post.roles.contains([page.role]),
            Post.person_id.is_not(None),
            Post.active,
        )
        .order_by(Agency.sort, Post.sort)
        .limit(1)
    ).one()
    return actor_for_post(post)
