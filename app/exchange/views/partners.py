"""Trang đối tác liên thông."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import DomainError
from app.exchange import labels, queries, service
from app.exchange.forms import AxisForm, KeysForm, PartnerCardForm, PartnerForm
from app.exchange.policy import Permission
from app.exchange.service.client import AddressRefused, Unreachable
from app.exchange.views.common import bp
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page

_MB = 1024 * 1024


@bp.get("/quan-tri/doi-tac")
@requires(Permission.PARTNER_MANAGE)
def partners() -> ResponseReturnValue:
    """Đối tác liên thông và thẻ của hệ thống này."""
    return render_template("exchange/partners.html", rows=queries.partners(actor()), card=service.own_card())


@bp.route("/quan-tri/doi-tac/them", methods=["GET", "POST"])
@requires(Permission.PARTNER_MANAGE)
def add_partner() -> ResponseReturnValue:
    """Thêm đối tác."""
    service.check_keeper(actor())
    form = PartnerCardForm()
    if form.validate_on_submit():
        made = form.attempt(
            service.add_partner,
            card=form.card.data,
            url=form.url.data or "",
            networks=form.networks.data or "",
            name=form.name.data or "",
        )
        if made:
            flash(
                f"Đã ghim khóa của {made.name}. Hãy gửi lại thẻ của hệ thống này cho họ nếu chưa gửi.",
                "success",
            )
            return redirect(url_for(".partner", partner_id=made.id))
    return form_page("exchange/partner_add.html", form)


@bp.route("/quan-tri/doi-tac/them-truc", methods=["GET", "POST"])
@requires(Permission.PARTNER_MANAGE)
def add_axis() -> ResponseReturnValue:
    """Thêm trục liên thông."""
    service.check_keeper(actor())
    form = AxisForm()
    if form.validate_on_submit():
        made = form.attempt(
            service.add_axis,
            name=form.name.data,
            url=form.url.data,
            networks=form.networks.data or "",
            system_id=form.system_id.data,
        )
        if made:
            flash("Đã thêm trục. Hãy cập nhật danh sách cơ quan để chọn được nơi nhận.", "success")
            return redirect(url_for(".partner", partner_id=made.id))
    return form_page("exchange/axis_add.html", form)


@bp.post("/quan-tri/doi-tac/<int:partner_id>/co-quan")
@requires(Permission.PARTNER_MANAGE)
def sync_agencies(partner_id: int) -> ResponseReturnValue:
    """Cập nhật danh sách cơ quan của trục."""
    queries.partner(partner_id, viewer=actor())
    try:
        count = service.sync_agencies(actor(), partner_id)
    except (Unreachable, AddressRefused):
        flash("Trục không trả lời. Danh sách cơ quan vẫn như cũ; hãy thử lại sau.", "error")
    else:
        flash(f"Trục cho biết {count} cơ quan.", "success")
    return redirect(url_for(".partner", partner_id=partner_id))


@bp.route("/quan-tri/doi-tac/<int:partner_id>", methods=["GET", "POST"])
@requires(Permission.PARTNER_MANAGE)
def partner(partner_id: int) -> ResponseReturnValue:
    """Một đối tác: địa chỉ, hạn mức, khóa, cơ quan."""
    found = queries.partner(partner_id, viewer=actor())
    form = PartnerForm(obj=found)
    if request.method == "GET":
        form.megabytes.data, form.per_hour.data = found.most_package_bytes // _MB, found.packages_per_hour
    if form.validate_on_submit() and form.attempt(
        service.save_partner,
        partner_id,
        form.expected_version,
        name=form.name.data,
        url=form.url.data,
        networks=form.networks.data or "",
        megabytes=form.megabytes.data,
        per_hour=form.per_hour.data,
    ):
        flash("Đã lưu đối tác.", "success")
        return redirect(url_for(".partner", partner_id=partner_id))
    return form_page(
        "exchange/partner.html",
        form,
        partner=found,
        keys=queries.partner_keys(partner_id),
        agencies=queries.partner_agencies(partner_id),
        purposes=labels.PURPOSES,
    )


@bp.route("/quan-tri/doi-tac/<int:partner_id>/khoa", methods=["GET", "POST"])
@requires(Permission.PARTNER_MANAGE)
def renew_keys(partner_id: int) -> ResponseReturnValue:
    """Ghim khóa mới của đối tác."""
    found = queries.partner(partner_id, viewer=actor())
    form = KeysForm(obj=found)
    if form.validate_on_submit() and form.attempt(
        service.renew_keys, partner_id, form.expected_version, card=form.card.data
    ):
        flash("Đã ghim khóa mới; khóa cũ không còn hiệu lực.", "success")
        return redirect(url_for(".partner", partner_id=partner_id))
    return form_page("exchange/partner_keys.html", form, partner=found)


@bp.post("/quan-tri/doi-tac/<int:partner_id>/tam-dung")
@requires(Permission.PARTNER_MANAGE)
def suspend(partner_id: int) -> ResponseReturnValue:
    """Tạm dừng liên thông với một đối tác, ngay."""
    found = service.suspend(actor(), partner_id, None, "")
    flash(f"Đã tạm dừng liên thông với {found.name}: không gửi, không nhận cho đến khi mở lại.", "success")
    return redirect(url_for(".partner", partner_id=partner_id))


@bp.post("/quan-tri/doi-tac/<int:partner_id>/mo-lai")
@requires(Permission.PARTNER_MANAGE)
def resume(partner_id: int) -> ResponseReturnValue:
    """Liên thông trở lại với một đối tác."""
    found = service.resume(actor(), partner_id, None)
    flash(f"Đã liên thông trở lại với {found.name}; thư đang chờ được gửi ngay.", "success")
    return redirect(url_for(".partner", partner_id=partner_id))


@bp.get("/quan-tri/doi-tac/<int:partner_id>/doi-chieu")
@requires(Permission.PARTNER_MANAGE)
def reconcile(partner_id: int) -> ResponseReturnValue:
    """Đối chiếu sổ gửi nhận với một đối tác."""
    found, problem = None, ""
    about = queries.partner(partner_id, viewer=actor())
    try:
        found = service.compare(actor(), partner_id)
    except Unreachable as refusal:
        problem = refusal.sentence
    except AddressRefused:
        problem = "Địa chỉ đã ghi của đối tác không được phép gọi. Hãy sửa địa chỉ hoặc dải mạng."
    except DomainError as refusal:
        problem = refusal.sentence
    return render_template("exchange/reconcile.html", found=found, problem=problem, partner=about)
