"""Nhập danh sách người và đơn vị từ bảng tính."""

from __future__ import annotations

import io
from typing import Any

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import ROLE_LABELS
from app.org import queries, service
from app.org.forms import ConfirmImportForm, ImportForm
from app.org.policy import Permission
from app.org.service.import_file import PERSON_COLUMNS, UNIT_COLUMNS
from app.org.views import bp
from app.web.actor import actor
from app.web.guards import accepts_files, requires
from app.web.pages import form_page

_PROBLEMS_SHOWN, _ROWS_SHOWN = 200, 20


@bp.route("/quan-tri/nhap-danh-sach", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
@accepts_files
def import_list() -> ResponseReturnValue:
    """Nhập danh sách: choose the file; nothing is saved yet."""
    form = ImportForm()
    if form.validate_on_submit():
        raw = form.attempt(lambda _actor, f: service.read_list(f.stream, f.filename), form.file.uploads[0])
        draft = form.attempt(service.keep_import, raw) if raw else None
        if draft:
            return redirect(url_for(".preview_import", draft_id=draft.id))
    return form_page("org/import.html", form)


@bp.route("/quan-tri/nhap-danh-sach/<int:draft_id>", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def preview_import(draft_id: int) -> ResponseReturnValue:
    """Xem trước danh sách, rồi xác nhận nhập."""
    draft = queries.import_draft(draft_id, viewer=actor())
    form = ConfirmImportForm()
    if form.validate_on_submit():
        done = form.attempt(service.import_people, draft_id, reviewed=bool(form.reviewed.data))
        if done:
            return render_template("org/imported.html", done=done)
    plan = service.plan_import(draft)
    return form_page(
        "org/import_preview.html",
        form,
        draft=draft,
        plan=plan,
        problems=plan.problems[:_PROBLEMS_SHOWN],
        people=plan.people[:_ROWS_SHOWN],
        role_labels={str(r): words for r, words in ROLE_LABELS.items()},
    )


@bp.route("/quan-tri/nhap-danh-sach/mau")
@requires(Permission.PEOPLE_MANAGE)
def import_template() -> ResponseReturnValue:
    """Tệp mẫu: the two sheets with their headings, choices for roles, and the rules in words."""
    answer = Response(
        _template([u.label for u in queries.unit_choices(actor().agency_id or 0)]),
        mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="mau-danh-sach.xlsx"'
    return answer


def _template(units: list[str]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#EDF3FB", "border": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        people = book.add_worksheet("Người dùng")
        for column, (field, words) in enumerate(PERSON_COLUMNS.items()):
            people.write_string(0, column, words[0], head)
            people.set_column(
                column, column, 26 if field in ("full_name", "title", "unit", "email") else 18, text
            )
        _choices(people, list(PERSON_COLUMNS).index("roles"), list(ROLE_LABELS.values()))
        sheet = book.add_worksheet("Đơn vị")
        for column, words in enumerate(UNIT_COLUMNS.values()):
            sheet.write_string(0, column, words[0], head)
            sheet.set_column(column, column, 30, text)
        _explain(book.add_worksheet("Hướng dẫn"), units)
    return out.getvalue()


def _choices(sheet: Any, column: int, words: list[str]) -> None:
    # A warning only: several roles may stand in one cell, separated by commas.
    sheet.data_validation(
        1, column, 5_000, column, {"validate": "list", "source": words, "error_type": "information"}
    )


def _explain(sheet: Any, units: list[str]) -> None:
    sheet.set_column(0, 0, 110)
    lines = [
        "Mỗi dòng một người hoặc một đơn vị; nhiều nhất 5.000 dòng một lần.",
        "Bắt buộc: Họ và tên (trang Người dùng), Tên đơn vị (trang Đơn vị).",
        "Tên đăng nhập để trống thì hệ thống tự đặt, ví dụ Trần Bích Ngọc thành ngoc.tran.",
        f"Vai trò (nhiều vai trò cách nhau bằng dấu phẩy): {', '.join(ROLE_LABELS.values())}. Để trống là Chuyên viên.",
        "Trưởng đơn vị: ghi x; để trống nếu không.",
        "Không dùng công thức. Định dạng cột Điện thoại là Văn bản để giữ số 0 ở đầu.",
        f"Đơn vị hiện có: {'; '.join(units) or 'chưa có'}.",
    ]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
