"""Quản trị người dùng của cơ quan."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.org import open_work, queries, service
from app.org.forms import PersonForm
from app.org.policy import Permission, sees_titles
from app.org.views import bp
from app.org.views.common import one_of, page_links, posted_version, requested_key, words_asked
from app.web.actor import actor
from app.web.forms import ActionForm
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/quan-tri/nguoi-dung")
@requires(Permission.PEOPLE_MANAGE)
def people() -> ResponseReturnValue:
    """Người dùng của cơ quan."""
    state = one_of("tinh-trang", queries.PEOPLE_STATES, "active")
    words = words_asked()
    page = queries.people_page(actor(), words=words, state=state, after=requested_key())
    return render_template(
        "org/people.html",
        q=words,
        state=state,
        states=queries.PEOPLE_STATES,
        page=page,
        links=page_links(page),
    )


@bp.route("/quan-tri/nguoi-dung/them", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def add_person() -> ResponseReturnValue:
    """Thêm người dùng."""
    form = PersonForm()
    form.post.offer(queries.vacant_post_choices(actor().agency_id or 0))
    if form.validate_on_submit():
        account = form.attempt(
            service.add_person,
            full_name=form.full_name.data,
            username=form.username.data or "",
            email=form.email.data or "",
            phone=form.phone.data or "",
            post_id=form.post.data,
        )
        if account:
            return render_template("org/one_time_password.html", account=account, added=True)
    return form_page("org/person_form.html", form, person=None)


@bp.route("/quan-tri/nguoi-dung/<int:person_id>")
@requires(Permission.PEOPLE_MANAGE)
def person(person_id: int) -> ResponseReturnValue:
    """Một người dùng: data, posts, what is still in hand."""
    found = queries.person(person_id, viewer=actor())
    posts = queries.posts_by_person([found.id]).get(found.id, [])
    return render_template(
        "org/person.html",
        person=found,
        posts=posts,
        work={p.id: open_work.in_words(open_work.open_work([p.id])) for p in posts},
        holdings=queries.holdings_of_person(found.id),
        is_me=found.id == actor().person_id,
    )


@bp.route("/quan-tri/nguoi-dung/<int:person_id>/sua", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def edit_person(person_id: int) -> ResponseReturnValue:
    """Sửa người dùng."""
    found = queries.person(person_id, viewer=actor())
    form = PersonForm(obj=found)
    del form.post
    if form.validate_on_submit() and form.attempt(
        service.edit_person,
        person_id,
        full_name=form.full_name.data,
        username=form.username.data or found.username,
        email=form.email.data or "",
        phone=form.phone.data or "",
        version=form.expected_version,
    ):
        flash(f"Đã lưu thông tin của {found.full_name}.", "success")
        return redirect(url_for(".person", person_id=person_id))
    return form_page("org/person_form.html", form, person=found)


@bp.route("/quan-tri/nguoi-dung/<int:person_id>/khoa", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def deactivate_person(person_id: int) -> ResponseReturnValue:
    """Khóa người dùng: shows what is still in hand, and locks once it is handed over."""
    found = queries.person(person_id, viewer=actor())
    form = ActionForm(obj=found)
    if form.validate_on_submit() and form.attempt(
        service.deactivate_person, person_id, version=form.expected_version
    ):
        flash(f"Đã khóa tài khoản của {found.full_name}.", "success")
        return redirect(url_for(".person", person_id=person_id))
    posts = queries.posts_of_person(found.id)
    return form_page(
        "org/deactivate_person.html",
        form,
        person=found,
        posts=posts,
        work={p.id: open_work.preview(p.id, limit=5, titles=sees_titles(actor(), p.id)) for p in posts},
        problems=[] if request.method == "POST" else service.leaving_problems(found),
    )


@bp.route("/quan-tri/nguoi-dung/<int:person_id>/mo-khoa", methods=["POST"])
@requires(Permission.PEOPLE_MANAGE)
def activate_person(person_id: int) -> ResponseReturnValue:
    """Mở khóa người dùng."""
    found = service.activate_person(actor(), person_id, version=posted_version())
    flash(f"Đã mở khóa tài khoản của {found.full_name}. Hãy giao lại vị trí nếu cần.", "success")
    return redirect(url_for(".person", person_id=person_id))


@bp.route("/quan-tri/nguoi-dung/<int:person_id>/dat-lai-mat-khau", methods=["POST"])
@requires(Permission.PEOPLE_MANAGE)
def reset_password(person_id: int) -> ResponseReturnValue:
    """Đặt lại mật khẩu: the one-time password is on this answer and nowhere else."""
    account = service.reset_password(actor(), person_id, version=posted_version())
    return render_template("org/one_time_password.html", account=account, added=False)
