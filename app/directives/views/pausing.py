"""Người chỉ đạo tạm dừng, cho tiếp tục, thu hồi, hủy nhiệm vụ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.typing import ResponseReturnValue

from app.directives import queries, service
from app.directives.forms import ResumeForm
from app.directives.policy import Permission
from app.directives.views import bp
from app.directives.views.shared import act_page
from app.web.actor import actor
from app.web.forms import ReasonForm
from app.web.guards import requires


def _with_reason(
    part_id: int, action: str, act: Callable[..., Any], submit: str, done: str, hint: str
) -> ResponseReturnValue:
    part, form = queries.part(part_id, viewer=actor()), ReasonForm()
    return act_page(
        part,
        form,
        action,
        submit=submit,
        act=act,
        arguments=lambda: {"reason": form.reason.data},
        done=f"{done} {part.code}.",
        fields=("reason",),
        hint=hint,
        danger=True,
    )


@bp.route("/<int:part_id>/thu-hoi", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def withdraw(part_id: int) -> ResponseReturnValue:
    """Thu hồi nhiệm vụ."""
    return _with_reason(
        part_id, "withdraw", service.withdraw, "Thu hồi nhiệm vụ", "Đã thu hồi",
        "Cơ quan chủ trì thôi thực hiện đầu việc này; mọi báo cáo và lần đôn đốc vẫn được lưu.",
    )  # fmt: skip


@bp.route("/<int:part_id>/huy", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def cancel(part_id: int) -> ResponseReturnValue:
    """Hủy nhiệm vụ."""
    return _with_reason(
        part_id, "cancel", service.cancel, "Hủy nhiệm vụ", "Đã hủy",
        "Dùng khi không còn cần thực hiện; mọi báo cáo và lần đôn đốc vẫn được lưu.",
    )  # fmt: skip


@bp.route("/<int:part_id>/tam-dung", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def pause(part_id: int) -> ResponseReturnValue:
    """Tạm dừng nhiệm vụ."""
    return _with_reason(
        part_id, "pause", service.pause, "Tạm dừng", "Đã tạm dừng",
        "Trong khi tạm dừng, nhiệm vụ không bị nhắc và không tính quá hạn; khi cho tiếp tục có thể đặt hạn mới.",
    )  # fmt: skip


@bp.route("/<int:part_id>/tiep-tuc", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def resume(part_id: int) -> ResponseReturnValue:
    """Cho tiếp tục thực hiện."""
    part, form = queries.part(part_id, viewer=actor()), ResumeForm()
    if not form.is_submitted():
        form.due.data = part.due_at
    return act_page(
        part,
        form,
        "resume",
        submit="Cho tiếp tục",
        act=service.resume,
        arguments=lambda: {"due_at": form.due.data, "note": form.note.data or ""},
        done=f"Đã cho tiếp tục thực hiện {part.code}.",
        fields=("due", "note"),
        hint="Để nguyên hạn cũ hoặc nhập hạn mới; hạn ban đầu vẫn được lưu.",
    )
