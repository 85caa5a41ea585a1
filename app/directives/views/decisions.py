"""Người chỉ đạo và người theo dõi: xác nhận, yêu cầu bổ sung, đề xuất, quyết định gia hạn."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.directives import queries, service
from app.directives.forms import GrantForm, ProposeForm
from app.directives.models import DirectivePart, Judgement
from app.directives.policy import Permission
from app.directives.views import bp
from app.directives.views.shared import act_form, act_page, admit, press, url_of
from app.directives.workflow import EXTENSION
from app.web.actor import actor
from app.web.forms import ReasonForm
from app.web.guards import requires


def after(part: DirectivePart) -> str:
    """Đi đâu sau khi bấm: back to the desk when the button stood there, else to the part."""
    return url_for("shell.home") if request.form.get("next") == "home" else url_of(part)


@bp.route("/<int:part_id>/xac-nhan", methods=["POST"])
@requires(Permission.DECIDE)
def confirm(part_id: int) -> ResponseReturnValue:
    """Xác nhận hoàn thành, một lần bấm."""
    part = queries.part(part_id, viewer=actor())
    return press(service.confirm, part_id, done=f"Đã xác nhận hoàn thành {part.code}.", to=after(part))


@bp.route("/<int:part_id>/tra-loi/<int:proposal_id>/nhan", methods=["POST"])
@requires(Permission.DECIDE)
def accept_answer(part_id: int, proposal_id: int) -> ResponseReturnValue:
    """Nhận văn bản trả lời, xác nhận hoàn thành, một lần bấm."""
    part = queries.part(part_id, viewer=actor())
    return press(
        service.accept_answer,
        part_id,
        proposal_id,
        done=f"Đã xác nhận hoàn thành {part.code}.",
        to=after(part),
    )


@bp.route("/<int:part_id>/tra-loi/<int:proposal_id>/bo", methods=["POST"])
@requires(Permission.URGE)
def dismiss_answer(part_id: int, proposal_id: int) -> ResponseReturnValue:
    """Văn bản chưa phải kết quả của nhiệm vụ, một lần bấm."""
    part = queries.part(part_id, viewer=actor())
    return press(
        service.dismiss_answer, part_id, proposal_id, done="Đã bỏ đề xuất kết thúc nhiệm vụ.", to=after(part)
    )


@bp.route("/<int:part_id>/thuc-hien-lai", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def send_back(part_id: int) -> ResponseReturnValue:
    """Yêu cầu bổ sung, thực hiện lại."""
    part = queries.part(part_id, viewer=actor())
    form = ReasonForm()
    return act_page(
        part,
        form,
        "send_back",
        submit="Yêu cầu thực hiện lại",
        act=service.send_back,
        arguments=lambda: {"reason": form.reason.data},
        done=f"Đã yêu cầu bổ sung, thực hiện lại {part.code}.",
        fields=("reason",),
        hint="Báo cáo vẫn được lưu; thời hạn của nhiệm vụ không đổi.",
    )


@bp.route("/<int:part_id>/de-xuat", methods=["GET", "POST"])
@requires(Permission.FOLLOW)
def propose(part_id: int) -> ResponseReturnValue:
    """Đề xuất xử lý báo cáo hoàn thành."""
    part = queries.part(part_id, viewer=actor())
    form = ProposeForm()
    return act_page(
        part,
        form,
        "propose",
        submit="Gửi đề xuất",
        act=service.propose,
        arguments=lambda: {
            "accept": form.verdict.data == Judgement.ACCEPTED.value,
            "note": form.note.data or "",
        },
        done=f"Đã gửi đề xuất xử lý {part.code}.",
        fields=("verdict", "note"),
    )


@bp.route("/<int:part_id>/gia-han/<int:request_id>/dong-y", methods=["POST"])
@requires(Permission.DECIDE)
def agree_extension(part_id: int, request_id: int) -> ResponseReturnValue:
    """Đồng ý gia hạn đến ngày đề nghị, một lần bấm."""
    part = queries.part(part_id, viewer=actor())
    queries.extension(part, request_id)
    return press(
        service.agree_extension, part_id, request_id, done=f"Đã đồng ý gia hạn {part.code}.", to=after(part)
    )


@bp.route("/<int:part_id>/gia-han/<int:request_id>/ngay-khac", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def grant_other_date(part_id: int, request_id: int) -> ResponseReturnValue:
    """Đồng ý gia hạn đến ngày khác."""
    part = queries.part(part_id, viewer=actor())
    asked = queries.extension(part, request_id)
    form = GrantForm()
    admit(EXTENSION, asked, "agree", form)
    if not form.is_submitted():
        form.version.data, form.due.data = str(asked.version), asked.wanted_due_at
    if form.validate_on_submit() and form.attempt(
        service.agree_extension,
        part_id,
        request_id,
        due_at=form.due.data,
        note=form.note.data or "",
        version=form.expected_version,
    ):
        flash(f"Đã đồng ý gia hạn {part.code}.", "success")
        return redirect(url_of(part))
    return act_form(
        part,
        form,
        drawn_from=asked,
        title="Đồng ý gia hạn đến ngày khác",
        submit="Đồng ý gia hạn",
        fields=("due", "note"),
    )


@bp.route("/<int:part_id>/gia-han/<int:request_id>/khong-dong-y", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def refuse_extension(part_id: int, request_id: int) -> ResponseReturnValue:
    """Không đồng ý gia hạn."""
    part = queries.part(part_id, viewer=actor())
    asked = queries.extension(part, request_id)
    form = ReasonForm()
    admit(EXTENSION, asked, "refuse", form)
    if not form.is_submitted():
        form.version.data = str(asked.version)
    if form.validate_on_submit() and form.attempt(
        service.refuse_extension, part_id, request_id, reason=form.reason.data, version=form.expected_version
    ):
        flash(f"Đã trả lời không đồng ý gia hạn {part.code}.", "success")
        return redirect(url_of(part))
    return act_form(
        part,
        form,
        drawn_from=asked,
        title="Không đồng ý gia hạn",
        submit="Không đồng ý",
        fields=("reason",),
        hint="Thời hạn của nhiệm vụ không đổi; cơ quan chủ trì nhận được lý do.",
    )


@bp.route("/<int:part_id>/gia-han/<int:request_id>/rut", methods=["POST"])
@requires(Permission.REPORT)
def take_back_extension(part_id: int, request_id: int) -> ResponseReturnValue:
    """Rút đề nghị gia hạn."""
    part = queries.part(part_id, viewer=actor())
    queries.extension(part, request_id)
    return press(
        service.take_back_extension, part_id, request_id, done="Đã rút đề nghị gia hạn.", to=url_of(part)
    )
