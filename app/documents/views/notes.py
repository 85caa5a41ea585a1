"""Bút phê ghi trên giấy, và chuyển cơ quan khác theo bút phê."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.documents import queries, service
from app.documents.forms import PaperNoteForm, TransferForm
from app.documents.policy import Permission
from app.documents.views import bp
from app.documents.views.shared import act_page, guard, named_in, url_of
from app.documents.workflow import INCOMING
from app.storage.kinds import SCAN
from app.web.actor import actor
from app.web.forms import ReasonForm
from app.web.guards import accepts_files, requires
from app.web.pages import form_page
from app.web.uploads import first, receive


@bp.route("/den/<int:document_id>/but-phe-giay", methods=["GET", "POST"])
@requires(Permission.INCOMING_PRESENT)
@accepts_files
def enter_note(document_id: int) -> ResponseReturnValue:
    """Nhập bút phê giấy kèm ảnh."""
    document = queries.incoming(document_id, viewer=actor())
    guard(INCOMING, document, "enter_note")
    form = PaperNoteForm()
    form.offer(actor())
    if request.method == "GET":
        form.version.data = str(document.version)
        form.leader.data = document.presented_to_post_id or _only(form)
    if form.is_submitted():
        valid = form.validate_on_submit()
        photos = receive(form, form.photo, kinds=SCAN)
        if valid and photos is not None:
            done = form.attempt(
                service.enter_note,
                document_id,
                form.expected_version,
                form.leader.data,
                form.assignment(),
                first(photos),
            )
            if done:
                flash("Đã nhập bút phê giấy và phân công. Lãnh đạo được báo để xem lại.", "success")
                return redirect(url_of(document))
    return form_page("documents/paper_note.html", form, document=document, back=url_of(document))


def _only(form: PaperNoteForm) -> int | None:
    return int(form.leader.options[0].value) if form.leader.options else None


@bp.route("/den/<int:document_id>/but-phe-giay/khong-dung", methods=["GET", "POST"])
@requires(Permission.INCOMING_INSTRUCT)
def object_to_note(document_id: int) -> ResponseReturnValue:
    """Không đúng bút phê của tôi."""
    document = queries.incoming(document_id, viewer=actor())
    guard(INCOMING, document, "object_to_note")
    form = ReasonForm(obj=document)
    return act_page(
        document,
        form,
        title="Không đúng bút phê của tôi",
        submit="Báo văn thư sửa",
        act=service.object_to_note,
        arguments=lambda: (document_id, form.expected_version, form.reason.data),
        done="Đã báo văn thư và Văn phòng về bút phê nhập chưa đúng.",
        fields=("reason",),
        danger=True,
        hint="Nêu chỗ chưa đúng; văn thư và Văn phòng nhận được ngay để sửa phân công.",
    )


@bp.route("/den/<int:document_id>/chuyen-co-quan", methods=["GET", "POST"])
@requires(Permission.INCOMING_PRESENT)
def transfer(document_id: int) -> ResponseReturnValue:
    """Chuyển cơ quan khác: phiếu chuyển hoặc công văn thừa lệnh."""
    document = queries.incoming(document_id, viewer=actor())
    guard(INCOMING, document, "transfer")
    form = TransferForm()
    form.offer(actor())
    if request.method == "GET":
        form.version.data = str(document.version)
        form.agencies.data = [n.agency_id for n in named_in(document)]
    if form.validate_on_submit():
        made = form.attempt(
            service.transfer,
            document_id,
            form.expected_version,
            form.agencies.data,
            form.register.data,
            form.document_type.data,
        )
        if made:
            words = (
                f"Đã phát hành {made.reference}"
                if made.reference
                else f"Đã lập {made.document_type}, chờ phát hành"
            )
            flash(f"{words}: {made.recipients_text}.", "success")
            return redirect(url_for(".outgoing", document_id=made.id))
    return form_page(
        "documents/act.html",
        form,
        document=document,
        title="Chuyển cơ quan khác giải quyết",
        submit="Lập và chuyển",
        fields=("agencies", "document_type", "register"),
        danger=False,
        hint="Phiếu chuyển hoặc công văn được lập theo bút phê, lấy số, gửi ngay kèm văn bản gốc.",
        back=url_of(document),
    )
