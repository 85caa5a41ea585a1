"""Nhật ký vận hành: one line, one JSON object; no content, no secrets, nothing that forges another line."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app.core import logs
from app.core.db import session
from tests.world import World


@pytest.fixture
def lines() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """Một logger ghi vào bộ nhớ."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    logger = logging.getLogger("test.lines")
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(logging.INFO)
    yield logger, stream
    logger.handlers.clear()


def read(stream: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_one_object_with_the_request_it_belongs_to(lines) -> None:
    logger, stream = lines
    token = logs.request_id.set("abc123")
    try:
        logger.info("sent %s mails", 3, extra={"mail_id": 7, "outcome": "Đã gửi"})
    finally:
        logs.request_id.reset(token)
    (line,) = read(stream)
    assert line["event"] == "sent 3 mails"
    assert (line["level"], line["logger"], line["request_id"]) == ("info", "test.lines", "abc123")
    assert (line["mail_id"], line["outcome"]) == (7, "Đã gửi")
    assert line["ts"].endswith("+00:00")


@pytest.mark.parametrize(
    "hostile",
    ["a\nb", 'x\r\n{"level": "info"}', "\x1b[31mđỏ", "\x00", "\u2028", "\u202egnp", "\ud800", "\x85"],
    ids=ascii,
)
def test_nothing_breaks_the_line(lines, hostile: str) -> None:
    logger, stream = lines
    logger.warning("typed: %s", hostile, extra={"typed": hostile})
    written = stream.getvalue()
    assert written.count("\n") == 1
    assert len(written.splitlines()) == 1
    assert not any(c in written[:-1] for c in "\r\n\x00\x1b\u2028\u202e\x85")
    json.loads(written)


def test_secrets_do_not_pass(lines) -> None:
    logger, stream = lines
    logger.info(
        "connecting to postgresql://office:s3cr3t@host/db with password=s3cr3t token: 's3cr3t' Bearer s3cr3t",
        extra={"password": "s3cr3t", "session_token": "s3cr3t", "secret_key": "s3cr3t", "cookie": "s3cr3t"},
    )
    try:
        raise RuntimeError("smtp login failed, password='s3cr3t'")
    except RuntimeError:
        logger.exception("mail failed")
    assert "s3cr3t" not in stream.getvalue()
    assert read(stream)[1]["error"] == "RuntimeError"


def test_an_error_of_the_database_shows_no_content(lines, world: World) -> None:
    logger, stream = lines
    try:
        session.execute(text("SELECT CAST(:words AS int)"), {"words": "Trích yếu kín"})
    except Exception:
        logger.exception("database error")
    session.rollback()
    (line,) = read(stream)
    assert "invalid input syntax" in line["trace"]
    assert "SELECT CAST" in line["trace"]
    assert line["error"] == "DataError"


def test_values_of_constraints_stay_out(lines) -> None:
    logger, stream = lines
    logger.error(
        "duplicate key\nDETAIL:  Key (subject)=(Trích yếu kín) already exists.\n"
        "[SQL: INSERT INTO x]\n[parameters: {'subject': 'Trích yếu kín'}]\n(Background)"
    )
    assert "kín" not in stream.getvalue()
    assert "INSERT INTO x" in read(stream)[0]["event"]


def test_a_long_text_keeps_its_beginning_and_its_end(lines) -> None:
    logger, stream = lines
    logger.error("đầu%scuối", "x" * 100_000, extra={"long": "y" * 5_000})
    (line,) = read(stream)
    assert line["event"].startswith("đầu")
    assert line["event"].endswith("cuối")
    assert len(line["event"]) < 9_000
    assert len(line["long"]) < 1_100


def test_a_wrong_call_is_still_a_line() -> None:
    record = logging.makeLogRecord({"msg": "%s and %s", "args": ("only one",)})
    assert json.loads(logs.JsonLines().format(record))["event"] == "%s and %s"


def test_it_takes_over_the_whole_process(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    kept, level = list(root.handlers), root.level
    stream = io.StringIO()
    try:
        logs.configure(stream)
        logging.getLogger("office.worker").info("stopped")
        logging.getLogger("apscheduler").info("tick")
        assert [line["event"] for line in read(stream)] == ["stopped"]
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
        logging.captureWarnings(capture=False)
