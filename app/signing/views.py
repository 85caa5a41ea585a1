"""Trang ký số: progress of a batch, keys of the agency, and the public desk where anyone checks a copy."""

from __future__ import annotations

from typing import Any

import segno
from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core import limits
from app.core.errors import DomainError
from app.signing import labels, queries, service
from app.signing.forms import LookUpForm
from app.signing.models import RequestState, SignedFile
from app.signing.policy import Permission
from app.web.actor import actor
from app.web.forms import OfficeForm
from app.web.guards import accepts_files, public, requires, signed_in
from app.web.pages import form_page
from app.web.records import url_for_record

bp = Blueprint("signing", __name__, template_folder="templates")
_PUBLIC_BYTES = 30 * limits.MB


@bp.get("/ky-so/luot/<int:batch_id>")
@signed_in
def batch(batch_id: int) -> ResponseReturnValue:
    """Tiến độ một lượt ký; reloads itself while the worker signs, then leads to the next document."""
    found = queries.batch(batch_id, viewer=actor())
    waiting = sum(r.state == RequestState.RESERVED for r in found.requests)
    failed = [r for r in found.requests if r.state == RequestState.FAILED]
    following = _following()
    if not waiting and not failed and len(found.requests) == 1 and following:
        flash(f"Đã ký: {found.requests[0].title}.", "success")
        return redirect(following)
    return render_template(
        "signing/batch.html",
        batch=found,
        waiting=waiting,
        failed=failed,
        labels=labels,
        following=following,
        url_for_record=url_for_record,
    )


def _following() -> str | None:
    """Where to go on: an address of our own, given by the page that asked for the signature."""
    wanted = request.args.get("tiep", "")
    return wanted if wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted else None


# ── keys of the agency ───────────────────────────────────────────────────────


@bp.get("/quan-tri/khoa-ky")
@requires(Permission.KEY_MANAGE)
def keys() -> ResponseReturnValue:
    """Khóa ký số của cơ quan."""
    return render_template("signing/keys.html", keys=queries.keys_of_agency(actor()), labels=labels)


@bp.post("/quan-tri/khoa-ky/<int:key_id>/mo-lai")
@requires(Permission.KEY_MANAGE)
def release(key_id: int) -> ResponseReturnValue:
    """Mở lại khóa ký bị khóa."""
    form = OfficeForm()
    if form.validate_on_submit() and form.attempt(service.release_key, key_id, form.expected_version):
        flash("Đã mở lại khóa ký. Người giữ khóa thử lại được ngay.", "success")
    for _field, sentence in form.problems:
        flash(sentence, "error")
    return redirect(url_for(".keys"))


# ── anyone ───────────────────────────────────────────────────────────────────


@bp.route("/xac-minh", methods=["GET", "POST"])
@public
@accepts_files
def check() -> ResponseReturnValue:
    """Kiểm tra một bản sao bằng mã hoặc bằng tệp; without signing in, and nothing of the file is kept."""
    form = LookUpForm()
    if form.validate_on_submit():
        if form.copy.uploads:
            return _check_copy(form)
        if form.code.data:
            return redirect(
                url_for(".checked", code=form.code.data.upper().replace("-", "").replace(" ", ""))
            )
        form.refuse("code", "Hãy nhập mã tra cứu hoặc chọn tệp PDF.")
    return form_page("signing/check.html", form, report=None, known=None, labels=labels)


def _check_copy(form: LookUpForm) -> ResponseReturnValue:
    data = form.copy.uploads[0].stream.read(_PUBLIC_BYTES + 1)
    if len(data) > _PUBLIC_BYTES:
        form.refuse("copy", f"Tệp lớn hơn {_PUBLIC_BYTES // limits.MB} MB, không kiểm tra được ở đây.")
        return form_page("signing/check.html", form, report=None, known=None, labels=labels)
    try:
        report, known = service.verify_copy(data)
    except DomainError as refusal:
        form.refuse("copy", refusal.sentence)
        return form_page("signing/check.html", form, report=None, known=None, labels=labels)
    return render_template("signing/check.html", form=form, report=report, known=known, labels=labels)


@bp.get("/xac-minh/<code>")
@public
def checked(code: str) -> ResponseReturnValue:
    """Kết quả tra cứu theo mã: number, date and issuer, nothing else."""
    found = queries.signed_by_code(code[:40])
    answer = render_template("signing/checked.html", found=found, code=code[:40])
    return answer, 200 if found else 404


# ── pieces of other pages ────────────────────────────────────────────────────


def qr_of(signed: SignedFile) -> Markup:
    """Mã QR dẫn tới trang tra cứu, for the document's page and printed copies; never added to the signed file."""
    address = url_for("signing.checked", code=signed.code, _external=True)
    drawn = segno.make(address, error="m").svg_inline(scale=3, border=2, svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704 - drawn by the library from our own address


def signatures_panel(files: list[Any], kind: int, record_id: int) -> str | None:
    """Khối “Chữ ký số” của một hồ sơ: the verdict on each PDF in words, and the code for checking copies.

    :param files: rows with ``name`` and ``stored_file_id``.
    """
    found, signed = queries.verifications([f.stored_file_id for f in files], kind, record_id)
    rows = [(f.name, found[f.stored_file_id]) for f in files if f.stored_file_id in found]
    if not rows:
        return None
    return current_app.jinja_env.get_template("signing/panel.html").render(
        rows=rows,
        signed=signed,
        qr=qr_of(signed) if signed else None,
        address=url_for("signing.checked", code=signed.code) if signed else None,
        labels=labels,
    )
