"""Văn bản trên bàn làm việc: blocks and figures for each role."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from app.core import clock
from app.core.actor import Actor
from app.core.permissions import Role
from app.documents import labels, queries
from app.documents.views.shared import due_of, stamp_of
from app.web.home import Block, Glance, GlanceSource, add_block, add_glance
from app.web.navigation import counts

_ROWS = 4


def _block(template: str, **values: object) -> str:
    return render_template(
        f"documents/home/{template}.html", labels=labels, due_of=due_of, stamp_of=stamp_of, **values
    )


def approvals(actor: Actor) -> str | None:
    """Dự thảo chờ tôi duyệt: leaders and heads of unit."""
    rows = queries.approvals(actor, limit=_ROWS + 1)
    return _block("approvals", rows=rows[:_ROWS], total=counts(actor).get("outgoing_review", len(rows)))


def instructions(actor: Actor) -> str | None:
    """Văn bản chờ ý kiến chỉ đạo, kèm tham mưu."""
    rows = queries.instructions_wanted(actor, limit=3)
    return _block("instructions", rows=rows, total=counts(actor).get("documents_presented", len(rows)))


def proposals(actor: Actor) -> str | None:
    """Văn bản chờ Chánh Văn phòng tham mưu."""
    return _block("proposals", rows=queries.proposals_wanted(actor, limit=_ROWS))


def waiting_submissions(actor: Actor) -> str | None:
    """Văn bản đã trình lãnh đạo, theo số ngày chờ."""
    return _block("submissions", rows=queries.submissions(actor, limit=6), now=clock.now())


def handlings(actor: Actor) -> str | None:
    """Việc văn bản của tôi, theo hạn."""
    rows = queries.my_handlings(actor, limit=9)
    return _block("handlings", rows=rows[:8], more=len(rows) > 8)


def drafts(actor: Actor) -> str | None:
    """Dự thảo của tôi."""
    rows = queries.my_drafts(actor, limit=5)
    return _block("drafts", rows=rows)


def registry(actor: Actor) -> str | None:
    """Hàng chờ vào sổ của văn thư."""
    return _block(
        "registry", rows=queries.waiting_page(actor, limit=6), total=counts(actor).get("documents_waiting", 0)
    )


def issuing(actor: Actor) -> str | None:
    """Hàng chờ phát hành của văn thư."""
    return _block(
        "issuing",
        rows=queries.approved_page(actor, limit=_ROWS),
        total=counts(actor).get("documents_approved", 0),
        must_sign=queries.must_sign(actor.agency_id or 0),
    )


def to_sign(actor: Actor) -> str | None:
    """Văn bản chờ tôi ký số."""
    rows = queries.to_sign_page(actor, limit=20)
    return _block("signing", rows=rows) if rows else None


def overdue(actor: Actor) -> str | None:
    """Văn bản quá hạn xử lý của cơ quan."""
    rows, _following = queries.overdue_page(actor, clock.now(), after=None, limit=5)
    return _block("overdue", rows=rows)


def _figure(key: str, words: str, detail: str, endpoint: str, **arguments: Any) -> GlanceSource:
    def build(actor: Actor) -> Glance | None:
        count = counts(actor).get(key)
        if count is None:
            return None
        return Glance("99+" if count >= 100 else count, words, detail, url_for(endpoint, **arguments))

    return GlanceSource(f"documents:{key}", frozenset(), 0, build)


def _glance(roles: set[Role], order: int, source: GlanceSource) -> None:
    add_glance(GlanceSource(source.key, frozenset(str(r) for r in roles), order, source.build))


def register() -> None:
    """Đăng ký các khối và ô tổng quan."""
    leader, chief, head, person, clerk = (
        Role.LEADER,
        Role.OFFICE_CHIEF,
        Role.UNIT_HEAD,
        Role.SPECIALIST,
        Role.CLERK,
    )
    _glance(
        {leader, head}, 1, _figure("outgoing_review", "Chờ duyệt", "dự thảo trình", "documents.outgoing_list")
    )
    _glance(
        {leader},
        2,
        _figure("documents_presented", "Chờ ý kiến chỉ đạo", "văn bản đến", "documents.incoming_list"),
    )
    _glance(
        {chief}, 1, _figure("documents_to_propose", "Chờ tham mưu", "văn bản đến", "documents.incoming_list")
    )
    _glance(
        {person, head},
        2,
        _figure("documents_open", "Văn bản cần xử lý", "được giao, phối hợp", "documents.incoming_list"),
    )
    _glance(
        {person},
        3,
        _figure("outgoing_open", "Dự thảo của tôi", "chưa trình, bị trả lại", "documents.outgoing_list"),
    )
    _glance({clerk}, 1, _figure("documents_waiting", "Chờ vào sổ", "qua liên thông", "documents.inbox"))
    _glance(
        {clerk}, 2, _figure("documents_registered", "Chờ trình, chuyển", "đã vào sổ", "documents.registered")
    )
    _glance({clerk}, 3, _figure("documents_approved", "Chờ phát hành", "đã duyệt", "documents.approved"))
    for key, roles, column, order, render in (
        ("approvals", {leader, head}, "main", 10, approvals),
        ("signing", {leader}, "main", 12, to_sign),
        ("instructions", {leader}, "main", 20, instructions),
        ("proposals", {chief}, "main", 5, proposals),
        ("submissions", {chief}, "main", 30, waiting_submissions),
        ("handlings", {head, person, Role.SECRETARY}, "main", 15, handlings),
        ("registry", {clerk}, "main", 5, registry),
        ("issuing", {clerk}, "main", 10, issuing),
        ("drafts", {person}, "side", 20, drafts),
        ("overdue", {chief, clerk}, "side", 30, overdue),
    ):
        add_block(Block(f"documents:{key}", frozenset(str(r) for r in roles), column, order, render))
