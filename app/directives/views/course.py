"""Cơ quan chủ trì: tiếp nhận, phân công, báo cáo, đề nghị gia hạn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app.core.actor import Actor
from app.core.working_days import due_day
from app.directives import policy, queries, service
from app.directives.forms import DoneForm, ExtensionForm, PassOnForm, ReportForm
from app.directives.models import DirectivePart
from app.directives.policy import Permission
from app.directives.views import bp
from app.directives.views.shared import act_page, press, url_of
from app.web.actor import actor
from app.web.formatting import date as dmy
from app.web.guards import accepts_files, requires
from app.web.uploads import receive as receive_files


@bp.route("/<int:part_id>/tiep-nhan", methods=["POST"])
@requires(Permission.RECEIVE)
def receive(part_id: int) -> ResponseReturnValue:
    """Tiếp nhận nhiệm vụ, một lần bấm."""
    part = queries.part(part_id, viewer=actor())
    return press(service.receive, part_id, done=f"Đã tiếp nhận {part.code}.", to=url_of(part))


@bp.route("/<int:part_id>/phan-cong", methods=["GET", "POST"])
@requires(Permission.ASSIGN_INSIDE)
def pass_on(part_id: int) -> ResponseReturnValue:
    """Phân công đơn vị, người thực hiện."""
    part = queries.part(part_id, viewer=actor())
    form = PassOnForm()
    form.offer(part, unit_id=None if policy.is_lead_desk(actor(), part) else part.unit_id)
    return act_page(
        part,
        form,
        "pass_on",
        submit="Phân công",
        act=service.pass_on,
        arguments=lambda: {
            "unit_id": form.unit.data,
            "post_id": form.post.data,
            "note": form.note.data or "",
        },
        done=f"Đã phân công thực hiện {part.code}.",
        fields=("unit", "post", "note"),
        hint="Nhiệm vụ chưa tiếp nhận được tính là tiếp nhận khi phân công."
        if part.state == "assigned"
        else "",
    )


@bp.route("/<int:part_id>/bao-cao", methods=["GET", "POST"])
@requires(Permission.REPORT)
@accepts_files
def report(part_id: int) -> ResponseReturnValue:
    """Báo cáo tiến độ."""
    part = queries.part(part_id, viewer=actor())
    form = ReportForm()
    if not form.is_submitted():
        form.percent.data = part.percent
    return act_page(
        part,
        form,
        "report",
        submit="Gửi báo cáo",
        act=_with_files(form, service.report),
        arguments=lambda: {
            "situation": form.situation.data,
            "percent": form.percent.data,
            "difficulty": form.difficulty.data or "",
            "expected_on": form.expected_on.data,
        },
        done=f"Đã báo cáo tiến độ {part.code}.",
        fields=("situation", "percent", "difficulty", "expected_on", "files"),
        upload=True,
    )


@bp.route("/<int:part_id>/bao-cao-hoan-thanh", methods=["GET", "POST"])
@requires(Permission.REPORT)
@accepts_files
def report_done(part_id: int) -> ResponseReturnValue:
    """Báo cáo hoàn thành."""
    part = queries.part(part_id, viewer=actor())
    form = DoneForm()
    form.answer.offer(queries.answer_choices(part, actor()))
    if not form.is_submitted():
        form.answer_with(request.args.get("van-ban", ""))
    return act_page(
        part,
        form,
        "report_done",
        submit="Báo cáo hoàn thành",
        act=_with_files(form, service.report_done),
        arguments=lambda: {"result": form.situation.data, "answer_document_id": form.answer.data},
        done=f"Đã báo cáo hoàn thành {part.code}, chờ người chỉ đạo xác nhận.",
        fields=("situation", "answer", "files"),
        hint="Đúng hạn hay trễ hạn tính theo ngày của báo cáo này khi được xác nhận.",
        upload=True,
    )


def _with_files(form: ReportForm | DoneForm, act: Callable[..., DirectivePart]) -> Callable[..., Any]:
    """The act, with the chosen files stored first; a refused file is told at its field and nothing is done."""

    def run(person: Actor, part_id: int, **values: Any) -> DirectivePart | bool:
        uploads = receive_files(form, form.files)
        return False if uploads is None else act(person, part_id, files=uploads, **values)

    return run


@bp.route("/<int:part_id>/gia-han", methods=["GET", "POST"])
@requires(Permission.REPORT)
def request_extension(part_id: int) -> ResponseReturnValue:
    """Đề nghị gia hạn."""
    part = queries.part(part_id, viewer=actor())
    form = ExtensionForm()
    above = part.directive.external_due_at
    return act_page(
        part,
        form,
        "request_extension",
        submit="Gửi đề nghị",
        act=service.request_extension,
        arguments=lambda: {"due_at": form.due.data, "reason": form.reason.data},
        done=f"Đã gửi đề nghị gia hạn {part.code}.",
        fields=("due", "reason"),
        hint=f"Cấp trên giao hạn {dmy(due_day(above))}; cơ quan không tự gia hạn quá ngày đó."
        if above
        else "",
    )
