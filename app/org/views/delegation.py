"""Ủy quyền xử lý."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.org import queries, service
from app.org.forms import DelegationForm
from app.org.labels import SCOPES
from app.org.policy import Permission
from app.org.views import bp
from app.org.views.common import posted_version
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/uy-quyen")
@requires(Permission.DELEGATION_GIVE)
def delegations() -> ResponseReturnValue:
    """Ủy quyền đã giao, được nhận; the agency's administrator sees those of the agency."""
    me = actor()
    manages = Permission.PEOPLE_MANAGE in me.permissions
    return render_template(
        "org/delegations.html",
        given=queries.delegations_given(me.post_id or 0),
        received=queries.delegations_received(me.post_id or 0),
        of_agency=queries.delegations_of_agency(me.agency_id or 0, clock.today()) if manages else None,
        scopes=SCOPES,
    )


@bp.route("/uy-quyen/moi", methods=["GET", "POST"])
@requires(Permission.DELEGATION_GIVE)
def give_delegation() -> ResponseReturnValue:
    """Ủy quyền xử lý."""
    me = actor()
    form = DelegationForm()
    form.to_post.offer(queries.post_choices(me.agency_id or 0, exclude=me.post_id))
    if request.method == "GET":
        form.starts_on.data = clock.today()
    if form.validate_on_submit() and form.attempt(
        service.give_delegation,
        to_post_id=form.to_post.data,
        scope=form.scope.data,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        reason=form.reason.data,
    ):
        flash("Đã ủy quyền xử lý.", "success")
        return redirect(url_for(".delegations"))
    return form_page("org/give_delegation.html", form)


@bp.route("/uy-quyen/<int:delegation_id>/cham-dut", methods=["POST"])
@requires(Permission.DELEGATION_GIVE)
def revoke_delegation(delegation_id: int) -> ResponseReturnValue:
    """Chấm dứt ủy quyền."""
    service.revoke_delegation(actor(), delegation_id, version=posted_version())
    flash("Đã chấm dứt ủy quyền.", "success")
    return redirect(url_for(".delegations"))
