"""Văn bản đến: danh sách, một văn bản, trình, bút phê, kết thúc."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, limits
from app.core.actor import Actor
from app.core.workflow import Available
from app.documents import labels, queries, service
from app.documents.forms import AssignForm, OpinionForm, PaperPlaceForm, ResultForm, RouteForm
from app.documents.models import Complaint, ComplaintKind, Direction, Document, Handling, HandlingRole
from app.documents.policy import Permission
from app.documents.queries.details import proposal_of
from app.documents.views import bp
from app.documents.views.shared import (
    act_page,
    due_of,
    files_of,
    guard,
    named_in,
    press,
    stamp_of,
    timeline_of,
    url_of,
    viewer_of,
)
from app.documents.workflow import HANDLING, INCOMING
from app.web.actor import actor
from app.web.forms import ReasonForm
from app.web.guards import requires
from app.web.navigation import counts
from app.web.pagination import Page, requested_key

_TABS = (
    ("viec", "Cần xử lý", "documents_open"),
    ("de-biet", "Để biết", "documents_inform"),
    ("tat-ca", "Tất cả", None),
    ("qua-han", "Quá hạn xử lý", None),
)


@bp.route("/den")
@requires(Permission.INCOMING_READ)
def incoming_list() -> ResponseReturnValue:
    """Văn bản đến: việc của tôi trước, rồi tất cả, rồi quá hạn của cơ quan."""
    viewer, after = actor(), requested_key()
    tab = request.args.get("muc", "viec")
    coordinates = bool({"clerk", "office_chief"} & viewer.roles)
    if tab == "qua-han" and coordinates:
        rows, following = queries.overdue_page(viewer, clock.now(), after=after)
    elif tab == "de-biet":
        rows, following = queries.informed(viewer, limit=limits.PAGE_ROWS), None
    else:
        tab = tab if tab in ("viec", "tat-ca") else "viec"
        rows, following = queries.incoming_page(viewer, open_only=tab == "viec", after=after)
    figures = counts(viewer)
    tabs = [
        {
            "label": words,
            "url": url_for(".incoming_list", muc=key),
            "current": key == tab,
            "count": figures.get(figure) if figure else None,
        }
        for key, words, figure in _TABS
        if key != "qua-han" or coordinates
    ]
    page = Page(rows, following, after is None)
    return render_template(
        "documents/incoming_list.html",
        page=page,
        tabs=tabs,
        tab=tab,
        labels=labels,
        due_of=due_of,
        stamp_of=stamp_of,
    )


@bp.route("/den/<int:document_id>")
@requires(Permission.INCOMING_READ)
def incoming(document_id: int) -> ResponseReturnValue:
    """Một văn bản đến."""
    viewer = actor()
    document = queries.incoming(document_id, viewer=viewer)
    available = INCOMING.available(viewer, document)
    about = queries.around(document, viewer=viewer)
    named = named_in(document) if "transfer" in {a.action for a in available} else []
    page = render_template(
        "documents/incoming.html",
        document=document,
        labels=labels,
        available=[a for a in available if a.action not in _RARE and _worth_showing(a)],
        rare=[a for a in available if a.action in _RARE and not a.refusals],
        named=named,
        about=about,
        sender=_sender(viewer, document),
        outgoing_book=queries.first_book(document.agency_id, Direction.OUTGOING) if named else None,
        urls=_action_urls(document),
        handlings=_tree(viewer, document),
        instructions=[n for n in document.notes if n.kind == "instruction"],
        opinions=[n for n in document.notes if n.kind != "instruction"],
        proposal=proposal_of(document),
        can_agree=document.state == "presented"
        and viewer.holds(document.presented_to_post_id)
        and proposal_of(document) is not None,
        may_answer=viewer.can(Permission.OUTGOING_DRAFT) and document.state == "assigned",
        due=due_of(document),
        due_of=due_of,
        stamp=stamp_of(document.urgency),
        files=files_of(document),
        viewer=viewer_of(document, most=1),
        timeline=timeline_of(document),
    )
    if not about.opened_by(viewer.person_id):
        service.note_opening(viewer, document_id)
    return page


# Done now and then: they stand in a menu behind the acts of every day.
_RARE = frozenset({"keep_paper", "transfer", "change_lead", "ask_opinions", "give_opinion", "add_handlers"})


def _worth_showing(available: Available) -> bool:
    """What can no longer be pulled back needs no button that says so."""
    return not (available.refusals and available.action in ("pull_back", "take_back"))


def _sender(viewer: Actor, document: Document) -> Complaint | None:
    """Người gửi đơn: of a denunciation only the registry that entered it may know."""
    sent = document.complaint if document.is_restricted else None
    if sent is None or (
        sent.kind == ComplaintKind.DENUNCIATION and not viewer.can(Permission.INCOMING_REGISTER)
    ):
        return None
    return sent


def _action_urls(document: Document) -> dict[str, str]:
    at: dict[str, Any] = {"document_id": document.id}
    return {
        "register": url_for(".waiting", **at),
        "return_to_sender": url_for(".return_to_sender", **at),
        "present": url_for(".route", **at),
        "instruct": url_for(".instruct", **at),
        "add_handlers": url_for(".add_handlers", **at),
        "give_opinion": url_for(".give_opinion", **at),
        "close": url_for(".close", **at),
        "keep_paper": url_for(".keep_paper", **at),
        "enter_note": url_for(".enter_note", **at),
        "object_to_note": url_for(".object_to_note", **at),
        "transfer": url_for(".transfer", **at),
        "pull_back": url_for(".pull_back", **at),
        "take_back": url_for(".take_back", **at),
        "change_lead": url_for(".change_lead", **at),
        "ask_opinions": url_for(".ask_opinions", **at),
    }


def _tree(viewer: Actor, document: Document) -> list[dict[str, Any]]:
    """Phân công theo cây: a unit's part, then those it was passed on to; with the buttons each may press."""
    order = {"lead": 0, "support": 1, "opinion": 2, "inform": 3}

    def branch(parent_id: int | None, depth: int) -> list[dict[str, Any]]:
        found = []
        children = [h for h in document.handlings if h.parent_id == parent_id]
        for item in sorted(children, key=lambda h: (order[h.role], h.id)):
            urls = {
                "pass_on": url_for(".pass_on", handling_id=item.id),
                "progress": url_for(".progress", handling_id=item.id),
                "complete": url_for(".complete", handling_id=item.id),
                "return": url_for(".return_handling", handling_id=item.id),
                "see": url_for(".see", handling_id=item.id),
                "withdraw": url_for(".withdraw", handling_id=item.id),
                "set_due": url_for(".set_due", handling_id=item.id),
            }
            shown = [a for a in HANDLING.available(viewer, item) if _fits(item, a.action)]
            found.append({"item": item, "depth": depth, "available": shown, "urls": urls})
            found += branch(item.id, depth + 1)
        return found

    return branch(None, 0)


def _fits(part: Handling, action: str) -> bool:
    """What is only to be known is opened or ticked off, nothing else; the rest is opened by opening the page."""
    if action == "see":
        return part.opened_at is None
    if action in ("withdraw", "set_due"):
        return action == "withdraw" or part.role != HandlingRole.INFORM
    if part.role == HandlingRole.OPINION:
        return action in ("complete", "return")
    return action != "clear" and part.role != HandlingRole.INFORM


@bp.route("/den/<int:document_id>/chuyen", methods=["GET", "POST"])
@requires(Permission.INCOMING_PRESENT)
def route(document_id: int) -> ResponseReturnValue:
    """Trình lãnh đạo, chuyển tham mưu hoặc chuyển xử lý."""
    document = queries.incoming(document_id, viewer=actor())
    form = RouteForm(obj=document) if request.method == "GET" else RouteForm()
    form.offer(actor())
    return act_page(
        document,
        form,
        title="Trình, chuyển văn bản",
        submit="Chuyển",
        act=service.route,
        arguments=lambda: (document_id, form.expected_version, form.target.data, form.assignment()),
        done=f"Đã chuyển {document.reference or 'văn bản'}.",
        undo=url_for(".pull_back", document_id=document_id),
        fields=("target", "text", "lead", "support", "inform", "due_at"),
        hint="Chọn lãnh đạo để trình kèm tham mưu; chọn đơn vị hoặc người khác để chuyển xử lý ngay.",
    )


@bp.route("/den/<int:document_id>/but-phe", methods=["GET", "POST"])
@requires(Permission.INCOMING_INSTRUCT)
def instruct(document_id: int) -> ResponseReturnValue:
    """Bút phê và phân công."""
    document = queries.incoming(document_id, viewer=actor())
    guard(INCOMING, document, "instruct")
    form = AssignForm()
    form.offer(actor())
    if request.method == "GET":
        form.version.data = str(document.version)
        _fill_from_proposal(form, document)
    return act_page(
        document,
        form,
        title="Bút phê, phân công",
        submit="Bút phê, phân công",
        act=service.instruct,
        arguments=lambda: (document_id, form.expected_version, form.assignment()),
        done=f"Đã phân công xử lý {document.reference or 'văn bản'}.",
        undo=url_for(".take_back", document_id=document_id),
        fields=("text", "lead", "support", "inform", "due_at"),
    )


def _fill_from_proposal(form: AssignForm, document: Document) -> None:
    proposal = proposal_of(document)
    if proposal is None or not proposal.assignment:
        return
    suggested = service.Assignment.from_json(proposal.assignment)
    form.text.data, form.lead.data = suggested.text, suggested.lead
    form.support.data, form.inform.data, form.due_at.data = (
        list(suggested.support),
        list(suggested.inform),
        suggested.due_at,
    )


@bp.route("/den/<int:document_id>/dong-y", methods=["POST"])
@requires(Permission.INCOMING_INSTRUCT)
def agree(document_id: int) -> ResponseReturnValue:
    """Đồng ý với tham mưu, một lần bấm."""
    document = queries.incoming(document_id, viewer=actor())
    to = url_for("shell.home") if request.form.get("next") == "home" else url_of(document)
    return press(
        service.agree_with_proposal,
        document_id,
        done=f"Đã đồng ý tham mưu, phân công xử lý {document.reference or 'văn bản'}.",
        to=to,
        undo=url_for(".take_back", document_id=document_id),
    )


@bp.route("/den/<int:document_id>/them", methods=["GET", "POST"])
@requires(Permission.INCOMING_HANDLE)
def add_handlers(document_id: int) -> ResponseReturnValue:
    """Thêm người, đơn vị xử lý."""
    document = queries.incoming(document_id, viewer=actor())
    guard(INCOMING, document, "add_handlers")
    form = AssignForm()
    form.offer(actor())
    if request.method == "GET":
        form.version.data = str(document.version)
    return act_page(
        document,
        form,
        title="Thêm người, đơn vị xử lý",
        submit="Thêm",
        act=service.add_handlers,
        arguments=lambda: (document_id, form.expected_version, form.assignment()),
        done="Đã thêm người, đơn vị xử lý.",
        fields=("text", "lead", "support", "inform", "due_at"),
    )


@bp.route("/den/<int:document_id>/y-kien", methods=["GET", "POST"])
@requires(Permission.INCOMING_READ)
def give_opinion(document_id: int) -> ResponseReturnValue:
    """Cho ý kiến."""
    document = queries.incoming(document_id, viewer=actor())
    guard(INCOMING, document, "give_opinion")
    form = OpinionForm()
    return act_page(
        document,
        form,
        title="Cho ý kiến",
        submit="Gửi ý kiến",
        act=service.give_opinion,
        arguments=lambda: (document_id, None, form.text.data),
        done="Đã gửi ý kiến.",
        fields=("text",),
    )


@bp.route("/den/<int:document_id>/ket-thuc", methods=["GET", "POST"])
@requires(Permission.INCOMING_READ)
def close(document_id: int) -> ResponseReturnValue:
    """Kết thúc xử lý."""
    document = queries.incoming(document_id, viewer=actor())
    guard(INCOMING, document, "close")
    form = ResultForm(obj=document)
    return act_page(
        document,
        form,
        title="Kết thúc xử lý",
        submit="Kết thúc xử lý",
        act=service.close,
        arguments=lambda: (document_id, form.expected_version, form.result.data),
        done=f"Đã kết thúc xử lý {document.reference or 'văn bản'}.",
        fields=("result",),
    )


@bp.route("/den/<int:document_id>/tra-lai", methods=["GET", "POST"])
@requires(Permission.INCOMING_REGISTER)
def return_to_sender(document_id: int) -> ResponseReturnValue:
    """Trả lại nơi gửi."""
    document = queries.incoming(document_id, viewer=actor())
    guard(INCOMING, document, "return_to_sender")
    form = ReasonForm(obj=document)
    return act_page(
        document,
        form,
        title="Trả lại nơi gửi",
        submit="Trả lại",
        act=service.return_to_sender,
        arguments=lambda: (document_id, form.expected_version, form.reason.data),
        done=f"Đã trả lại {document.reference} cho {document.issuer_name}.",
        fields=("reason",),
        danger=True,
        back=url_for(".inbox"),
        hint="Dùng khi văn bản không đúng thẩm quyền, sai nơi nhận hoặc không bảo đảm tính xác thực; nơi gửi nhận được lý do.",
    )


@bp.route("/den/<int:document_id>/ban-giay", methods=["GET", "POST"])
@requires(Permission.INCOMING_REGISTER)
def keep_paper(document_id: int) -> ResponseReturnValue:
    """Nơi giữ bản giấy."""
    document = queries.incoming(document_id, viewer=actor())
    guard(INCOMING, document, "keep_paper")
    form = PaperPlaceForm(obj=document)
    return act_page(
        document,
        form,
        title="Nơi giữ bản giấy",
        submit="Ghi nơi giữ",
        act=service.keep_paper,
        arguments=lambda: (document_id, form.expected_version, form.paper_place.data),
        done="Đã ghi nơi giữ bản giấy.",
        fields=("paper_place",),
        hint="Ghi nơi để hoặc người đang giữ bản giấy; mỗi lần đổi được lưu trong quá trình xử lý.",
    )
