"""Nhật ký vận hành: one JSON object per line, nothing in it that breaks a line, opens an account or shows a document."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

# The request or outbox row being served, so that all its lines can be found together.
request_id: ContextVar[str | None] = ContextVar("log_request_id", default=None)

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_SECRET_NAME = re.compile(
    r"pass(word|wd)?|secret|token|cookie|authorization|private|credential|(^|_)key$", re.IGNORECASE
)
# user:password@ in addresses, key=value pairs that name a secret, and bearer tokens.
_SECRET_TEXT = (
    (re.compile(r"(\w+://[^\s/:@]+):[^\s@]+@"), r"\1:***@"),
    (
        re.compile(
            r"""(?i)\b(pass(?:word|wd)?|secret|token|authorization|api_?key)(["']?\s*[:=]\s*["']?)[^\s"',;&]+"""
        ),
        r"\1\2***",
    ),
    (re.compile(r"(?i)\bbearer\s+\S+"), "Bearer ***"),
)
# What SQLAlchemy adds to its errors: the values of the statement, which are the office's content.
_PARAMETERS = re.compile(r"\n?\[parameters: .*?\]\s*(?=\n|$)|\nDETAIL:  [^\n]*", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MOST_CHARS = 8_000
_MOST_FIELD_CHARS = 1_000


@contextmanager
def about(work: str) -> Iterator[None]:
    """Gắn tên công việc vào mọi dòng viết trong lúc làm nó."""
    token = request_id.set(work)
    try:
        yield
    finally:
        request_id.reset(token)


class JsonLines(logging.Formatter):
    """Dòng JSON: time, level, logger, message, request id, the extra fields of the call, and the error."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as one line of JSON."""
        line: dict[str, Any] = {
            "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": scrub(_message(record), _MOST_CHARS),
        }
        current = request_id.get()
        if current:
            line["request_id"] = current
        for name, value in vars(record).items():
            if name not in _STANDARD and not name.startswith("_"):
                line[name] = _field(name, value)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["trace"] = scrub("".join(traceback.format_exception(record.exc_info[1])), _MOST_CHARS)
        return _CONTROL.sub(_escape, json.dumps(line, ensure_ascii=False))


def scrub(text: str, most: int = _MOST_FIELD_CHARS) -> str:
    """Bỏ mật khẩu, mã truy cập và giá trị của câu lệnh khỏi một đoạn chữ; the end matters more than the middle."""
    text = _PARAMETERS.sub("", text)
    for pattern, shown in _SECRET_TEXT:
        text = pattern.sub(shown, text)
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= most else f"{text[: most // 4]} … {text[-most * 3 // 4 :]}"


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return str(record.msg)


def _field(name: str, value: Any) -> Any:
    if _SECRET_NAME.search(name):
        return "***"
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return scrub(str(value))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def configure(stream: TextIO | None = None, *, level: int = logging.INFO, quiet: Iterable[str] = ()) -> None:
    """Bật ghi nhật ký JSON cho cả tiến trình; called once by each entry point.

    :param quiet: loggers that speak only from WARNING on.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    for name in ("alembic", "apscheduler", "PIL", "urllib3", "werkzeug", *quiet):
        logging.getLogger(name).setLevel(logging.WARNING)
