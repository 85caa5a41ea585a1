"""Quản trị vị trí việc làm."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import ROLE_LABELS
from app.org import open_work, queries, service
from app.org.forms import HolderForm, PostForm
from app.org.policy import Permission
from app.org.views import bp
from app.org.views.common import (
    one_of,
    page_links,
    picked,
    posted_version,
    requested_key,
    words_asked,
)
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/quan-tri/vi-tri")
@requires(Permission.PEOPLE_MANAGE)
def posts() -> ResponseReturnValue:
    """Vị trí việc làm của cơ quan."""
    me, words = actor(), words_asked()
    state, unit_id = one_of("tinh-trang", queries.POST_STATES, "open"), picked("don-vi")
    page = queries.posts_page(me, words=words, unit_id=unit_id, state=state, after=requested_key())
    return render_template(
        "org/posts.html",
        q=words,
        state=state,
        states=queries.POST_STATES,
        unit_id=unit_id,
        units=queries.unit_choices(me.agency_id or 0),
        page=page,
        links=page_links(page),
        role_labels=ROLE_LABELS,
    )


@bp.route("/quan-tri/vi-tri/them", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def add_post() -> ResponseReturnValue:
    """Thêm vị trí việc làm."""
    me = actor()
    form = PostForm()
    form.unit.offer(queries.unit_choices(me.agency_id or 0))
    form.person.offer(queries.people_choices(me.agency_id or 0, but=me.person_id))
    if request.method == "GET":
        form.unit.data, form.person.data = picked("don-vi"), picked("nguoi")
        form.roles.data = ["specialist"]
    if form.validate_on_submit() and form.attempt(
        service.add_post, **_fields(form), person_id=form.person.data
    ):
        flash(f"Đã thêm vị trí “{form.title.data}”.", "success")
        return redirect(url_for(".posts"))
    return form_page("org/post_form.html", form, post=None)


@bp.route("/quan-tri/vi-tri/<int:post_id>/sua", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def edit_post(post_id: int) -> ResponseReturnValue:
    """Sửa vị trí việc làm."""
    found = queries.any_post(post_id, viewer=actor())
    form = PostForm(obj=found)
    del form.person
    form.unit.offer(queries.unit_choices(found.agency_id))
    if request.method == "GET":
        form.unit.data = found.unit_id
    if form.validate_on_submit() and form.attempt(
        service.edit_post, post_id, **_fields(form), version=form.expected_version
    ):
        flash(f"Đã lưu vị trí “{form.title.data}”.", "success")
        return redirect(url_for(".posts"))
    return form_page(
        "org/post_form.html",
        form,
        post=found,
        history=queries.holdings_of_post(post_id),
        work=open_work.in_words(open_work.open_work([post_id])),
    )


def _fields(form: PostForm) -> dict[str, object]:
    return {
        "title": form.title.data,
        "unit_id": form.unit.data,
        "roles": form.roles.data or [],
        "is_head": bool(form.is_head.data),
        "sort": form.sort.data if form.sort.data is not None else 50,
    }


@bp.route("/quan-tri/vi-tri/<int:post_id>/nguoi-giu", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def change_holder(post_id: int) -> ResponseReturnValue:
    """Thay người giữ vị trí: the work stays with the post."""
    me = actor()
    found = queries.any_post(post_id, viewer=me)
    form = HolderForm(obj=None, data={"version": found.version})
    form.person.offer(queries.people_choices(me.agency_id or 0, but=me.person_id))
    if form.validate_on_submit() and form.attempt(
        service.change_holder, post_id, person_id=form.person.data, version=form.expected_version
    ):
        flash(f"Đã thay người giữ vị trí “{found.title}”.", "success")
        return redirect(url_for(".posts"))
    return form_page(
        "org/change_holder.html",
        form,
        post=found,
        work=open_work.in_words(open_work.open_work([post_id])),
    )


@bp.route("/quan-tri/vi-tri/<int:post_id>/dong", methods=["POST"])
@requires(Permission.PEOPLE_MANAGE)
def close_post(post_id: int) -> ResponseReturnValue:
    """Đóng vị trí việc làm."""
    found = service.close_post(actor(), post_id, version=posted_version())
    flash(f"Đã đóng vị trí “{found.title}”.", "success")
    return redirect(url_for(".posts"))


@bp.route("/quan-tri/vi-tri/<int:post_id>/mo-lai", methods=["POST"])
@requires(Permission.PEOPLE_MANAGE)
def reopen_post(post_id: int) -> ResponseReturnValue:
    """Mở lại vị trí việc làm."""
    found = service.reopen_post(actor(), post_id, version=posted_version())
    flash(f"Đã mở lại vị trí “{found.title}”.", "success")
    return redirect(url_for(".posts"))
