"""Sổ đăng ký văn bản và nhóm nơi nhận."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, limits
from app.documents import labels, queries, service
from app.documents.forms import GroupForm
from app.documents.models import Direction
from app.documents.policy import Permission
from app.documents.views import bp
from app.documents.views.shared import due_of, press, stamp_of
from app.org import queries as org
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page

_PRINT_ROWS = 2_000


def _whole(name: str, least: int, most: int) -> int | None:
    typed = request.args.get(name, "")
    value = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    return value if value is not None and least <= value <= most else None


@bp.route("/so")
@requires(Permission.BOOK_READ)
def books() -> ResponseReturnValue:
    """Các sổ văn bản của cơ quan."""
    agency_id = actor().agency_id or 0
    shelves = [
        (title, queries.books(agency_id, d))
        for d, title in ((Direction.INCOMING, "Sổ văn bản đến"), (Direction.OUTGOING, "Sổ văn bản đi"))
    ]
    return render_template("documents/books.html", shelves=shelves, year=clock.today().year)


@bp.route("/so/<int:register_id>")
@requires(Permission.BOOK_READ)
def book(register_id: int) -> ResponseReturnValue:
    """Một sổ trong một năm, số mới trước."""
    year = _whole("nam", 2000, 2200) or clock.today().year
    target = queries.book(register_id, year, viewer=actor())
    before = _whole("truoc-so", 1, 999_999_999)
    rows = queries.book_rows(target, before=before)
    shown = rows[: limits.PAGE_ROWS]
    older = (
        url_for(".book", register_id=register_id, nam=year, **{"truoc-so": shown[-1].number})
        if len(rows) > limits.PAGE_ROWS
        else None
    )
    return render_template(
        "documents/book.html",
        book=target,
        rows=shown,
        older=older,
        before=before,
        labels=labels,
        due_of=due_of,
        stamp_of=stamp_of,
        this_year=clock.today().year,
    )


@bp.route("/so/<int:register_id>/in")
@requires(Permission.BOOK_READ)
def print_book(register_id: int) -> ResponseReturnValue:
    """In sổ văn bản, khổ A4 ngang, cột theo Nghị định 30/2020 phụ lục IV."""
    year = _whole("nam", 2000, 2200) or clock.today().year
    target = queries.book(register_id, year, viewer=actor())
    rows = queries.book_rows(target, before=_whole("truoc-so", 1, 999_999_999), limit=_PRINT_ROWS)[
        :_PRINT_ROWS
    ]
    agency = org.agency(actor().agency_id or 0)
    return render_template(
        "documents/book_print.html", book=target, rows=list(reversed(rows)), labels=labels, agency=agency
    )


@bp.route("/nhom")
@requires(Permission.GROUP_EDIT)
def groups() -> ResponseReturnValue:
    """Nhóm nơi nhận của cơ quan."""
    return render_template("documents/groups.html", groups=queries.groups(actor().agency_id or 0))


@bp.route("/nhom/moi", methods=["GET", "POST"])
@bp.route("/nhom/<int:group_id>", methods=["GET", "POST"])
@requires(Permission.GROUP_EDIT)
def group(group_id: int | None = None) -> ResponseReturnValue:
    """Thêm hoặc sửa một nhóm nơi nhận."""
    found = queries.group(group_id, viewer=actor()) if group_id else None
    form = GroupForm(obj=found)
    form.members.offer(org.agency_choices())
    if request.method == "GET" and found is not None:
        form.members.data = queries.group_members(found.agency_id, [found.id])
    if form.validate_on_submit() and form.attempt(
        service.save_group, group_id, form.name.data, form.members.data
    ):
        flash(f"Đã lưu nhóm {form.name.data}.", "success")
        return redirect(url_for(".groups"))
    return form_page("documents/group.html", form, group=found)


@bp.route("/nhom/<int:group_id>/xoa", methods=["POST"])
@requires(Permission.GROUP_EDIT)
def remove_group(group_id: int) -> ResponseReturnValue:
    """Bỏ một nhóm nơi nhận."""
    return press(
        lambda who, i, _version: service.remove_group(who, i),
        group_id,
        done="Đã bỏ nhóm nơi nhận.",
        to=url_for(".groups"),
    )
