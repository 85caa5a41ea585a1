"""Thông tin của cơ quan mình."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.org import queries, service
from app.org.forms import AgencyForm
from app.org.labels import IDENTIFIER_SCHEMES, KINDS
from app.org.policy import Permission
from app.org.views import bp
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/quan-tri/co-quan", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def agency_settings() -> ResponseReturnValue:
    """Thông tin, thiết lập của cơ quan."""
    card = queries.agency_card(actor().agency_id or 0)
    form = AgencyForm(obj=card.agency)
    if request.method == "GET":
        form.absence_needs_deputy.data = bool(card.agency.settings.get("absence_needs_deputy"))
    if form.validate_on_submit() and form.attempt(
        service.save_agency,
        place=form.place.data,
        address=form.address.data or "",
        phone=form.phone.data or "",
        email=form.email.data or "",
        absence_needs_deputy=bool(form.absence_needs_deputy.data),
        version=form.expected_version,
    ):
        flash("Đã lưu thông tin cơ quan.", "success")
        return redirect(url_for(".agency_settings"))
    return form_page("org/agency_settings.html", form, card=card, kinds=KINDS, schemes=IDENTIFIER_SCHEMES)
