"""Trang lỗi: each refusal becomes a Vietnamese page with what happened, what to do, and the request id."""

from __future__ import annotations

from flask import Flask, current_app, flash, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.core.db import session
from app.core.errors import Busy, DomainError, Replayed
from app.web.records import url_for_record

_TITLES = {
    400: "Yêu cầu không hợp lệ",
    403: "Không được phép",
    404: "Không tìm thấy",
    405: "Thao tác không phù hợp",
    409: "Tình trạng đã thay đổi",
    413: "Dữ liệu quá lớn",
    422: "Nội dung chưa hợp lệ",
    429: "Thử lại sau",
    500: "Hệ thống gặp lỗi",
    503: "Hệ thống đang bận",
}
_SENTENCES = {
    400: "Yêu cầu gửi lên không đúng. Hãy quay lại trang trước, tải lại rồi thử lần nữa.",
    403: "Anh/chị không có quyền thực hiện việc này. Nếu cần, hãy liên hệ quản trị cơ quan.",
    404: "Không tìm thấy nội dung này. Có thể đường dẫn sai hoặc nội dung không thuộc phạm vi của anh/chị.",
    405: "Trang này không nhận thao tác đó. Hãy quay lại và dùng các nút trên trang.",
    413: "Dữ liệu gửi lên vượt giới hạn cho phép. Hãy giảm dung lượng tệp hoặc rút ngắn nội dung rồi gửi lại.",
    429: "Có quá nhiều yêu cầu trong thời gian ngắn. Hãy thử lại sau ít phút.",
    500: "Hệ thống gặp lỗi ngoài dự kiến và đã ghi lại. Hãy thử lại; nếu vẫn lỗi, báo quản trị kèm mã yêu cầu bên dưới.",
    503: "Hệ thống đang bận hoặc đang bảo trì. Dữ liệu chưa bị thay đổi; hãy thử lại sau ít giây.",
}


def error_page(status: int, sentence: str | None = None) -> tuple[str, int]:
    """Dựng trang lỗi; falls back to bare words when even the template fails."""
    shown = status if status in _TITLES else (400 if status < 500 else 500)
    words = sentence or _SENTENCES.get(shown, _SENTENCES[500])
    try:
        return render_template(
            "errors/error.html", status=status, title=_TITLES[shown], sentence=words
        ), status
    except Exception:
        current_app.logger.exception("error page failed")
        return f"{_TITLES[shown]}. {words} Mã yêu cầu: {g.get('request_id', '-')}", status


def _domain(error: DomainError) -> tuple[str, int]:
    session.rollback()
    return error_page(error.status, error.sentence)


def _replayed(error: Replayed) -> Response:
    flash("Thao tác này đã được thực hiện, không lặp lại lần nữa.", "info")
    answer = error.answer
    if answer:
        url = url_for_record(int(str(answer["kind"])), int(str(answer["id"])))
        if url:
            return redirect(url, 303)
    return redirect(url_for("shell.home"), 303)


def _csrf(_error: CSRFError) -> tuple[str, int]:
    return error_page(
        400, "Trang đã mở quá lâu hoặc phiên đăng nhập đã đổi. Hãy quay lại, tải lại trang rồi gửi lại."
    )


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    return error_page(status)


def _database(error: DBAPIError) -> tuple[str, int]:
    session.rollback()
    current_app.logger.error("database error", exc_info=error)
    if error.connection_invalidated or isinstance(error, OperationalError):
        return error_page(503)
    return error_page(500)


def _unexpected(error: Exception) -> tuple[str, int]:
    session.rollback()
    current_app.logger.error("unexpected error on %s %s", request.method, request.path, exc_info=error)
    return error_page(500)


def init_app(app: Flask) -> None:
    """Gắn vào ứng dụng."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(Replayed, _replayed)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeout, lambda _e: _domain(Busy(_SENTENCES[503])))
    if not app.config.get("PROPAGATE_EXCEPTIONS"):
        app.register_error_handler(Exception, _unexpected)
